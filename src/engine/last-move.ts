import type { ActivityRecord, EntryDraft, Instance, LastMove } from './types.ts';

/**
 * Remembers what `recall` would take back: the last command that moved the instance, with what the engine did after it
 * by itself, and who was the first to act on it. `own` is the instance as the command itself left it.
 */
export function withLastMove(
  after: Instance,
  before: Instance,
  own: Instance,
  { seq, type, actor, at }: EntryDraft,
  isFinal: boolean,
): Instance {
  if (after.marking === before.marking) {
    const { lastMove } = after;
    if (lastMove === null || lastMove.by === actor || lastMove.answered !== null) return after;
    return { ...after, lastMove: { ...lastMove, answered: { seq, by: actor, at } } };
  }
  // Facts stay. Where a fact alone set the engine moving, it would move again at once.
  const acted = own.marking !== before.marking || own.activities !== before.activities;
  if (isFinal || !acted || after.status === 'closed') return { ...after, lastMove: null };
  const { marking, outcome, version } = before;
  const lastMove: LastMove = {
    seq,
    type,
    by: actor,
    at,
    version,
    marking,
    outcome,
    steps: changed(before.steps, after.steps, (record) => ({ ...record, round: 0, leftAt: at, reworks: 0 })),
    activities: changed(before.activities, after.activities, untouched),
    answered: null,
  };
  return { ...after, lastMove };
}

/** An activity as if nobody had touched it. */
export function untouched(record: ActivityRecord): ActivityRecord {
  return { ...record, status: 'open', count: 0, choices: [], reason: null };
}

/** The records that differ, as they were before, or as good as none where there was none. */
function changed<R>(
  before: Readonly<Record<string, R>>,
  after: Readonly<Record<string, R>>,
  none: (record: R) => R,
): Readonly<Record<string, R>> {
  const were: Record<string, R> = {};
  for (const id in after) {
    const record = after[id];
    if (record !== undefined && before[id] !== record) were[id] = before[id] ?? none(record);
  }
  return were;
}
