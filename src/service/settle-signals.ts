import type { SignalRow } from '../store/types.ts';
import type { Apply } from './apply.ts';
import type { Awaited } from './awaited.ts';
import type { ServiceContext } from './context.ts';
import { deliverSignal } from './deliver-signal.ts';

/** What became of one round of looking at signals. */
export interface SignalsSettled {
  /** There may be more to do at once. */
  readonly more: boolean;
  /** Failures of ours or of the database; the signals stay and are looked at again. */
  readonly failed: readonly unknown[];
}

/** How often all kept signals that an instance is found by are looked at: what another node was to do and did not. */
const SWEEP_MS = 10 * 60_000;
/** Kept signals of one value that are read at a time. */
const PAGE = 100;

/** Days that signals are remembered: what was delivered, and what was not. */
const DAYS = { delivered: 30, other: 90 };
const DAY_MS = 24 * 60 * 60_000;

export function createSignalSettling(
  context: ServiceContext,
  apply: Apply,
  awaited: Awaited,
): (limit: number) => Promise<SignalsSettled> {
  const { store, clock } = context;
  /** Null: no sweep is under way. */
  let sweep: { readonly after: string | null } | null = { after: null };
  let sweptAt = Number.NEGATIVE_INFINITY;

  async function deliverAll(rows: readonly SignalRow[]): Promise<readonly unknown[]> {
    const failed: unknown[] = [];
    for (const row of rows) await deliverSignal(context, apply, row).catch((error: unknown) => failed.push(error));
    return failed;
  }

  /** Kept signals of values that instances take now. */
  async function deliverAwaited(
    limit: number,
  ): Promise<{ readonly count: number; readonly failed: readonly unknown[] }> {
    const values = awaited.take(limit);
    const failed: unknown[] = [];
    for (const { tenant, value } of values) {
      let last: SignalRow | null = null;
      do {
        const rows: readonly SignalRow[] = await store.keptSignals(tenant, value, last, PAGE);
        failed.push(...(await deliverAll(rows)));
        last = rows.length < PAGE ? null : (rows.at(-1) ?? null);
      } while (last !== null);
    }
    return { count: values.length, failed };
  }

  return async (limit) => {
    const now = clock.now();
    const woken = await deliverAwaited(limit);
    const expired = await store.expiredSignals(now, limit);
    const failed = [...woken.failed, ...(await deliverAll(expired))];
    if (awaited.overflowed() || Date.parse(now) - sweptAt >= SWEEP_MS) sweep ??= { after: null };
    if (sweep !== null) {
      const rows: readonly SignalRow[] = await store.matchedSignals(sweep.after, limit);
      failed.push(...(await deliverAll(rows)));
      sweep = rows.length < limit ? null : { after: rows.at(-1)?.receipt ?? null };
      if (sweep === null) sweptAt = Date.parse(now);
    }
    return {
      more: failed.length === 0 && (woken.count === limit || expired.length === limit || sweep !== null),
      failed,
    };
  };
}

/** Forgets at most `limit` signals whose time is over; returns how many. */
export async function forgetSignals({ store, clock }: ServiceContext, limit: number): Promise<number> {
  const before = (days: number) => new Date(Date.parse(clock.now()) - days * DAY_MS).toISOString();
  const delivered = await store.forgetSignals(true, before(DAYS.delivered), limit);
  if (delivered === limit) return delivered;
  return delivered + (await store.forgetSignals(false, before(DAYS.other), limit - delivered));
}
