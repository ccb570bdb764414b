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
