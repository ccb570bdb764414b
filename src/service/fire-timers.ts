import { ADMIN } from '../definition/index.ts';
import type { Actor } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import { ENGINE } from '../names.ts';
import type { TimerRow } from '../store/types.ts';
import type { Apply } from './apply.ts';
import type { ServiceContext } from './context.ts';
import { reasonsOf } from './refusal.ts';

/** So long a timer that one node has taken is left alone by the others. */
const LEASE_MS = 60_000;
/** So long one waits that cannot be fired as its instance stands. */
const PUT_OFF_MS = 10 * 60_000;

/** What became of one batch of timers. */
export interface Fired {
  readonly fired: number;
  /** There may be more. */
  readonly isFull: boolean;
  /** Failures of ours or of the database; each timer is tried again. */
  readonly failed: readonly unknown[];
}

/**
 * Does what time does to instances: for each timer that is due one command on the one write path, which ends the timer with
 * its own effect. A timer is fired late rather than lost, and once, whoever sends it: where nothing is due any more the
 * command leaves no trace. An instance that cannot take it keeps no other waiting.
 */
export async function fireTimers({ store, clock, newId }: ServiceContext, apply: Apply, limit: number): Promise<Fired> {
  const now = Date.parse(clock.now());
  const later = (ms: number) => new Date(now + ms).toISOString();
  const timers = await store.claimTimers(later(0), later(LEASE_MS), limit);
  const results = await Promise.allSettled(timers.map((timer) => fire(apply, timer, newId())));
  const again: TimerRow[] = [];
  const stuck: TimerRow[] = [];
  const failed: unknown[] = [];
  for (const [i, result] of results.entries()) {
    const timer = timers[i];
    if (result.status === 'fulfilled' || timer === undefined) continue;
    (isPassing(result.reason) ? again : stuck).push(timer);
    if (!(result.reason instanceof ProcessError)) failed.push(result.reason);
  }
  await store.putOffTimers(again, '');
  await store.putOffTimers(stuck, later(PUT_OFF_MS));
  const fired = results.filter(({ status }) => status === 'fulfilled').length;
  return { fired, isFull: timers.length >= limit && fired > 0, failed };
}

async function fire(apply: Apply, timer: TimerRow, requestId: string): Promise<void> {
  try {
    await send(apply, timer, timer.what, timer.due, requestId);
  } catch (error) {
    if (!isRefusedFor(error, 'timer-due')) throw error;
    // What was reckoned before newer calendars were there is put right, and is then due when they say.
    await send(apply, timer, 'reckon', undefined, requestId);
  }
}

async function send(
  apply: Apply,
  { instance, tenant }: TimerRow,
  type: string,
  at: string | undefined,
  requestId: string,
): Promise<void> {
  const actor: Actor = { id: ENGINE, roles: [ADMIN], team: null, tenant, via: null };
  await apply.submit({
    target: { kind: 'event', id: instance },
    command: { type, input: {}, actor, at, requestId, internal: true },
    request: { actor, requestId, ifMatch: null, idempotency: null },
    isQuiet: true,
  });
}

/** Too much is waiting, or the clock went back since the timer was taken: its time is still to come. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof ProcessError)) return false;
  return error.code === 'unavailable' || error.code === 'invalid-input' || isRefusedFor(error, 'timer-time');
}

/** Whether a criterion of the engine's own did not hold. */
function isRefusedFor(error: unknown, criterion: string): boolean {
  if (!(error instanceof ProcessError)) return false;
  return reasonsOf(error)?.of?.some(({ id, verdict }) => id === criterion && verdict !== 'met') ?? false;
}
