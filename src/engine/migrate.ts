import type { CompiledApproval, CompiledProcess } from '../compile/types.ts';
import { renameFields } from '../expr/index.ts';
import { canonicalJson } from '../json.ts';
import { ENGINE } from '../names.ts';
import { voidApprovals } from './approval-changes.ts';
import { keepCalls } from './calls.ts';
import { settleChildren } from './children.ts';
import { type Retimed, retime } from './clock-retime.ts';
import type { Context } from './context.ts';
import { all } from './criteria.ts';
import { andThen, settle } from './decide.ts';
import { type Draft, follow, setFields, traceBeside } from './draft.ts';
import { acceptedEntry } from './entry.ts';
import { migrationReasons } from './migration-criteria.ts';
import { type Placing, placeIn } from './migration-place.ts';
import { clockHeir, renamed } from './migration-records.ts';
import { MIGRATED_RECORDS, type MigratedRecords, type Migration, type MigrationRecord } from './migration-types.ts';
import { refuse } from './refuse.ts';
import type { Command, Decision, Environment, FieldRecord, Instance, Refusal } from './types.ts';

/** A migration decided, with what of it the entries do not say. */
export interface Migrated extends Decision {
  readonly clocks: Retimed['changes'];
  readonly voided: readonly string[];
  readonly placing: Extract<Placing, { ok: true }>;
}

/**
 * Takes an instance over to another version of its process: it stands where its steps have gone, its records go with it,
 * its clocks are what their SLAs say of running ones, and approvals that are other than they were are void. `Command.input`
 * has the digest of the `plan` that it follows. Refused where the other version has no place for it.
 */
export function migrate(
  from: CompiledProcess,
  instance: Instance,
  command: Command,
  environment: Environment,
  migration: Migration,
): Migrated | Refusal {
  const { now, evidence } = environment;
  const placing = instance.status === 'closed' ? null : placeIn(from, migration, instance);
  const context: Context = { process: from, instance, actor: command.actor, at: now, now, evidence };
  const tree = all(migrationReasons(context, migration, placing));
  const told = { ...planOf(command), from: instance.version, to: migration.version, moves: migration.moves };
  if (placing === null || !placing.ok || tree.verdict !== 'met') {
    return refuse(context, command, environment, now, tree, told);
  }
  const { process } = migration;
  const ready = { ...renamed(from, migration, instance), version: migration.version ?? 0, digest: process.digest };
  const draft: Draft = {
    process,
    environment,
    actor: command.actor,
    at: now,
    instance: ready,
    seq: instance.seq + 1,
    personal: [],
  };
  stand(draft, migration, placing);
  draft.instance = { ...draft.instance, outcome: outcomeIn(migration, instance), lastMove: null };
  salted(draft, migration, instance);
  setFields(draft, {}, ENGINE);
  voidOther(draft, from, migration);
  voidApprovals(draft, ready);
  settleChildren(draft, command.actor.id);
  const clocks = timeAnew(draft, from, migration, ready.fields);
  keepCalls(draft);
  draft.instance = {
    ...draft.instance,
    migration: { ...recordOf(instance, migration, draft.seq), ...planOf(command) },
  };
  settle(draft);
  const entry = acceptedEntry(draft, instance, command, told, null);
  const decision = andThen(draft, [entry]);
  return { ...withRecord(decision, instance), clocks, voided: voidedSince(ready, decision.instance), placing };
}

function planOf({ input: { plan } }: Command): { readonly plan: string | null } {
  return { plan: typeof plan === 'string' ? plan : null };
}

/** It is in other steps, or in the same ones by other names. What it is on hold for, it stays on hold for. */
function stand(draft: Draft, { mapping }: Migration, { marking, entered, left }: Extract<Placing, { ok: true }>): void {
  const { hold, status } = draft.instance;
  const actions = [
    ...left.map((step) => ({ type: 'leave' as const, params: { step: mapping.steps.get(step) ?? step } })),
    ...entered.map((step) => ({ type: 'enter' as const, params: { step } })),
  ];
  follow(draft, { marking, actions }, () => 'left');
  draft.instance = { ...draft.instance, hold, status };
}

function outcomeIn({ mapping }: Migration, { outcome }: Instance): string | null {
  return outcome === null ? null : (mapping.outcomes.get(outcome) ?? outcome);
}

/** Personal values that stand under another name now, and values that have become personal: each takes a salt of its own. */
function salted(draft: Draft, { mapping }: Migration, instance: Instance): void {
  const fields: Record<string, FieldRecord> = { ...draft.instance.fields };
  for (const [former, id] of mapping.fields) {
    const record = instance.fields[former];
    if (record === undefined || record.value === null) continue;
    const isPersonal = draft.process.fields.get(id)?.personal === true;
    // One that is personal no longer still lies beside the history, until it is given anew.
    const isDue = former === id ? isPersonal && record.digest === null : isPersonal || record.digest !== null;
    if (isDue) fields[id] = { ...record, ...traceBeside(draft, id, record.value) };
  }
  draft.instance = { ...draft.instance, fields };
}

function voidedSince({ approvals: before }: Instance, { approvals: after }: Instance): readonly string[] {
  return Object.keys(after).filter((id) => after[id]?.status === 'void' && before[id]?.status !== 'void');
}

