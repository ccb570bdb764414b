import { periodNames } from './words/numbers.ts';

export type PeriodName = keyof typeof periodNames;

/** A period as the address says it: a name that moves with the day, or two dates. */
export interface Period {
  readonly name: PeriodName;
  /** Dates `YYYY-MM-DD`, both included; `until` empty: up to now. */
  readonly since: string;
  readonly until: string;
}

/** The period of an address; without one it is this quarter. */
export function periodIn(query: Readonly<Record<string, string>>, today = new Date()): Period {
  const { since = '', until = '' } = query;
  const name = nameOf(query.period);
  if (name === 'from-to') return { name, since, until };
  return { name, ...datesOf(name, today) };
}

function nameOf(text: string | undefined): PeriodName {
  const names = Object.keys(periodNames) as PeriodName[];
  return names.find((name) => name === text) ?? 'this-quarter';
}

function datesOf(name: Exclude<PeriodName, 'from-to'>, today: Date): Pick<Period, 'since' | 'until'> {
  const [year, month] = [today.getFullYear(), today.getMonth()];
  const [which, unit] = name.split('-');
  const months = unit === 'month' ? 1 : unit === 'quarter' ? 3 : 12;
  const first = Math.floor(month / months) * months - (which === 'last' ? months : 0);
  const since = dateText(year, first, 1);
  return { since, until: which === 'last' ? dateText(year, first + months, 0) : '' };
}

/** Months and days may lie beyond their year and month. */
function dateText(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);
}

/** What the address says of a period and a version, so that it can be shared. */
export function periodQuery({ name, since, until }: Period, version: string): Record<string, string> {
  return {
    ...(name !== 'this-quarter' && { period: name }),
    ...(name === 'from-to' && { since, ...(until !== '' && { until }) }),
    ...(version !== '' && { version }),
  };
}

/** What the API is asked for. */
export function askedFor({ since, until }: Period, version: string): Record<string, string> {
  return {
    ...(since !== '' && { since }),
    ...(until !== '' && { until }),
    ...(version !== '' && { version }),
  };
}
