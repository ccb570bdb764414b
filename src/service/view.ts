import type { CompiledProcess } from '../compile/types.ts';
import { isUnneeded } from '../engine/index.ts';
import type { Instance } from '../engine/types.ts';
import type { Json } from '../json.ts';
import type { InstanceRow } from '../store/types.ts';
import type { ActivityStatus, InstanceView } from './types.ts';

/** An instance as callers see it: what it is now. Who made it so, and when, is in its records and its history. */
export function instanceView(process: CompiledProcess, instance: Instance): InstanceView {
  const { id, tenant, version, digest, key, status, outcome, reason, revision, seq, position, waiting } = instance;
  const { hold, overrides, parent, owner, team, startedAt, startedBy, updatedAt, closedAt } = instance;
  return {
    id,
    tenant,
    process: instance.process,
    version,
    digest,
    key,
    status,
    outcome,
    reason,
    revision,
    seq,
    position,
    waiting,
    hold,
    overrides,
    parent,
    owner,
    team,
    startedAt,
    startedBy,
    updatedAt,
    closedAt,
    quarantine: null,
    activities: statuses(process, instance),
    fields: values(process, instance),
    approvals: approvalStatuses(process, instance),
  };
}

/** What was touched, and what is to be done in the open steps, or need not be. */
function statuses(process: CompiledProcess, instance: Instance): InstanceView['activities'] {
  const { position, activities } = instance;
  const found: Record<string, ActivityStatus> = {};
  // What earlier versions called otherwise stays in the record and is nobody's any more.
  for (const id in activities) if (process.activities.has(id)) found[id] = activities[id]?.status ?? 'open';
  for (const { step } of position) {
    for (const { id, when } of process.steps.get(step)?.step.activities ?? []) {
      found[id] ??= 'open';
      if (when !== null && found[id] === 'open' && isUnneeded(process, instance, id)) found[id] = 'not-needed';
    }
  }
  return found;
}

function values(process: CompiledProcess, { fields }: Instance): InstanceView['fields'] {
  const found: Record<string, Json> = {};
  for (const id in fields) if (process.fields.has(id)) found[id] = fields[id]?.value ?? null;
  return found;
}

function approvalStatuses(process: CompiledProcess, { approvals }: Instance): InstanceView['approvals'] {
  return Object.fromEntries(
    Object.entries(known(process.approvals, approvals)).map(([id, { status }]) => [id, status]),
  );
}

/** What can be said of an instance whose document cannot be trusted: its row. */
export function quarantinedView(row: InstanceRow, why: string): InstanceView {
  return {
    id: row.id,
    tenant: row.tenant,
    process: row.process,
    version: row.version,
    digest: row.digest,
    key: row.key,
    status: 'quarantined',
    quarantine: why,
    outcome: row.outcome,
    reason: null,
    revision: row.revision,
    seq: row.seq,
    position: [],
    waiting: [],
    activities: {},
    fields: {},
    hold: null,
    overrides: {},
    approvals: {},
    parent: null,
    owner: row.owner,
    team: row.team,
    startedAt: row.startedAt,
    startedBy: '',
    updatedAt: row.updatedAt,
    closedAt: null,
  };
}

/** Records of what the version has; an instance that came from another one has more. */
export function known<R>(
  ids: { has(id: string): boolean },
  records: Readonly<Record<string, R>>,
): Readonly<Record<string, R>> {
  for (const id in records)
    if (!ids.has(id)) return Object.fromEntries(Object.entries(records).filter(([each]) => ids.has(each)));
  return records;
}
