import type { CompiledProcess } from '../compile/types.ts';
import { type Json, toJson } from '../json.ts';
import type { Draft } from './draft.ts';
import type { Changes, Command, EntryDraft, Environment, FieldRecord, Instance, Reason, StepRecord } from './types.ts';
import { PERSONAL } from './values.ts';

/** What every entry about a command says, accepted or refused. */
export function entryHead(command: Command, environment: Environment, instance: Instance) {
  return {
    instance: instance.id,
    tenant: instance.tenant,
    process: instance.process,
    version: instance.version,
    digest: instance.digest,
    actor: command.actor.id,
    via: command.actor.via,
    roles: command.actor.roles,
    recordedAt: environment.now,
    requestId: command.requestId,
  };
}

/** The entry of a step that was taken, with everything that differs between the two states. */
export function acceptedEntry(
  draft: Draft,
  before: Instance | null,
  command: Command,
  members: Readonly<Record<string, Json>>,
  verdicts: Reason | null,
): EntryDraft {
  return {
    seq: draft.seq,
    type: command.type,
    accepted: true,
    at: draft.at,
    ...entryHead(command, draft.environment, draft.instance),
    revision: draft.instance.revision,
    command: members,
    changes: changesBetween(before, draft.instance),
    verdicts,
    refusal: null,
  };
}

/** A command's members as the history keeps them: personal values only as the digests that the fields now have. */
export function commandMembers(
  process: CompiledProcess,
  input: Readonly<Record<string, unknown>>,
  fields: Instance['fields'] | null,
): Record<string, Json> {
  const members: Record<string, Json> = {};
  for (const [name, value] of Object.entries(input)) {
    members[name] = FIELD_MEMBERS.has(name) ? maskedFields(process, value, fields) : toJson(value);
  }
  return members;
}

/** Members of commands that hold values of fields. */
export const FIELD_MEMBERS: ReadonlySet<string> = new Set(['with', 'fields', 'data']);

function maskedFields(process: CompiledProcess, value: unknown, fields: Instance['fields'] | null): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return toJson(value);
  const masked: Record<string, Json> = {};
  for (const [id, given] of Object.entries(value)) {
    const personal = process.fields.get(id)?.personal ?? false;
    masked[id] = personal ? (fields?.[id]?.digest ?? PERSONAL) : toJson(given);
  }
  return masked;
}

function changesBetween(before: Instance | null, after: Instance): Changes {
  const changes: { -readonly [K in keyof Changes]: Changes[K] } = {};
  const fields = changedFields(before?.fields ?? {}, after.fields);
  if (fields !== null) changes.fields = fields;
  if (before?.activities !== after.activities) {
    const activities: Record<string, { from: string; to: string }> = {};
    for (const id in after.activities) {
      const [last, record] = [before?.activities[id], after.activities[id]];
      if (record !== undefined && last !== record) activities[id] = { from: last?.status ?? 'open', to: record.status };
    }
    if (Object.keys(activities).length > 0) changes.activities = activities;
  }
  if (before !== null && before.approvals !== after.approvals) {
    const approvals = changedRecords(before.approvals, after.approvals);
    if (approvals !== null) changes.approvals = approvals;
  }
  if (before?.children !== after.children) {
    const children = changedRecords(before?.children ?? {}, after.children);
    if (children !== null) changes.children = children;
  }
  if (before === null && after.parent !== null) changes.parent = after.parent;
  if (before !== null && before.evidence !== after.evidence) {
    const evidence = changedRecords(before.evidence, after.evidence);
    if (evidence !== null) changes.evidence = evidence;
  }
  if (before?.clocks !== after.clocks) {
    const clocks = changedRecords(before?.clocks ?? {}, after.clocks);
    if (clocks !== null) changes.clocks = clocks;
  }
  if (before?.calls !== after.calls) {
    const calls = changedRecords(before?.calls ?? {}, after.calls);
    if (calls !== null) changes.calls = calls;
  }
  if (before?.position !== after.position) changes.position = { from: before?.position ?? [], to: after.position };
  if (before !== null && before.waiting !== after.waiting)
    changes.waiting = { from: before.waiting, to: after.waiting };
  if (before === null && after.waiting.length > 0) changes.waiting = { from: [], to: after.waiting };
  const steps = changedSteps(before?.steps ?? {}, after.steps);
  if (steps !== null) changes.steps = steps;
  if ((before?.outcome ?? null) !== after.outcome) changes.outcome = after.outcome;
  if (before?.status !== after.status) changes.status = after.status;
  if ((before?.hold ?? null) !== after.hold) changes.hold = after.hold;
  if (before !== null && before.overrides !== after.overrides) {
    const made = Object.entries(after.overrides).filter(([seq]) => before.overrides[seq] === undefined);
    changes.overrides = Object.fromEntries(made);
  }
  for (const name of ['owner', 'team'] as const) {
    const from = before?.[name] ?? null;
    if (from !== after[name]) changes[name] = { from, to: after[name] };
  }
  return changes;
}

function changedRecords<R>(before: Readonly<Record<string, R>>, after: Readonly<Record<string, R>>) {
  const changed: Record<string, R> = {};
  for (const id in after) {
    const record = after[id];
    if (record !== undefined && before[id] !== record) changed[id] = record;
  }
  return Object.keys(changed).length === 0 ? null : changed;
}

function changedFields(before: Instance['fields'], after: Instance['fields']): NonNullable<Changes['fields']> | null {
  if (before === after) return null;
  const changed: Record<string, { from: Json; to: Json }> = {};
  for (const id in after) {
    const [last, next] = [before[id], after[id]];
    if (last === next) continue;
    // It has become personal: what it was is not written once more.
    const isNowBeside = last !== undefined && last.value !== null && last.digest === null && next?.digest != null;
    changed[id] = { from: isNowBeside ? PERSONAL : recorded(last), to: recorded(next) };
  }
  return Object.keys(changed).length === 0 ? null : changed;
}

function changedSteps(before: Instance['steps'], after: Instance['steps']): NonNullable<Changes['steps']> | null {
  if (before === after) return null;
  const changed: Record<string, Pick<StepRecord, 'round' | 'reworks' | 'skips' | 'routes'>> = {};
  for (const id in after) {
    const record = after[id];
    if (record === undefined || before[id] === record) continue;
    const { round, reworks, skips, routes } = record;
    changed[id] = { round, reworks, skips, routes };
  }
  return changed;
}

/** A value as the history keeps it: of a personal one its digest. */
export function recorded(record: FieldRecord | undefined): Json {
  return record === undefined ? null : (record.digest ?? record.value);
}
