import type { CompiledProcess } from '../compile/types.ts';
import type { Field, ProcessDefinition, Renamed } from '../definition/types.ts';
import type { Ids } from '../diff/mapping.ts';
import type { Json } from '../json.ts';
import type { ClockRecord } from './clock-types.ts';
import { untouched } from './last-move.ts';
import type { Migration } from './migration-types.ts';
import type { FieldRecord, Instance, StepRecord } from './types.ts';
import { parseValue } from './values.ts';

/**
 * The records of an instance under the ids of another version. Nothing is taken away: what has another id now stands under
 * both, and nobody reads the former one any more: what the other version calls by such an id begins as if nobody had touched
 * it. What is there again after a version without it has the records that it had. Where no id is another, the records are
 * the very same values.
 */
export function renamed(from: CompiledProcess, migration: Migration, instance: Instance): Instance {
  const { process: to, mapping } = migration;
  const { steps, activities, approvals, fields, roles, phases } = mapping;
  const step = (id: string) => steps.get(id) ?? id;
  const role = (id: string | null) => (id === null ? null : (roles.get(id) ?? id));
  const isAny = [steps, activities, approvals, fields, roles, phases].some(isRenaming);
  const next = isAny
    ? {
        ...instance,
        steps: under(instance.steps, steps, (record) => ({
          ...record,
          routes: Object.fromEntries(
            Object.entries(record.routes).map(([to, n]) => [steps.get(to) ?? phases.get(to) ?? to, n]),
          ),
        })),
        rounds: renamedRounds(instance.rounds, steps, activities),
        times: underPlaces(instance.times, steps),
        activities: under(instance.activities, activities),
        fields: under(instance.fields, fields),
        approvals: under(instance.approvals, approvals, (record) => ({
          ...record,
          covers: Object.fromEntries(Object.entries(record.covers).map(([id, value]) => [fields.get(id) ?? id, value])),
          turns: record.turns.map((turn) => ({ ...turn, role: role(turn.role) })),
        })),
        children: each(instance.children, isRenaming(steps), (record) => ({ ...record, step: step(record.step) })),
        overrides: each(instance.overrides, isRenaming(steps) || isRenaming(activities), (record) => ({
          ...record,
          step: step(record.step),
          criteria: record.criteria.map((id) => activities.get(id) ?? id),
        })),
        clocks: renamedClocks(mapping, instance.clocks),
        calls: under(instance.calls, activities),
      }
    : instance;
  return withoutStrangers(from, to, mapping, next);
}

/** Mappings are made once for all instances of a version. */
const answers = new WeakMap<Ids, boolean>();

function isRenaming(ids: Ids): boolean {
  const known = answers.get(ids);
  if (known !== undefined) return known;
  const answer = [...ids].some(([former, id]) => former !== id);
  answers.set(ids, answer);
  return answer;
}

/** Records by their ids of now; `change` is for those whose parts are named by ids too. */
function under<R>(
  records: Readonly<Record<string, R>>,
  ids: Ids,
  change: (record: R) => R = (record) => record,
): Readonly<Record<string, R>> {
  const next: Record<string, R> = { ...records };
  for (const [former, id] of ids) {
    const record = records[former];
    if (record !== undefined) next[id] = change(record);
  }
  return next;
}

function each<R>(records: Readonly<Record<string, R>>, isNeeded: boolean, change: (record: R) => R) {
  if (!isNeeded) return records;
  return Object.fromEntries(Object.entries(records).map(([id, record]) => [id, change(record)]));
}

/** Rounds stand under the id of their step and a number. */
function renamedRounds(rounds: Instance['rounds'], steps: Ids, activities: Ids): Instance['rounds'] {
  return underPlaces(rounds, steps, (record) => ({
    ...record,
    activities: record.activities.map((activity) => activities.get(activity) ?? activity),
  }));
}

function underPlaces<R>(
  records: Readonly<Record<string, R>>,
  steps: Ids,
  change: (record: R) => R = (record) => record,
): Readonly<Record<string, R>> {
  const next: Record<string, R> = { ...records };
  for (const [place, record] of Object.entries(records)) {
    const at = place.lastIndexOf('/');
    const id = steps.get(place.slice(0, at));
    if (id !== undefined) next[`${id}${place.slice(at)}`] = change(record);
  }
  return next;
}

