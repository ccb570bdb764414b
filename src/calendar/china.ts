import { createRequire } from 'node:module';
import type { Decreed } from './types.ts';

/** Of `chinese-days` only the data: its functions take the machine's zone, and years it does not know for plain weekends. */
const data: unknown = createRequire(import.meta.url)('chinese-days/dist/chinese-days.json');

/** Holidays and make-up workdays of mainland China, as the State Council has published them. */
export const china: Decreed = decreed(Object(data));

function decreed(source: Readonly<Record<string, unknown>>): Decreed {
  const holidays = named(source.holidays);
  const years = [...holidays.keys()].map((date) => Number(date.slice(0, 4)));
  return {
    firstYear: Math.min(...years),
    lastYear: Math.max(...years),
    holidays,
    makeUp: named(source.workdays),
  };
}

/** `"2026-02-15": "Spring Festival,春节,4"` → names by date. */
function named(days: unknown): Decreed['holidays'] {
  return new Map(
    Object.entries(Object(days)).map(([date, words]) => {
      const [en = '', zh = ''] = String(words).split(',');
      return [date, { zh, en }];
    }),
  );
}
