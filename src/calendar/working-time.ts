import type { Calendar } from './calendar.ts';
import { at, earliestIn, firstDay, latestIn, type Position, positionOf } from './position.ts';

// Working time and working days are each one line on which an instant has a place: what was worked before it. `add` goes
// along that line to the first instant with a place, `subtract` to the last one, `between` is the distance of two.

/** The first instant by which so many working milliseconds have passed. */
export function afterWorked({ table }: Calendar, instant: number, worked: number): number {
  if (worked <= 0) return instant;
  let position = positionOf(table, instant);
  for (;;) {
    const { days, day } = position;
    const target = at(days.worked, day) + position.worked + worked;
    if (target <= at(days.worked, days.count)) {
      const found = firstDay(days.worked, target, 'reached');
      return earliestIn(days, found, target - at(days.worked, found));
    }
    table.grow('later');
    position = positionOf(table, instant);
  }
}

/** The last instant from which on so many working milliseconds pass until this one. */
export function beforeWorked({ table }: Calendar, instant: number, worked: number): number {
  if (worked <= 0) return instant;
  let position = positionOf(table, instant);
  for (;;) {
    const { days, day } = position;
    const target = at(days.worked, day) + position.worked - worked;
    if (target >= 0) {
      const found = firstDay(days.worked, target, 'beyond');
      return latestIn(days, found, target - at(days.worked, found));
    }
    table.grow('earlier');
    position = positionOf(table, instant);
  }
}

/**
 * The first instant by which so many working days have passed. Every working day counts one, however short; a part of
 * one is that part of its hours. So from within a day one comes to the same time of a day with the same hours.
 */
export function afterWorkdays({ table }: Calendar, instant: number, workdays: number): number {
  if (workdays <= 0) return instant;
  let position = positionOf(table, instant);
  for (;;) {
    const { days, day } = position;
    const { whole, part } = placeAfter(at(days.workdays, day) + Math.floor(workdays), position, workdays % 1);
    if (Math.ceil(whole + part) <= at(days.workdays, days.count)) {
      const found = firstDay(days.workdays, part > 0 ? whole + 1 : whole, 'reached');
      const length = at(days.worked, found + 1) - at(days.worked, found);
      return earliestIn(days, found, part > 0 ? Math.max(1, Math.ceil(part * length - ROUNDING)) : length);
    }
    table.grow('later');
    position = positionOf(table, instant);
  }
}

/** The last instant from which on so many working days pass until this one. */
export function beforeWorkdays({ table }: Calendar, instant: number, workdays: number): number {
  if (workdays <= 0) return instant;
  let position = positionOf(table, instant);
  for (;;) {
    const { days, day } = position;
    const down = Math.ceil(workdays);
    const { whole, part } = placeAfter(at(days.workdays, day) - down, position, down - workdays);
    if (whole >= 0) {
      const found = firstDay(days.workdays, whole, 'beyond');
      const length = at(days.worked, found + 1) - at(days.worked, found);
      return latestIn(days, found, Math.floor(part * length + ROUNDING));
    }
    table.grow('earlier');
    position = positionOf(table, instant);
  }
}

/** Parts of a day are quotients of milliseconds: less than this is the last bit of one. */
const ROUNDING = 1e-3;

/** Whole working days and the part of a next one (0 ≤ part < 1) that lie before a place. */
function placeAfter(
  whole: number,
  position: Position,
  more: number,
): { readonly whole: number; readonly part: number } {
  const part = partOf(position) + more;
  const left = part % 1;
  // A thousandth of a millisecond of the longest day.
  const isWhole = left > 1 - 1e-11;
  return { whole: whole + Math.floor(part) + (isWhole ? 1 : 0), part: isWhole || left < 1e-11 ? 0 : left };
}

/** What was worked between two instants, `to` not before `from`; days as `add` counts them. */
export function workedBetween(
  { table }: Calendar,
  from: number,
  to: number,
): { readonly ms: number; readonly days: number } {
  const begin = positionOf(table, from);
  // The table may have grown meanwhile, but only behind: the sums before stay what they were.
  const end = positionOf(table, to);
  const { worked, workdays } = end.days;
  return {
    ms: at(worked, end.day) + end.worked - at(worked, begin.day) - begin.worked,
    days: at(workdays, end.day) - at(workdays, begin.day) + partOf(end) - partOf(begin),
  };
}

function partOf({ worked, length }: Position): number {
  return length === 0 ? 0 : worked / length;
}
