import { DAY_MS } from './civil.ts';
import type { Days, Table } from './table.ts';

/** Where an instant stands among the days: reading a typed array out of its bounds is a bug of ours and gives NaN. */
export interface Position {
  readonly days: Days;
  /** Index of the day. */
  readonly day: number;
  /** Working milliseconds of that day before the instant, and of the whole day. */
  readonly worked: number;
  readonly length: number;
}

/** Throws RangeError outside the years that are reckoned, and for what is no number. */
export function dayIndexOf(table: Table, instant: number): number {
  if (!Number.isFinite(instant)) throw new RangeError('an instant is a number of milliseconds');
  let days = table.days;
  while (instant < at(days.starts, 0)) days = table.grow('earlier');
  while (instant >= at(days.starts, days.count)) days = table.grow('later');
  const { starts, count } = days;
  // Off by a day at most: zones are shifted by hours, and once by a day.
  let day = Math.min(Math.floor((instant - at(starts, 0)) / DAY_MS), count - 1);
  while (instant < at(starts, day)) day--;
  while (instant >= at(starts, day + 1)) day++;
  return day;
}

export function positionOf(table: Table, instant: number): Position {
  const day = dayIndexOf(table, instant);
  const { days } = table;
  const { periods, opens, closes, worked } = days;
  let done = 0;
  for (let period = at(periods, day); period < at(periods, day + 1); period++) {
    const open = at(opens, period);
    if (instant <= open) break;
    done += Math.min(instant, at(closes, period)) - open;
  }
  return { days, day, worked: done, length: at(worked, day + 1) - at(worked, day) };
}

/** The first instant of a day at which so much of it is worked: more than none, at most all. */
export function earliestIn({ periods, opens, closes }: Days, day: number, worked: number): number {
  let left = worked;
  for (let period = at(periods, day); ; period++) {
    const length = at(closes, period) - at(opens, period);
    if (!(left > length)) return at(opens, period) + left;
    left -= length;
  }
}

/** The last instant of a day at which so much of it is worked: less than all. */
export function latestIn({ periods, opens, closes }: Days, day: number, worked: number): number {
  let left = worked;
  for (let period = at(periods, day); ; period++) {
    const length = at(closes, period) - at(opens, period);
    if (!(left >= length)) return at(opens, period) + left;
    left -= length;
  }
}

/** The first day at whose end `sums` has come to `target` (`reached`), or has gone beyond it. */
export function firstDay(sums: Float64Array | Int32Array, target: number, how: 'reached' | 'beyond'): number {
  let [low, high] = [0, sums.length - 2];
  while (low < high) {
    const middle = (low + high) >> 1;
    const sum = at(sums, middle + 1);
    if (how === 'reached' ? sum >= target : sum > target) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function at(numbers: Float64Array | Int32Array, index: number): number {
  return numbers[index] ?? Number.NaN;
}
