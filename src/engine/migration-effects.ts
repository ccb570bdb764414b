import type { CompiledProcess } from '../compile/types.ts';
import { ADMIN } from '../definition/index.ts';
import type { Verdict } from '../expr/types.ts';
import { ENGINE } from '../names.ts';
import type { Context } from './context.ts';
import type { Migrated } from './migrate.ts';
import type { Migration, MigrationEffects, Required } from './migration-types.ts';
import { exitOf } from './move-verbs.ts';
import type { Environment, Instance } from './types.ts';

interface Asked extends Required {
  readonly verdict: Verdict;
}

/** What a migration comes to for an instance: where it stands, what its exits ask, its approvals, values and clocks. */
export function effectsOf(
  from: CompiledProcess,
  before: Instance,
  { process, mapping }: Migration,
  { instance: after, clocks, voided, placing }: Migrated,
  environment: Pick<Environment, 'now' | 'evidence'>,
): MigrationEffects {
  const { now } = environment;
  const heir = (asked: Asked): Asked => ({
    ...asked,
    id: (asked.kind === 'activity' ? mapping.activities : mapping.approvals).get(asked.id) ?? asked.id,
    of: mapping.steps.get(asked.of) ?? mapping.phases.get(asked.of) ?? asked.of,
  });
  const was = byKey(askedOf(from, before, environment).map(heir));
  const is = byKey(askedOf(process, after, environment));
  const only = (those: ReadonlyMap<string, Asked>, others: ReadonlyMap<string, Asked>) =>
    [...those].flatMap(([key, { kind, id, of, verdict }]) =>
      others.has(key) || verdict === 'met' ? [] : [{ kind, id, of }],
    );
  const made = after.migration?.before.records.fields ?? {};
  return {
    position: { from: before.position, to: after.position },
    status: { from: before.status, to: after.status },
    outcome: { from: before.outcome, to: after.outcome },
    entered: placing.entered,
    left: placing.left,
    required: only(is, was),
    released: only(was, is),
    verdicts: [...is].flatMap(([key, { id, of, verdict }]) => {
      const last = was.get(key)?.verdict;
      return last === undefined || last === verdict ? [] : [{ id, of, from: last, to: verdict }];
    }),
    voided,
    fields: [...process.derived.keys()].filter((id) => Object.hasOwn(made, id) || isNew(after, id)),
    clocks: clocks.map((change) => {
      const { from: last, to: next } = change.due;
      return { ...change, late: next !== null && next <= now && (last === null || last > now) };
    }),
  };
}

function isNew({ migration, fields }: Instance, id: string): boolean {
  return (migration?.before.added.fields ?? []).includes(id) && (fields[id]?.value ?? null) !== null;
}

/** What the exits of the open steps ask, as far as the file says it. */
function askedOf(
  process: CompiledProcess,
  instance: Instance,
  { now, evidence }: Pick<Environment, 'now' | 'evidence'>,
): readonly Asked[] {
  const actor = { id: ENGINE, roles: [ADMIN], team: null, tenant: instance.tenant, via: null };
  const context: Context = { process, instance, actor, at: now, now, evidence };
  return instance.position.flatMap(({ step }) => {
    const compiled = process.steps.get(step);
    if (compiled === undefined) return [];
    return exitOf(context, compiled).flatMap(({ kind, id, gate, verdict, approval }): readonly Asked[] => {
      if (id === undefined) return [];
      if (kind === 'activity' || kind === 'evidence') return [{ kind: 'activity', id, of: step, verdict }];
      if (kind === 'approval') return approval?.status === 'not-needed' ? [] : [{ kind, id, of: step, verdict }];
      return gate === undefined ? [] : [{ kind: 'criterion', id, of: gate.of, verdict }];
    });
  });
}

function byKey(asked: readonly Asked[]): ReadonlyMap<string, Asked> {
  return new Map(asked.map((each) => [`${each.kind} ${each.id} ${each.kind === 'criterion' ? each.of : ''}`, each]));
}
