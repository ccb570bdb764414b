import { DAY_MS, dayNumber } from './civil.ts';
import type { Period } from './types.ts';
import { readingOf, shiftsBetween, startOfDay } from './zone.ts';

/** Time is reckoned within these years, both included. */
export const FIRST_YEAR = 1990;
export const LAST_YEAR = 2100;

const MINUTE_MS = 60_000;

/**
 * The days of some years in a row as sums from the first of them on, so that working time between two instants is a
 * subtraction, and the instant after so much of it a binary search. Instants in milliseconds.
 */
export interface Days {
  /** Number of the first day. */
  readonly first: number;
  readonly count: number;
  /** Where each day begins, and where the last ends. */
  readonly starts: Float64Array;
  /** Working milliseconds before each day, and before the end. */
  readonly worked: Float64Array;
  /** Working days before each day, and before the end. */
  readonly workdays: Int32Array;
  /** Of each day its first period in `opens` and `closes`, and behind the last. */
  readonly periods: Int32Array;
  readonly opens: Float64Array;
  readonly closes: Float64Array;
}

/** The one thing here that changes: it grows by years as they are asked for. */
export interface Table {
  days: Days;
  /** Compiles one more year after the last, or before the first. Throws RangeError beyond the years that are reckoned. */
  grow(towards: 'later' | 'earlier'): Days;
}

interface Year {
  readonly first: number;
  /** Start of each day; the end of the last is the start of the next year. */
  readonly starts: readonly number[];
  readonly periods: readonly (readonly { readonly opens: number; readonly closes: number }[])[];
}

export function createTable(zone: string, periodsOf: (day: number) => readonly Period[]): Table {
  // 2020 is as good as any year: whatever is asked for makes it grow there.
  let years: readonly Year[] = [compileYear(zone, 2020, periodsOf)];
  let [from, to] = [2020, 2020];
  const table: Table = {
    days: join(zone, years),
    grow(towards) {
      // Twice as many each time: far-off years cost no copy for each year on the way.
      const more = Math.min(years.length, towards === 'later' ? LAST_YEAR - to : from - FIRST_YEAR);
      if (more <= 0) throw new RangeError(`time is reckoned from ${FIRST_YEAR} to ${LAST_YEAR}`);
      const begin = towards === 'later' ? to + 1 : from - more;
      const added = Array.from({ length: more }, (_, index) => compileYear(zone, begin + index, periodsOf));
      years = towards === 'later' ? [...years, ...added] : [...added, ...years];
      if (towards === 'later') to += more;
      else from -= more;
      table.days = join(zone, years);
      return table.days;
    },
  };
  return table;
}

function compileYear(zone: string, year: number, periodsOf: (day: number) => readonly Period[]): Year {
  const first = dayNumber(year, 1, 1);
  const count = dayNumber(year + 1, 1, 1) - first;
  const shifts = shiftsBetween(zone, startOfDay(zone, first) - 1, startOfDay(zone, first + count));
  /** Midnight after a midnight: 24 hours later, unless clocks are put forward or back from the one to the other. */
  const next = (start: number, day: number) =>
    shifts.some((shift) => shift >= start && shift <= start + DAY_MS) ? startOfDay(zone, day + 1) : start + DAY_MS;
  const starts: number[] = [];
  const periods: Year['periods'][number][] = [];
  let end = startOfDay(zone, first);
  for (let day = first; day < first + count; day++) {
    const start = end;
    end = next(start, day);
    const plain = end - start === DAY_MS;
    const [from, to] = [start, end];
    const at = (minutes: number) => {
      const instant = plain ? from + minutes * MINUTE_MS : readingOf(zone, day, minutes * MINUTE_MS);
      return Math.min(Math.max(instant, from), to);
    };
    starts.push(start);
    periods.push(
      periodsOf(day)
        .map(({ opens, closes }) => ({ opens: at(opens), closes: at(closes) }))
        // An hour that the zone left out takes no time.
        .filter(({ opens, closes }) => closes > opens),
    );
  }
  return { first, starts, periods };
}

function join(zone: string, years: readonly Year[]): Days {
  const starts = years.flatMap((year) => year.starts);
  const perDay = years.flatMap((year) => year.periods);
  const first = years[0]?.first ?? 0;
  const flat = perDay.flat();
  const worked = new Float64Array(perDay.length + 1);
  const workdays = new Int32Array(perDay.length + 1);
  const periods = new Int32Array(perDay.length + 1);
  perDay.forEach((of, index) => {
    const time = of.reduce((sum, { opens, closes }) => sum + closes - opens, 0);
    worked[index + 1] = (worked[index] ?? 0) + time;
    workdays[index + 1] = (workdays[index] ?? 0) + (time > 0 ? 1 : 0);
    periods[index + 1] = (periods[index] ?? 0) + of.length;
  });
  return {
    first,
    count: perDay.length,
    starts: Float64Array.from([...starts, startOfDay(zone, first + perDay.length)]),
    worked,
    workdays,
    periods,
    opens: Float64Array.from(flat, ({ opens }) => opens),
    closes: Float64Array.from(flat, ({ closes }) => closes),
  };
}
