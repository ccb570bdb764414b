import type { Calendar } from './calendar.ts';
import { dayNumber } from './civil.ts';
import type { Day } from './types.ts';
import { workedBetween } from './working-time.ts';
import { startOfDay } from './zone.ts';

/** A day, and how many milliseconds of it are worked. */
export interface WorkedDay extends Day {
  readonly worked: number;
}

/** The days of a month (1 to 12). Throws RangeError beyond the years that are reckoned. */
export function daysOfMonth(calendar: Calendar, year: number, month: number): readonly WorkedDay[] {
  const first = dayNumber(year, month, 1);
  const count = dayNumber(year, month + 1, 1) - first;
  const startOf = (day: number) => startOfDay(calendar.definition.zone, day);
  return Array.from({ length: count }, (_, index) => {
    const day = first + index;
    // The last instant of the day, so that the end of the last year that is reckoned can be asked for.
    const { ms } = workedBetween(calendar, startOf(day), Math.max(startOf(day), startOf(day + 1) - 1));
    return { worked: Math.round(ms / 1000) * 1000, ...calendar.dayAt(day) };
  });
}