/** Approvals of open steps that ask somebody else, or in other cases, than when they were asked for. */
function voidOther(draft: Draft, from: CompiledProcess, { mapping }: Migration): void {
  const former = new Map([...mapping.approvals].map(([was, id]) => [id, was]));
  for (const compiled of draft.process.approvals.values()) {
    const { id } = compiled.approval;
    const record = draft.instance.approvals[id];
    const was = from.approvals.get(former.get(id) ?? '');
    const isOpen = draft.instance.position.some(({ step }) => step === compiled.step.id);
    if (record === undefined || was === undefined || !isOpen) continue;
    if (record.status === 'void' || record.status === 'withdrawn') continue;
    if (asks(was, mapping) === asks(compiled, null)) continue;
    const ended = { why: 'definition', fields: [], by: draft.actor.id, at: draft.at } as const;
    const approvals = { ...draft.instance.approvals, [id]: { ...record, status: 'void' as const, ended } };
    draft.instance = { ...draft.instance, approvals };
  }
}

/** All that an approval asks, under the names of the other version. */
function asks({ approval }: CompiledApproval, mapping: Migration['mapping'] | null): string {
  const { when, of, bands, exclude, voidsOn } = approval;
  const field = (id: string) => mapping?.fields.get(id) ?? id;
  return canonicalJson({
    when: when === null ? null : renameFields(when, mapping?.fields ?? new Map()),
    of: of === null ? null : field(of),
    bands: bands.map(({ upTo, by, mode, n, order }) => ({
      upTo,
      by: by.map(({ kind, id }) => ({ kind, id: kind === 'role' ? (mapping?.roles.get(id) ?? id) : id })),
      mode,
      n,
      order,
    })),
    exclude: [...exclude],
    voidsOn: voidsOn.map(field),
  });
}

function timeAnew(
  draft: Draft,
  from: CompiledProcess,
  { mapping }: Migration,
  before: Instance['fields'],
): Retimed['changes'] {
  const former = new Map<string, string>();
  for (const id of from.clocks.keys()) {
    const heir = clockHeir(mapping, id);
    if (heir !== null) former.set(heir, id);
  }
  const { instance, process, environment } = draft;
  const { clocks, changes } = retime(from, process, instance, environment.now, (id) => former.get(id) ?? '', before);
  draft.instance = { ...instance, clocks };
  return changes.filter(({ clock, how }) => how !== 'dropped' || clockHeir(mapping, clock) === null);
}

function recordOf(instance: Instance, { moves }: Migration, seq: number): Omit<MigrationRecord, 'plan'> {
  const { version, digest, revision, marking, outcome, key, lastMove, migration } = instance;
  const last = migration === null ? null : { ...migration, before: NOTHING };
  return {
    seq,
    moves,
    from: { version, digest },
    revision: { from: revision, to: revision },
    before: { marking, outcome, key, lastMove, migration: last, records: NO_RECORDS, added: {} },
  };
}

const NO_RECORDS: MigratedRecords = {
  steps: {},
  rounds: {},
  activities: {},
  fields: {},
  approvals: {},
  children: {},
  overrides: {},
  clocks: {},
  calls: {},
};

/** One migration can be taken back, not those before it. */
const NOTHING: MigrationRecord['before'] = {
  marking: '',
  outcome: null,
  key: null,
  lastMove: null,
  migration: null,
  records: NO_RECORDS,
  added: {},
};

/** With what the whole decision has changed, so that it can be taken back. */
function withRecord(decision: Decision, before: Instance): Decision {
  const { instance } = decision;
  const { migration } = instance;
  if (migration === null) throw new Error('a migration leaves a record');
  const fields = Object.entries(changed(before.fields, instance.fields)).map(([id, record]) => {
    const isPlain = record.digest === null && (instance.fields[id]?.digest ?? null) === null;
    return [id, isPlain ? record : { ...record, value: null }] as const;
  });
  const records: MigratedRecords = {
    steps: changed(before.steps, instance.steps),
    rounds: changed(before.rounds, instance.rounds),
    activities: changed(before.activities, instance.activities),
    fields: Object.fromEntries(fields),
    approvals: changed(before.approvals, instance.approvals),
    children: changed(before.children, instance.children),
    overrides: changed(before.overrides, instance.overrides),
    clocks: changed(before.clocks, instance.clocks),
    calls: changed(before.calls, instance.calls),
  };
  const added = Object.fromEntries(
    MIGRATED_RECORDS.flatMap((name) => {
      const ids = Object.keys(instance[name]).filter((id) => !Object.hasOwn(before[name], id));
      return ids.length === 0 ? [] : [[name, ids]];
    }),
  );
  const record: MigrationRecord = {
    ...migration,
    revision: { from: before.revision, to: instance.revision },
    before: { ...migration.before, records, added },
  };
  return { ...decision, instance: { ...instance, migration: record } };
}

function changed<R>(before: Readonly<Record<string, R>>, after: Readonly<Record<string, R>>): Record<string, R> {
  return Object.fromEntries(Object.entries(before).filter(([id, record]) => after[id] !== record));
}
