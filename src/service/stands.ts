import type { CompiledProcess } from '../compile/types.ts';
import { type ClockState, clockState, hiddenFrom } from '../engine/index.ts';
import type { Actor, Instance, Place } from '../engine/types.ts';
import type { Loaded } from './document.ts';

/** An open step, since when (event time, ISO 8601 UTC), and how the deadline stands that comes first there; null: none runs. */
export interface Stand extends Place {
  readonly since: string;
  readonly deadline: {
    readonly clock: string;
    readonly state: ClockState;
    /** Somebody was told that it is near. */
    readonly warned: boolean;
    readonly due: string | null;
  } | null;
}

/** Where an instance stands, without the deadlines of what is hidden from the actor. */
export function standsOf(
  { process, instance }: Extract<Loaded, { ok: true }>,
  actor: Actor,
  now: string,
): readonly Stand[] {
  const hidden = hiddenFrom(process, instance, actor)?.clocks;
  return instance.position.map(({ phase, step }) => ({
    phase,
    step,
    since: instance.steps[step]?.enteredAt ?? instance.startedAt,
    deadline: deadlineIn(process, instance, step, now, (clock) => hidden?.has(clock) !== true),
  }));
}

function deadlineIn(
  { clocks }: CompiledProcess,
  instance: Instance,
  step: string,
  now: string,
  isSeen: (clock: string) => boolean,
): Stand['deadline'] {
  let first: Stand['deadline'] = null;
  for (const { id, step: of } of clocks.values()) {
    const record = instance.clocks[id];
    if (of !== step || record === undefined || record.ended !== null || !isSeen(id)) continue;
    if (first !== null && (record.due ?? NEVER) >= (first.due ?? NEVER)) continue;
    const warned = record.marks.some(({ id: mark, firedAt }) => mark.startsWith('warn/') && firedAt !== null);
    first = { clock: id, state: clockState(record, now), warned, due: record.due };
  }
  return first;
}

/** Behind every deadline. */
const NEVER = '9999';
