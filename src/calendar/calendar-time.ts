import type { Calendar } from './calendar.ts';
import { DAY_MS, monthsLater } from './civil.ts';
import { at, dayIndexOf } from './position.ts';
import { readingOf, wallOf } from './zone.ts';

/** So many days, weeks or months later or (negative) earlier, at the same time on the wall clock. */
export function daysLater(calendar: Calendar, instant: number, amount: number, unit: 'days' | 'months'): number {
  const { table, definition } = calendar;
  const index = dayIndexOf(table, instant);
  const { days } = table;
  const start = at(days.starts, index);
  const plain = at(days.starts, index + 1) - start === DAY_MS;
  const wall = plain ? instant - start : wallOf(definition.zone, instant);
  const day = days.first + index;
  return instantAt(calendar, unit === 'days' ? day + amount : monthsLater(day, amount), wall);
}

/** The instant at which the wall clock of a day shows so many milliseconds after midnight. */
function instantAt({ table, definition }: Calendar, day: number, wall: number): number {
  let { days } = table;
  while (day < days.first) days = table.grow('earlier');
  while (day >= days.first + days.count) days = table.grow('later');
  const start = at(days.starts, day - days.first);
  const plain = at(days.starts, day - days.first + 1) - start === DAY_MS;
  return plain ? start + wall : readingOf(definition.zone, day, wall);
}

/**
 * How many days, weeks or months lie between two instants, `to` not before `from`: as many whole ones as may be added
 * to `from` without passing `to`, and of the next one the part that has gone by.
 */
export function daysBetween(
  calendar: Calendar,
  from: number,
  to: number,
  step: number,
  unit: 'days' | 'months',
): number {
  const reach = (n: number) => daysLater(calendar, from, n * step, unit);
  // Shorter than any of its kind, so that the count begins too high and comes down a few times at most.
  const least = (unit === 'days' ? DAY_MS : 28 * DAY_MS) * step;
  let whole = Math.floor((to - from) / least) + 1;
  while (whole > 0 && reach(whole) > to) whole--;
  const begin = whole === 0 ? from : reach(whole);
  const end = reach(whole + 1);
  return whole + (end > begin ? (to - begin) / (end - begin) : 0);
}
