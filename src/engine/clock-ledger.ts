import { add, type Calendar, type Duration, type DurationUnit, exactBetween, subtract } from '../calendar/index.ts';
import type { ClockPause, ClockRecord } from './clock-types.ts';

// The ledger of a clock, in milliseconds since 1970: how its time is parted into stretches that count and stretches that
// do not, and what instants follow from that. Nothing is kept of what was used: it is reckoned from the stretches.

/** From one instant to the other, the latter excluded; `pause` null: it counts. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly pause: ClockPause | null;
}

export interface Ledger {
  readonly start: number;
  /** Without gap or overlap from the start on. The last goes on for ever. */
  readonly stretches: readonly Stretch[];
  /** The clock stands still from here on; what it would come to later is not known. Infinity: it runs. */
  readonly stoodAt: number;
}

type Timing = Pick<ClockRecord, 'pauses' | 'ended'>;

/**
 * The ledger of a clock from its start on. One that stands still, or ended while it did, goes on from there as if it
 * ran, so that what is reached before can be told from what is not.
 */
export function ledgerOf(startedAt: string, { pauses, ended }: Timing): Ledger {
  const start = Date.parse(startedAt);
  const end = ended === null ? Number.POSITIVE_INFINITY : Date.parse(ended.at);
  const stretches: Stretch[] = [];
  let at = start;
  const push = (to: number, pause: ClockPause | null) => {
    if (to > at) stretches.push({ from: at, to, pause });
    at = Math.max(at, to);
  };
  for (const pause of pauses) {
    const from = Date.parse(pause.from);
    const to = pause.to === null ? Number.POSITIVE_INFINITY : Date.parse(pause.to);
    // Later facts may have ended it before it was paused.
    if (from >= end) break;
    if (to >= end) {
      push(Number.POSITIVE_INFINITY, null);
      return { start, stretches, stoodAt: Math.max(from, start) };
    }
    push(from, null);
    push(to, pause);
  }
  push(Number.POSITIVE_INFINITY, null);
  return { start, stretches, stoodAt: Number.POSITIVE_INFINITY };
}

/** The instant at which so much was used, counted from the start; Infinity is never reached by a duration of years. */
export function reached(calendar: Calendar, { start, stretches }: Ledger, { amount, unit }: Duration): number {
  if (!isWorking(unit)) {
    // By the wall clock from the start on, moved by the time that it stood still.
    let at = add(calendar, start, { amount, unit }).at;
    for (const { from, to, pause } of stretches) {
      if (pause !== null) at += to - from;
      else if (at <= to) break;
    }
    return at;
  }
  let left = amount;
  for (const { from, to, pause } of stretches) {
    if (pause !== null) continue;
    const { at } = add(calendar, from, { amount: left, unit });
    if (at <= to) return at;
    left = Math.max(0, left - exactBetween(calendar, from, to, unit));
  }
  throw new Error('a ledger has no end');
}

/** The instant at which so much was left until another, but not before the start. */
export function leftBefore(calendar: Calendar, ledger: Ledger, due: number, { amount, unit }: Duration): number {
  const runs = ledger.stretches.filter(({ pause, from }) => pause === null && from < due).reverse();
  let left = amount;
  let span = isWorking(unit) ? 0 : due - subtract(calendar, due, { amount, unit }).at;
  for (const run of runs) {
    const to = Math.min(run.to, due);
    const at = isWorking(unit) ? subtract(calendar, to, { amount: left, unit }).at : to - span;
    if (at >= run.from) return at;
    if (isWorking(unit)) left = Math.max(0, left - exactBetween(calendar, run.from, to, unit));
    else span -= to - run.from;
  }
  return ledger.start;
}

/** The same ledger from a later instant on. */
export function after({ stretches, stoodAt }: Ledger, start: number): Ledger {
  const rest = stretches.filter(({ to }) => to > start);
  return { start, stretches: rest.map((stretch) => ({ ...stretch, from: Math.max(stretch.from, start) })), stoodAt };
}

/** How much of a unit was used until an instant, to the millionth. */
export function usedUntil(calendar: Calendar, { stretches }: Ledger, until: number, unit: DurationUnit): number {
  let used = 0;
  for (const { from, to, pause } of stretches) {
    if (pause === null && from < until) used += exactBetween(calendar, from, Math.min(to, until), unit);
  }
  return Math.round(used * 1e6) / 1e6;
}

export function isWorking(unit: DurationUnit): boolean {
  return unit === 'working days' || unit === 'working hours';
}
