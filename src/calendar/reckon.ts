import type { Calendar } from './calendar.ts';
import { daysBetween, daysLater } from './calendar-time.ts';
import type { Duration, DurationUnit } from './duration.ts';
import type { Moment, Provisional } from './types.ts';
import { afterWorkdays, afterWorked, beforeWorkdays, beforeWorked, workedBetween } from './working-time.ts';

// `add`, `subtract` and `between` are one reckoning seen from three sides: between(t, add(t, d)) is d, and so is
// between(subtract(t, d), t), but for months, some of which end sooner. Instants are milliseconds since 1970 in UTC. All throw RangeError beyond the years that
// are reckoned (1990 to 2100).

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * The first instant by which a duration has passed. Working days and hours count from the next opening where nobody
 * works at the start, and end with a closing rather than with the opening after it; minutes and hours pass always; days,
 * weeks and months end at the same time on the wall clock of the calendar's zone.
 */
export function add(calendar: Calendar, instant: number, { amount, unit }: Duration): Moment {
  switch (unit) {
    case 'working days':
      return momentOf(calendar, instant, afterWorkdays(calendar, instant, amount));
    case 'working hours':
      return momentOf(calendar, instant, afterWorked(calendar, instant, Math.round(amount * HOUR_MS)));
    default:
      return { at: shifted(calendar, instant, amount, unit), provisional: null };
  }
}

/** The last instant from which on a duration passes until this one. */
export function subtract(calendar: Calendar, instant: number, { amount, unit }: Duration): Moment {
  switch (unit) {
    case 'working days':
      return momentOf(calendar, instant, beforeWorkdays(calendar, instant, amount));
    case 'working hours':
      return momentOf(calendar, instant, beforeWorked(calendar, instant, Math.round(amount * HOUR_MS)));
    default:
      return { at: shifted(calendar, instant, -amount, unit), provisional: null };
  }
}

/** How much of a unit lies between two instants, to the millionth; negative when `to` is before `from`. */
export function between(calendar: Calendar, from: number, to: number, unit: DurationUnit): number {
  if (to < from) return -between(calendar, to, from, unit);
  return Math.round(exactBetween(calendar, from, to, unit) * 1e6) / 1e6;
}

/** The same unrounded, `to` not before `from`: parts that are to be added up to what `add` comes to. */
export function exactBetween(calendar: Calendar, from: number, to: number, unit: DurationUnit): number {
  switch (unit) {
    case 'working days':
      return wholeDays(calendar, from, to, workedBetween(calendar, from, to).days);
    case 'working hours':
      return workedBetween(calendar, from, to).ms / HOUR_MS;
    case 'minutes':
      return (to - from) / MINUTE_MS;
    case 'hours':
      return (to - from) / HOUR_MS;
    case 'days':
      return daysBetween(calendar, from, to, 1, 'days');
    case 'weeks':
      return daysBetween(calendar, from, to, 7, 'days');
    case 'months':
      return daysBetween(calendar, from, to, 1, 'months');
  }
}

/** A millisecond of the shortest day there is, which has a minute. */
const ROUNDING = 1 / 60_000;

/** `add` comes to a millisecond, which is a part of a short day: whole days are those that it comes to. */
function wholeDays(calendar: Calendar, from: number, to: number, days: number): number {
  const whole = Math.round(days);
  if (days === whole || Math.abs(days - whole) > ROUNDING) return days;
  const exact = afterWorkdays(calendar, from, whole) === to || beforeWorkdays(calendar, to, whole) === from;
  return exact ? whole : days;
}

type PlainUnit = Exclude<DurationUnit, 'working days' | 'working hours'>;

function shifted(calendar: Calendar, instant: number, amount: number, unit: PlainUnit): number {
  switch (unit) {
    case 'minutes':
      return instant + Math.round(amount * MINUTE_MS);
    case 'hours':
      return instant + Math.round(amount * HOUR_MS);
    case 'days':
      return partly(calendar, instant, amount, 'days');
    case 'weeks':
      return partly(calendar, instant, amount * 7, 'days');
    case 'months':
      return partly(calendar, instant, amount, 'months');
  }
}

/** Whole days or months by the wall clock, and of the next one a part as it passes. */
function partly(calendar: Calendar, instant: number, amount: number, unit: 'days' | 'months'): number {
  const whole = Math.floor(amount);
  const begin = daysLater(calendar, instant, whole, unit);
  if (whole === amount) return begin;
  const end = daysLater(calendar, instant, whole + 1, unit);
  return Math.round(begin + (amount - whole) * (end - begin));
}

function momentOf(calendar: Calendar, instant: number, result: number): Moment {
  return { at: result, provisional: provisionalAt(calendar, Math.min(instant, result), Math.max(instant, result)) };
}

/** Why what was reckoned between two instants may change, `to` not before `from`; null: it stands. */
export function provisionalAt(
  { provisional, knownFrom, knownTo }: Calendar,
  from: number,
  to: number,
): Provisional | null {
  return from >= knownFrom && to <= knownTo ? null : provisional;
}
