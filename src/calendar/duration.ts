/** Units of the language; `working` ones count by the calendar of the business. */
export const durationUnits = ['working days', 'working hours', 'days', 'hours', 'minutes', 'weeks', 'months'] as const;
export type DurationUnit = (typeof durationUnits)[number];

/** So much time. As written it is a whole number from 1; a share of one (80 % of two days) may be any from 0. */
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

/** Ten years in each unit: more is a slip of the pen, and bounds what has to be computed. */
const MOST: Readonly<Record<DurationUnit, number>> = {
  'working days': 3_660,
  'working hours': 24 * 3_660,
  days: 3_660,
  hours: 24 * 3_660,
  minutes: 60 * 24 * 3_660,
  weeks: 522,
  months: 120,
};

/** Whether it is more than ten years, which nothing here reckons with. */
export function isTooLong({ amount, unit }: Duration): boolean {
  return amount > MOST[unit];
}
