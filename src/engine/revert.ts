import { openPlaces, waitingPlaces } from '../compile/index.ts';
import type { CompiledProcess } from '../compile/types.ts';
import type { ApprovalRecord } from './approval-types.ts';
import type { CallRecord } from './call-types.ts';
import type { ClockRecord } from './clock-types.ts';
import type { Context } from './context.ts';
import { all } from './criteria.ts';
import { settle } from './decide.ts';
import type { Draft } from './draft.ts';
import { acceptedEntry } from './entry.ts';
import { keepEvidence } from './evidence.ts';
import { untouched } from './last-move.ts';
import { neverEntered } from './migration-records.ts';
import type { MigrationRecord } from './migration-types.ts';
import { refuse } from './refuse.ts';
import { notClosed, state } from './state-criteria.ts';
import type { Command, Decision, Environment, FieldRecord, Instance, Reason, Refusal } from './types.ts';

/**
 * Takes the last migration of an instance back, as long as nothing has happened to it since: it stands where it stood, with
 * the records and the clocks that it had. `process` is the version that it came from. `Command.input` may have the `plan`
 * that the migration should have followed.
 */
export function revert(
  present: CompiledProcess,
  instance: Instance,
  command: Command,
  environment: Environment,
  process: CompiledProcess,
): Decision | Refusal {
  const { now, evidence } = environment;
  const { migration } = instance;
  const context: Context = { process: present, instance, actor: command.actor, at: now, now, evidence };
  const tree = all(revertReasons(context, command, process));
  const told = { from: instance.version, to: migration?.from.version ?? null, plan: migration?.plan ?? null };
  if (migration === null || tree.verdict !== 'met') return refuse(context, command, environment, now, tree, told);
  const draft: Draft = {
    process,
    environment,
    actor: command.actor,
    at: now,
    instance: asItWas(process, instance, migration, now),
    seq: instance.seq + 1,
    personal: [],
  };
  keepEvidence(draft, instance);
  settle(draft);
  const entry = acceptedEntry(draft, instance, command, told, null);
  return { ok: true, instance: draft.instance, entries: [entry], personal: [] };
}

function revertReasons(context: Context, { input: { plan } }: Command, process: CompiledProcess): readonly Reason[] {
  const { instance } = context;
  const { migration } = instance;
  const wanted = typeof plan === 'string' ? plan : null;
  const followed = migration !== null && (wanted === null || migration.plan === wanted);
  const isFrom = migration === null || migration.from.digest === process.digest;
  const started = migration?.before.added.children ?? [];
  return [
    notClosed(context),
    state('revert-migrated', followed && isFrom, {
      zh: wanted === null ? '应曾转到新版本；没有' : `应按计划 ${wanted} 转到新版本；没有`,
      en: `it should have gone over to its version${wanted === null ? '' : ` by the plan ${wanted}`}; it has not`,
    }),
    state('revert-untouched', migration === null || migration.revision.to === instance.revision, {
      zh: `转到新版本后应没有变化；已从修订 ${migration?.revision.to} 到 ${instance.revision}。请为它做一个回到原版本的计划`,
      en: `nothing should have happened to it since; its revision was ${migration?.revision.to} and is ${instance.revision}. Make a plan that leads back instead`,
    }),
    state('revert-children', started.length === 0, {
      zh: `转到新版本时不应启动子流程；已启动 ${started.length} 个`,
      en: `going over should have started no other process; it has started ${started.length}`,
    }),
  ];
}

function asItWas(process: CompiledProcess, instance: Instance, migration: MigrationRecord, now: string): Instance {
  const { from, before } = migration;
  const { marking, outcome, key, lastMove, records, added } = before;
  const fields = Object.entries(records.fields).map(([id, was]) => [id, fieldAsItWas(was, instance.fields[id])]);
  return {
    ...instance,
    version: from.version,
    digest: from.digest,
    marking,
    position: openPlaces(process, marking),
    waiting: waitingPlaces(process, marking),
    outcome,
    key,
    lastMove,
    migration: before.migration,
    steps: { ...without(instance.steps, added.steps, neverEntered), ...records.steps },
    // Whatever round it has added is none that its step has ended.
    rounds: { ...instance.rounds, ...records.rounds },
    activities: { ...without(instance.activities, added.activities, untouched), ...records.activities },
    fields: { ...without(instance.fields, added.fields, unset), ...Object.fromEntries(fields) },
    approvals: { ...without(instance.approvals, added.approvals, voided(now)), ...records.approvals },
    children: { ...instance.children, ...records.children },
    overrides: { ...instance.overrides, ...records.overrides },
    clocks: { ...without(instance.clocks, added.clocks, dropped(now)), ...records.clocks },
    calls: { ...without(instance.calls, added.calls, uncalled), ...records.calls },
  };
}

/** Records are never taken away: what the migration made is as if nobody had touched it. */
function without<R>(
  records: Readonly<Record<string, R>>,
  ids: readonly string[] | undefined,
  as: (record: R) => R,
): Readonly<Record<string, R>> {
  if (ids === undefined) return records;
  const next: Record<string, R> = { ...records };
  for (const id of ids) {
    const record = records[id];
    if (record !== undefined) next[id] = as(record);
  }
  return next;
}

/** A value that has become personal stays so: it lies beside the history now. */
function fieldAsItWas(was: FieldRecord, now: FieldRecord | undefined): FieldRecord {
  return now === undefined || now.digest === null ? was : now;
}

const unset = (record: FieldRecord): FieldRecord => ({ ...record, value: null });

const voided =
  (at: string) =>
  (record: ApprovalRecord): ApprovalRecord =>
    record.status === 'void' || record.status === 'withdrawn'
      ? record
      : { ...record, status: 'void', ended: { why: 'definition', fields: [], by: record.requestedBy, at } };

const dropped =
  (at: string) =>
  (record: ClockRecord): ClockRecord =>
    record.ended === null ? { ...record, ended: { at, recordedAt: at, how: 'dropped' } } : record;

const uncalled = (record: CallRecord): CallRecord =>
  record.status === 'done' ? record : { ...record, status: 'dropped', due: null };
