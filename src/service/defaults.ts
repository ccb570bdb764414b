import type { ReviewRule } from './publication-view.ts';
import { LEAST_IDEMPOTENCY_DAYS } from './retention.ts';

/** Of what the options of a service may leave out. */
export const serviceDefaults = {
  maxQueued: 10_000,
  maxCached: 5_000,
  idempotencyDays: LEAST_IDEMPOTENCY_DAYS,
  review: 'four-eyes' satisfies ReviewRule as ReviewRule,
};
