import type { Duration } from '../definition/index.ts';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** An RFC 3339 instant (seconds may be left out) as ISO 8601 UTC with milliseconds; null when it is none. */
export function toInstant(value: unknown): string | null {
  if (typeof value !== 'string' || !INSTANT.test(value)) return null;
  const wall = value.slice(0, 10);
  const time = Date.parse(value);
  return Number.isNaN(time) || toDate(wall) === null ? null : new Date(time).toISOString();
}

/** A calendar date `YYYY-MM-DD` that exists; null otherwise. */
export function toDate(value: unknown): string | null {
  if (typeof value !== 'string' || !DATE.test(value)) return null;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value) ? value : null;
}

/** Days are those of UTC+8, the time of the business, until calendars bring a zone of their own. */
const ZONE_MS = 8 * 3_600_000;

/** The day `YYYY-MM-DD` of an instant. */
export function dayOf(instant: string): string {
  return new Date(Date.parse(instant) + ZONE_MS).toISOString().slice(0, 10);
}

/**
 * The last day of so long from a first day on, both included: three months from 1 January end on 31 March, a month from
 * 31 January ends with February. Throws a plain Error for units shorter than a day and for working time.
 */
export function lastDayOf(first: string, { amount, unit }: Duration): string {
  const day = new Date(`${first}T00:00:00Z`);
  if (unit === 'months') {
    const date = day.getUTCDate();
    day.setUTCMonth(day.getUTCMonth() + amount);
    // There is no such day in that month: the date ran over into the next.
    if (day.getUTCDate() !== date) day.setUTCDate(1);
  } else if (unit === 'days' || unit === 'weeks') {
    day.setUTCDate(day.getUTCDate() + amount * (unit === 'weeks' ? 7 : 1));
  } else throw new Error(`${unit} are no days`);
  day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}

/** So many milliseconds as an ISO 8601 duration in days, hours, minutes and seconds; parts of a second are left out. */
export function durationText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const part = (amount: number, unit: string) => (amount === 0 ? '' : `${amount}${unit}`);
  const days = part(Math.floor(seconds / 86_400), 'D');
  const hours = part(Math.floor(seconds / 3600) % 24, 'H');
  const time = hours + part(Math.floor(seconds / 60) % 60, 'M') + part(seconds % 60, 'S');
  return days + time === '' ? 'PT0S' : `P${days}${time === '' ? '' : `T${time}`}`;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const UNIT_MS = { minutes: MINUTE_MS, hours: HOUR_MS, days: 24 * HOUR_MS, weeks: 7 * 24 * HOUR_MS } as const;

/**
 * An instant so much later, in calendar time: a day has 24 hours; a month ends on the same day of the month, or on the
 * last where there is none. Throws a plain Error for working time, which takes a calendar.
 */
export function laterBy(instant: string, { amount, unit }: Duration): string {
  const start = new Date(instant);
  if (unit !== 'months') {
    if (unit === 'working days' || unit === 'working hours') throw new Error(`${unit} need a calendar`);
    return new Date(start.getTime() + amount * UNIT_MS[unit]).toISOString();
  }
  const day = start.getUTCDate();
  start.setUTCMonth(start.getUTCMonth() + amount);
  // The month has no such day: the last of the one before.
  if (start.getUTCDate() !== day) start.setUTCDate(0);
  return start.toISOString();
}
