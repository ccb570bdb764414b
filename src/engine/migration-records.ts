import type { CompiledProcess } from '../compile/types.ts';
import type { Ids } from '../diff/mapping.ts';
import type { ClockRecord } from './clock-types.ts';
import { untouched } from './last-move.ts';
import type { Migration } from './migration-types.ts';
import type { FieldRecord, Instance, RoundRecord, StepRecord } from './types.ts';

/**
 * The records of an instance under the ids of another version. Nothing is taken away: what has another id now stands under
 * both, and nobody reads the former one any more. What the other version calls by an id that something else once had
 * begins as if nobody had touched it. Where no id is another, the records are the very same values.
 */
export function renamed(migration: Migration, instance: Instance): Instance {
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
  return withoutStrangers(to, mapping, next);
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
  const next: Record<string, RoundRecord> = { ...rounds };
  for (const [place, record] of Object.entries(rounds)) {
    const at = place.lastIndexOf('/');
    const id = steps.get(place.slice(0, at));
    if (id === undefined) continue;
    const done = record.activities.map((activity) => activities.get(activity) ?? activity);
    next[`${id}${place.slice(at)}`] = { ...record, activities: done };
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

/** What other things left behind under ids that are now of something else. */
function withoutStrangers(
  to: CompiledProcess,
  { steps, activities, fields, approvals }: Migration['mapping'],
  instance: Instance,
): Instance {
  const strange = <R>(ids: Iterable<string>, heirs: Ids, records: Readonly<Record<string, R>>) => {
    const known = new Set(heirs.values());
    return [...ids].flatMap((id) => {
      const record = records[id];
      return record === undefined || known.has(id) ? [] : [[id, record] as const];
    });
  };
  const strangers = {
    steps: strange(to.steps.keys(), steps, instance.steps),
    activities: strange(to.activities.keys(), activities, instance.activities),
    fields: strange(to.fields.keys(), fields, instance.fields),
    approvals: strange(to.approvals.keys(), approvals, instance.approvals),
  };
  if (Object.values(strangers).every((list) => list.length === 0)) return instance;
  const fresh = <R>(records: Readonly<Record<string, R>>, list: readonly (readonly [string, R])[], as: (r: R) => R) =>
    list.length === 0 ? records : { ...records, ...Object.fromEntries(list.map(([id, record]) => [id, as(record)])) };
  return {
    ...instance,
    steps: fresh(instance.steps, strangers.steps, neverEntered),
    activities: fresh(instance.activities, strangers.activities, untouched),
    fields: fresh(
      instance.fields,
      strangers.fields,
      (record): FieldRecord => ({ ...record, value: null, digest: null }),
    ),
    approvals: fresh(instance.approvals, strangers.approvals, (record) => ({
      ...record,
      status: 'withdrawn',
      round: 0,
    })),
  };
}

/** A step as if nobody had ever been in it. */
export function neverEntered(record: StepRecord): StepRecord {
  return { ...record, round: 0, leftAt: record.leftAt ?? record.enteredAt, reworks: 0, skips: 0, routes: {} };
}

/** Clocks by their ids of now alone. */
export function withoutFormerClocks(mapping: Migration['mapping'], clocks: Instance['clocks']): Instance['clocks'] {
  return Object.fromEntries(Object.entries(clocks).filter(([id]) => (clockHeir(mapping, id) ?? id) === id));
}
