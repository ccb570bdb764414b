import type { ServiceContext } from './context.ts';

/** The API promises that a repeated request is recognised for this long. */
export const LEAST_IDEMPOTENCY_DAYS = 7;

const DAY_MS = 24 * 60 * 60_000;

/** Forgets at most `limit` requests recorded more than `days` (never fewer than 7) days ago; returns how many. */
export function forgetIdempotent(
  { store, clock }: Pick<ServiceContext, 'store' | 'clock'>,
  days: number,
  limit: number,
): Promise<number> {
  const kept = Math.max(LEAST_IDEMPOTENCY_DAYS, days) * DAY_MS;
  return store.forgetIdempotent(new Date(Date.parse(clock.now()) - kept).toISOString(), limit);
}
