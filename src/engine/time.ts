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
