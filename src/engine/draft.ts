import { openPlaces, waitingPlaces } from '../compile/index.ts';
import type { CompiledProcess, MachineMove } from '../compile/types.ts';
import { canonicalJson, type Json, sha256 } from '../json.ts';
import { withRound } from './rounds.ts';
import { isSameValue, lookUp } from './tables.ts';
import type {
  ActivityRecord,
  Actor,
  Environment,
  FieldRecord,
  Instance,
  Marking,
  PersonalValue,
  Place,
  RoundEnd,
  RoundRecord,
  StepRecord,
} from './types.ts';

/** A decision in the making: `instance` is replaced, never changed, so what it was can still be compared. */
export interface Draft {
  readonly process: CompiledProcess;
  readonly environment: Environment;
  readonly actor: Actor;
  /** Event time. */
  readonly at: string;
  instance: Instance;
  /** Number of the history entry being made. */
  seq: number;
  readonly personal: PersonalValue[];
}

/** Gives fields their values; what depends on them by decision table follows. Values are in stored form. */
export function setFields(draft: Draft, values: Readonly<Record<string, Json>>, by: string): void {
  const fields: Record<string, FieldRecord> = { ...draft.instance.fields };
  for (const [id, value] of Object.entries(values)) {
    fields[id] = { value, by, at: draft.at, recordedAt: draft.environment.now, ...trace(draft, id, value) };
  }
  for (const table of draft.process.tables) {
    const value = lookUp(draft.process, fields, table);
    if (isSameValue(fields[table.sets]?.value ?? null, value)) continue;
    const by = `table:${table.id}`;
    fields[table.sets] = {
      value,
      by,
      at: draft.at,
      recordedAt: draft.environment.now,
      ...trace(draft, table.sets, value),
    };
  }
  const keyField = draft.process.definition.key;
  const key = keyField === null ? null : (fields[keyField]?.value ?? null);
  draft.instance = { ...draft.instance, fields, key: key === null ? null : String(key) };
}

export function trace(
  draft: Draft,
  field: string,
  value: Json,
): { readonly seq: number; readonly digest: string | null } {
  return draft.process.fields.get(field)?.personal
    ? traceBeside(draft, field, value)
    : { seq: draft.seq, digest: null };
}

/** Of a value that is kept beside the history. */
export function traceBeside(
  draft: Draft,
  field: string,
  value: Json,
): { readonly seq: number; readonly digest: string } {
  const salt = draft.environment.ids();
  draft.personal.push({ field, value, salt });
  return { seq: draft.seq, digest: personalDigest(salt, value) };
}

/** What the history keeps of a personal value: without the salt, which is erased with it, it says nothing. */
export function personalDigest(salt: string, value: Json): string {
  return `sha256:${sha256(`${salt}\n${canonicalJson(value)}`)}`;
}

export function setActivity(
  draft: Draft,
  id: string,
  change: Pick<ActivityRecord, 'status'> & Partial<ActivityRecord>,
): void {
  const step = draft.process.activities.get(id)?.step.id ?? '';
  const record: ActivityRecord = {
    count: draft.instance.activities[id]?.count ?? 0,
    completions: draft.instance.activities[id]?.completions ?? [],
    choices: [],
    reason: null,
    ...change,
    round: draft.instance.steps[step]?.round ?? 1,
    by: draft.actor.id,
    at: draft.at,
    recordedAt: draft.environment.now,
  };
  draft.instance = { ...draft.instance, activities: { ...draft.instance.activities, [id]: record } };
}

/**
 * Takes over a step of the machine: the new marking, and what its actions say was entered, left or reached. `ended`
 * says how the round of a step that was left ended.
 */
export function follow(draft: Draft, { marking, actions }: MachineMove, ended: (step: string) => RoundEnd): void {
  const { process, at } = draft;
  const steps = { ...draft.instance.steps };
  const activities = { ...draft.instance.activities };
  let { outcome, rounds } = draft.instance;
  for (const { type, params } of actions) {
    if (type === 'reach') outcome ??= params.outcome ?? null;
    const id = params.step;
    if (id === undefined) continue;
    const record = steps[id] ?? { round: 0, enteredAt: at, leftAt: null, reworks: 0, skips: 0, routes: {} };
    if (type === 'leave') {
      const end = ended(id);
      const skips = record.skips + (end === 'skipped' ? 1 : 0);
      steps[id] = { ...record, leftAt: at, skips };
      rounds = withRound(rounds, id, endedRound(draft, id, record, end));
    }
    if (type !== 'enter') continue;
    const round = record.round + 1;
    steps[id] = { ...record, round, enteredAt: at, leftAt: null };
    // A new round is done anew; what the last one supplied stays known.
    for (const { id: activity } of process.steps.get(id)?.step.activities ?? []) {
      const last = activities[activity];
      if (last !== undefined) activities[activity] = { ...last, status: 'open', choices: [], reason: null, round };
    }
  }
  const closed = marking === 'closed';
  draft.instance = {
    ...draft.instance,
    marking: isSame(draft.instance.marking, marking) ? draft.instance.marking : marking,
    position: sameOr(draft.instance.position, openPlaces(process, marking)),
    waiting: sameOr(draft.instance.waiting, waitingPlaces(process, marking)),
    steps,
    rounds,
    activities,
    outcome,
    status: closed ? 'closed' : 'active',
    closedAt: closed ? at : null,
    hold: null,
    closedFrom: closed ? { marking: draft.instance.marking, outcome: draft.instance.outcome } : null,
  };
}

/** The round of a step that ends now. */
function endedRound({ process, instance, at }: Draft, id: string, record: StepRecord, ended: RoundEnd): RoundRecord {
  const { round, enteredAt } = record;
  const done = (process.steps.get(id)?.step.activities ?? []).filter(
    (activity) => instance.activities[activity.id]?.status === 'done',
  );
  const activities = done.filter((activity) => instance.activities[activity.id]?.round === round);
  return { round, enteredAt, leftAt: at, ended, activities: activities.map((activity) => activity.id) };
}

/** A further round of a step leads where the instance stands already. */
function isSame(before: Marking, after: Marking): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}

/** A list that says the same stays the same value: what did not change is not written again. */
function sameOr(before: readonly Place[], after: readonly Place[]): readonly Place[] {
  const isSamePlace = ({ phase, step }: Place, index: number) =>
    step === after[index]?.step && phase === after[index]?.phase;
  const same = before.length === after.length && before.every(isSamePlace);
  return same ? before : after;
}
