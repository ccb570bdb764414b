import type { DemoEvent } from './demo-event.ts';
import { UsageError } from './exit.ts';

const DAY = 86_400_000;

/** When the first story begins, as they are written: on a Monday. */
export const BEGIN = '2025-09-01T01:00:00Z';
/** By then everything has happened: the last story begins on day 23, and none takes longer than ten days. */
const DAYS = 37;

/**
 * How many days the stories are moved by: to the one asked for, else up to the days before `now` (ISO 8601), so that a board
 * shows work of these weeks, by whole weeks: what is done on a Monday stays so. Throws {@link UsageError} for what is no date.
 */
export function daysMoved(asked: string | null, now: string): number {
  const written = Date.parse(BEGIN.slice(0, 10));
  if (asked === null) return 7 * Math.floor((Date.parse(now) - written - DAYS * DAY) / DAY / 7);
  const begin = /^20\d{2}-\d{2}-\d{2}$/.test(asked) ? Date.parse(asked) : Number.NaN;
  if (!Number.isNaN(begin)) return (begin - written) / DAY;
  throw new UsageError({
    zh: `--begin 应为日期，如 2025-09-01；收到 ${asked}`,
    en: `--begin should be a date such as 2025-09-01; found ${asked}`,
  });
}

/** When a story begins that is the nth (from 0), in milliseconds since 1970: one begins each day. */
export function beginOf(n: number, moved: number): number {
  return Date.parse(BEGIN) + (n + moved) * DAY;
}

/** An event with each date that it speaks of moved by these days. */
export function dated({ as, body, refused }: DemoEvent, moved: number): DemoEvent {
  const text = JSON.stringify(body).replaceAll(/(?<=")\d{4}-\d{2}-\d{2}(?=["T])/g, (date) =>
    new Date(Date.parse(date) + moved * DAY).toISOString().slice(0, 10),
  );
  return { as, body: JSON.parse(text), refused };
}
