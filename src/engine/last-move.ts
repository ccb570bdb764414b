import { ENGINE } from '../names.ts';
import type { ActivityRecord, Decision, Instance, LastMove, StepRecord } from './types.ts';

/**
 * Remembers what `recall` would take back: the last command that moved the instance, with what the engine did after it
 * by itself, and who was the first to act on it. `own` is the instance as the command itself left it.
 */
export function withLastMove(decision: Decision, before: Instance, own: Instance, isFinal: boolean): Decision {
  const { instance: after, entries } = decision;
  const [entry] = entries;
  if (entry === undefined) return decision;
  const { seq, type, actor, at } = entry;
  const { lastMove } = after;
  if (after.marking === before.marking) {
    // What children tell is nobody's answer.
    const isOther = actor !== lastMove?.by && actor !== ENGINE;
    if (lastMove === null || !isOther || lastMove.answered !== null) return decision;
    return { ...decision, instance: { ...after, lastMove: { ...lastMove, answered: { seq, by: actor, at } } } };
  }
  // Facts stay. Where a fact alone set the engine moving, it would move again at once.
  const acted = own.marking !== before.marking || own.activities !== before.activities;
  if (isFinal || !acted || after.status === 'closed') {
    return lastMove === null ? decision : { ...decision, instance: { ...after, lastMove: null } };
  }
  const { marking, outcome, version } = before;
  const steps = stepsBefore(before, after, at);
  const activities = activitiesBefore(decision, before);
  const made: LastMove = {
    seq,
    type,
    by: actor,
    at,
    version,
    marking,
    outcome,
    steps,
    activities,
    answered: null,
  };
  return { ...decision, instance: { ...after, lastMove: made } };
}

function stepsBefore(before: Instance, after: Instance, at: string): LastMove['steps'] {
  const were: Record<string, StepRecord> = {};
  for (const id in after.steps) {
    const record = after.steps[id];
    if (record === undefined || before.steps[id] === record) continue;
    were[id] = before.steps[id] ?? { ...record, round: 0, leftAt: at, reworks: 0, skips: 0, routes: {} };
  }
  return were;
}

/** Of the activities that the entries say were changed. */
function activitiesBefore({ instance, entries }: Decision, before: Instance): LastMove['activities'] {
  const were: Record<string, ActivityRecord> = {};
  for (const { changes } of entries) {
    for (const id in changes?.activities) {
      const record = before.activities[id] ?? instance.activities[id];
      if (record !== undefined) were[id] = record === before.activities[id] ? record : untouched(record);
    }
  }
  return were;
}

/** An activity as if nobody had touched it. */
export function untouched(record: ActivityRecord): ActivityRecord {
  return { ...record, status: 'open', count: 0, completions: [], choices: [], reason: null };
}