/** The id of a clock names what it times. */
export function clockHeir(mapping: Migration['mapping'], clock: string): string | null {
  const [kind = '', of = ''] = clock.split('/');
  if (kind === 'process') return clock;
  const ids =
    { phase: mapping.phases, step: mapping.steps, activity: mapping.activities, approval: mapping.approvals }[kind] ??
    null;
  const heir = ids?.get(of);
  return heir === undefined ? null : `${kind}/${heir}`;
}

function renamedClocks(mapping: Migration['mapping'], clocks: Instance['clocks']): Instance['clocks'] {
  const next: Record<string, ClockRecord> = { ...clocks };
  for (const [id, record] of Object.entries(clocks)) {
    const heir = clockHeir(mapping, id);
    if (heir === null) continue;
    next[heir] = { ...record, raised: record.raised.map((role) => mapping.roles.get(role) ?? role) };
  }
  return next;
}

/** What other things left behind under ids that are now of something else, as if nobody had touched it. */
function withoutStrangers(
  from: CompiledProcess,
  to: CompiledProcess,
  { steps, activities, fields, approvals }: Migration['mapping'],
  instance: Instance,
): Instance {
  const isBack = instance.migration?.from.digest === to.digest;
  return {
    ...instance,
    steps: fresh(instance.steps, to.steps.keys(), steps, neverEntered, (id) => isCopied(from.definition, 'steps', id)),
    activities: fresh(instance.activities, to.activities.keys(), activities, untouched, (id) =>
      isCopied(from.definition, 'activities', id),
    ),
    fields: fresh(
      instance.fields,
      to.fields.keys(),
      fields,
      (record): FieldRecord => ({ ...record, value: null, digest: null }),
      (id) => isStrange(from, to, instance, id),
    ),
    // Whoever approved another version's approval has not approved this one.
    approvals: fresh(
      instance.approvals,
      to.approvals.keys(),
      approvals,
      (record) => ({ ...record, status: 'withdrawn', round: 0 }),
      (id) => !isBack || isCopied(from.definition, 'approvals', id),
    ),
  };
}

/** The records, those of strangers made so; the very same where there are none. */
function fresh<R>(
  records: Readonly<Record<string, R>>,
  ids: Iterable<string>,
  heirs: Ids,
  as: (record: R) => R,
  isStranger: (id: string) => boolean,
): Readonly<Record<string, R>> {
  const known = new Set(heirs.values());
  const made: Record<string, R> = {};
  for (const id of ids) {
    const record = records[id];
    if (record !== undefined && !known.has(id) && isStranger(id)) made[id] = as(record);
  }
  return Object.keys(made).length === 0 ? records : { ...records, ...made };
}

/** Whether something of a version once had this id: what stands under it is a copy. */
function isCopied({ fields, phases }: ProcessDefinition, kind: keyof Migration['mapping'], id: string): boolean {
  const steps = phases.flatMap((phase) => phase.steps);
  const elements: Readonly<Partial<Record<typeof kind, readonly Renamed[]>>> = {
    fields,
    steps,
    activities: steps.flatMap((step) => step.activities),
    approvals: steps.flatMap((step) => step.approvals),
  };
  return (elements[kind] ?? []).some(({ was }) => was.includes(id));
}

/** Whether the value under the id of a field that the version before does not have is none of its. */
export function isStrange(from: CompiledProcess, to: CompiledProcess, instance: Instance, id: string): boolean {
  const field = to.fields.get(id);
  const value = instance.fields[id]?.value ?? null;
  return isCopied(from.definition, 'fields', id) || (field !== undefined && value !== null && !fits(field, value));
}

/** A value goes over as it is, so that it must be one of its field there; limits are for what is given anew. */
export function fits(field: Field, value: Json): boolean {
  return parseValue({ ...field, min: null, max: null, maxLength: Number.MAX_SAFE_INTEGER }, value, '').ok;
}

/** A step as if nobody had ever been in it. */
export function neverEntered(record: StepRecord): StepRecord {
  return { ...record, round: 0, leftAt: record.leftAt ?? record.enteredAt, reworks: 0, skips: 0, routes: {} };
}

/** Clocks by their ids of now alone. */
export function withoutFormerClocks(mapping: Migration['mapping'], clocks: Instance['clocks']): Instance['clocks'] {
  return Object.fromEntries(Object.entries(clocks).filter(([id]) => (clockHeir(mapping, id) ?? id) === id));
}
