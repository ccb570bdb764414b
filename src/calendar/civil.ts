/** Days are numbered from 1970-01-01, which is 0, whatever the zone. */
export const DAY_MS = 86_400_000;

export function dayNumber(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

/** The number of a day `YYYY-MM-DD`; null when there is no such day. */
export function numberOf(date: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (match === null) return null;
  const number = dayNumber(Number(match[1]), Number(match[2]), Number(match[3]));
  return dateOf(number) === date ? number : null;
}

/** `YYYY-MM-DD`. */
export function dateOf(number: number): string {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}

/** 0 is Monday. */
export function weekdayOf(number: number): number {
  return (((number + 3) % 7) + 7) % 7;
}

/** The same day so many months later, or the last of that month where it has no such day. */
export function monthsLater(number: number, months: number): number {
  const day = new Date(number * DAY_MS);
  const [year, month] = [day.getUTCFullYear(), day.getUTCMonth() + months];
  const last = Date.UTC(year, month + 1, 0) / DAY_MS;
  return Math.min(Date.UTC(year, month, day.getUTCDate()) / DAY_MS, last);
}
