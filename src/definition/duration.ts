/** Units of the language; `working` ones count by the calendar of the business. */
export const durationUnits = ['working days', 'working hours', 'days', 'hours', 'minutes', 'weeks', 'months'] as const;
export type DurationUnit = (typeof durationUnits)[number];

export interface Duration {
  readonly amount: number;
  readonly unit: DurationUnit;
}

/** The words of a duration (`2 working days`, `1 week`) as amount and unit; null when they are not one. Form only. */
export function parseDuration(words: string): Duration | null {
  const match = words.match(/^([1-9][0-9]{0,4}) ([a-z]+(?: [a-z]+)?)$/);
  const unit = durationUnits.find((known) => match?.[2] === known || `${match?.[2]}s` === known);
  return match === null || unit === undefined ? null : { amount: Number(match[1]), unit };
}
