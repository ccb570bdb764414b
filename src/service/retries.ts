const FIRST_MS = 10_000;
const MOST_MS = 12 * 60 * 60_000;
/** From when a message was put in the outbox to when it is given up. */
export const GIVEN_UP_MS = 3 * 24 * 60 * 60_000;
const LONGEST_WISH_MS = 24 * 60 * 60_000;
/** Part of a wait that chance adds or takes away. */
const JITTER = 0.2;

export interface Failure {
  /** Now, and when the message was put in the outbox. */
  readonly now: string;
  readonly since: string;
  /** Deliveries that failed before this one. */
  readonly attempts: number;
  /** The receiver's own `Retry-After`. */
  readonly retryAfter: string | null;
  /** 0–1, below 1. */
  readonly chance: number;
}

/**
 * When a delivery that has failed is tried again: after 10 s, twice as long each time, half a day at most, a fifth more or
 * less, and no sooner than the receiver wishes (a day at most). The last try is three days after the first; null: that was it.
 */
export function nextTry({ now, since, attempts, retryAfter, chance }: Failure): string | null {
  const time = Date.parse(now);
  const end = Date.parse(since) + GIVEN_UP_MS;
  if (time >= end) return null;
  const wait = Math.min(FIRST_MS * 2 ** Math.min(attempts, 20), MOST_MS) * (1 - JITTER + 2 * JITTER * chance);
  const at = time + Math.max(wait, wishOf(retryAfter, time));
  return new Date(Math.min(at, end)).toISOString();
}

/** Milliseconds that a receiver wants to be left alone (RFC 9110: seconds, or a date). */
function wishOf(retryAfter: string | null, now: number): number {
  if (retryAfter === null) return 0;
  const ms = /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) * 1_000 : Date.parse(retryAfter) - now;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), LONGEST_WISH_MS) : 0;
}
