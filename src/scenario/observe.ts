import type { CompiledProcess } from '../compile/types.ts';
import { isMoney, isUnneeded, messageType, statementOf, toMajor } from '../engine/index.ts';
import type { EntryDraft, Instance } from '../engine/types.ts';
import { type Json, toJson } from '../json.ts';
import { childNamed } from './command-of.ts';
import type { Claim, ClaimKind } from './types.ts';

/** What a scenario sees: the instance as it stands, and what was recorded in this step. */
export interface Seen {
  readonly process: CompiledProcess;
  readonly instance: Instance;
  readonly now: string;
  readonly fresh: readonly EntryDraft[];
}

type Look = (seen: Seen, claim: Claim) => Json;

const looks: Readonly<Record<ClaimKind, Look>> = {
  step: ({ instance }) => instance.position.map(({ step }) => step),
  waiting: ({ instance }) => instance.waiting.map(({ step }) => step),
  status: ({ instance }) => instance.status,
  outcome: ({ instance }) => instance.outcome,
  reason: ({ instance }) => instance.reason,
  owner: ({ instance }) => instance.owner,
  fields: ({ instance }, { of }) => instance.fields[of ?? '']?.value ?? null,
  open: openActivities,
  sla: clockNow,
  approvals: ({ instance }, { of }) => instance.approvals[of ?? '']?.status ?? 'none',
  evidence: evidenceNow,
  calls: ({ instance }, { of }) => instance.calls[of ?? '']?.status ?? 'none',
  children: ({ instance }, { of }) => instance.children[childNamed(instance, of ?? '') ?? '']?.status ?? 'none',
  messages: ({ fresh }) => fresh.filter(({ accepted }) => accepted).flatMap(shortType),
  notified: ({ fresh }) => [...new Set(fresh.flatMap(({ command }) => notifiedBy(command)))],
};

/** What is found where a claim looks. */
export function observe(seen: Seen, claim: Claim): Json {
  return looks[claim.kind](seen, claim);
}

/** Claims whose lists say what there is, in whatever order. */
export const unordered: ReadonlySet<ClaimKind> = new Set(['step', 'waiting', 'open', 'sla', 'notified']);

function openActivities({ process, instance }: Seen): Json {
  return instance.position.flatMap(({ step }) =>
    (process.steps.get(step)?.step.activities ?? []).flatMap(({ id }) =>
      (instance.activities[id]?.status ?? 'open') === 'open' && !isUnneeded(process, instance, id) ? [id] : [],
    ),
  );
}

function clockNow({ process, instance, now }: Seen, { of, part }: Claim): Json {
  const statement = statementOf(process, instance, now).find(({ id, of: timed }) => id === of || timed === of);
  if (statement === undefined) return part === 'state' ? 'none' : part === 'due' ? null : [];
  if (part === 'due') return statement.due;
  if (part === 'raised') return [...statement.raised];
  if (statement.state !== 'running') return statement.state;
  // At the very instant that it is due nothing is late yet, but the breach is told.
  const told = statement.marks.filter(({ firedAt }) => firedAt !== null).map(({ id }) => id);
  if (told.includes('breach')) return 'late';
  return told.some((id) => id.startsWith('warn/')) ? 'warned' : 'running';
}

function evidenceNow({ instance }: Seen, { of, expected }: Claim): Json {
  const record = instance.evidence[of ?? ''];
  if (record === undefined) return 'none';
  if (record.withdrawn !== null) return 'withdrawn';
  return String(expected).startsWith('until ') ? `until ${record.validTo}` : 'standing';
}

function shortType(entry: EntryDraft): readonly string[] {
  const type = messageType(entry).slice('phasegate.'.length);
  return type === 'instance.changed' ? [] : [type];
}

function notifiedBy(command: Json): readonly string[] {
  const { roles = [], actors = [] } = Object(Object(command).notify);
  return [roles, actors].flat().map(String);
}

/** A stored value as files say it: money in major units. */
export function written(value: Json): Json {
  return isMoney(value) ? toMajor(value) : toJson(value);
}
