import type { CompiledProcess, CompiledStep } from '../compile/types.ts';
import type { Draft } from './draft.ts';
import type { Instance, RoundTimes } from './instance-types.ts';
import { roundPlace } from './rounds.ts';

/** How the time of a round was spent, in milliseconds; what is neither was in the hands of whoever does the step. */
export interface SpentTime {
  readonly waiting: number;
  readonly paused: number;
}

/**
 * Brings the record of how each open round spends its time up to where the instance now stands. To be called after every
 * change; nothing is written where a round goes on as it was.
 */
export function keepTimes({ process, instance, at }: Pick<Draft, 'process' | 'instance' | 'at'>): Instance['times'] {
  let times: Record<string, RoundTimes> | null = null;
  for (const { step } of instance.position) {
    const record = instance.steps[step];
    if (record === undefined) continue;
    const { round } = record;
    const place = roundPlace(step, round);
    const found = instance.times[place];
    const state = stateOf(process, instance, step);
    const last = found?.round === round ? withGap(instance, place, found, at) : undefined;
    if (last === found && last?.state === state) continue;
    times ??= { ...instance.times };
    times[place] =
      last === undefined
        ? { round, from: at, state, since: at, waiting: 0, paused: 0 }
        : last.state === state
          ? last
          : { ...spentUntil(last, at), state, since: later(at, last.since) };
  }
  return times ?? instance.times;
}

/** A round that had ended and goes on: in between its instance was closed, or a move was made that was taken back. */
function withGap({ rounds }: Instance, place: string, times: RoundTimes, at: string): RoundTimes {
  const ended = rounds[place];
  if (ended?.round !== times.round || ended.leftAt === times.resumedFrom || ended.leftAt < times.since) return times;
  const { leftAt } = ended;
  const state = ended.ended === 'closed' ? ('paused' as const) : ('working' as const);
  const stood = { ...spentUntil(times, leftAt), state, since: leftAt };
  return { ...spentUntil(stood, at), state: times.state, since: later(at, leftAt), resumedFrom: leftAt };
}

function spentUntil(times: RoundTimes, until: string): RoundTimes {
  const { state, since } = times;
  const spent = Math.max(0, Date.parse(until) - Date.parse(since));
  return state === 'working' ? times : { ...times, [state]: times[state] + spent };
}

/** How a round was spent that was left at an instant; null: it is not known from its beginning on. */
export function spentIn(
  { times }: Instance,
  step: string,
  { round, enteredAt, leftAt }: { readonly round: number; readonly enteredAt: string; readonly leftAt: string },
): SpentTime | null {
  const found = times[roundPlace(step, round)];
  if (found?.round !== round || found.from > enteredAt) return null;
  const { waiting, paused } = spentUntil(found, leftAt);
  return { waiting, paused };
}

/** Paused while it is on hold; waiting while an approval, a service or a child that the step needs has been asked for. */
function stateOf({ steps }: CompiledProcess, instance: Instance, step: string): RoundTimes['state'] {
  if (instance.hold !== null) return 'paused';
  const compiled = steps.get(step);
  return compiled !== undefined && isWaiting(instance, compiled) ? 'waiting' : 'working';
}

function isWaiting({ approvals, calls, children, steps }: Instance, { step }: CompiledStep): boolean {
  if (step.approvals.some(({ id }) => approvals[id]?.status === 'requested')) return true;
  const isAsked = (activity: string) =>
    calls[activity]?.status === 'requested' || calls[activity]?.status === 'waiting';
  if (step.activities.some(({ id, call }) => call !== null && isAsked(id))) return true;
  if (step.starts.length === 0 || step.wait === 'none') return false;
  const round = steps[step.id]?.round;
  return Object.values(children).some(
    (child) =>
      child.step === step.id &&
      child.round === round &&
      child.need === 'wanted' &&
      (child.status === 'requested' || child.status === 'started'),
  );
}

function later(one: string, other: string): string {
  return one > other ? one : other;
}
