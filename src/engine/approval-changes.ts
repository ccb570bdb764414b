import type { CompiledApproval } from '../compile/types.ts';
import { canonicalJson, type Json } from '../json.ts';
import type { ApprovalEnd, ApprovalRecord, ApprovalTurn } from './approval-types.ts';
import { bandOf, presentBand, statusOf, turnsOf } from './approvers.ts';
import type { Draft } from './draft.ts';
import { recorded } from './entry.ts';
import type { Instance } from './types.ts';

function setApproval(draft: Draft, id: string, record: ApprovalRecord): void {
  draft.instance = { ...draft.instance, approvals: { ...draft.instance.approvals, [id]: record } };
}

/** Asks for an approval. Whatever the last request has come to is history. */
export function requestApproval(draft: Draft, compiled: CompiledApproval, comment: string | null): void {
  const { process, instance, actor, at, seq } = draft;
  const present = presentBand(process, instance, compiled);
  const turns = present === null ? null : turnsOf(process, instance, present.band);
  if (present === null || turns === null) throw new Error(`nobody to ask for ${compiled.approval.id}`);
  const covers: Record<string, Json> = {};
  for (const field of compiled.covers) covers[field] = recorded(instance.fields[field]);
  setApproval(draft, compiled.approval.id, {
    status: 'requested',
    round: instance.steps[compiled.step.id]?.round ?? 1,
    requestedBy: actor.id,
    requestedAt: at,
    comment,
    seq,
    band: present.number,
    turns,
    covers,
    ended: null,
  });
}

/** Replaces the turns of a request, and draws what follows from the decisions in them. */
export function setTurns(draft: Draft, compiled: CompiledApproval, turns: readonly ApprovalTurn[]): void {
  const record = draft.instance.approvals[compiled.approval.id];
  if (record === undefined) throw new Error(`no request for ${compiled.approval.id}`);
  setApproval(draft, compiled.approval.id, { ...record, turns, status: statusOf(bandOf(compiled, record), turns) });
}

export function withdrawApproval(draft: Draft, { approval }: CompiledApproval): void {
  const record = draft.instance.approvals[approval.id];
  if (record === undefined) throw new Error(`no request for ${approval.id}`);
  const ended = { why: 'withdrawn', fields: [], by: draft.actor.id, at: draft.at } as const;
  setApproval(draft, approval.id, { ...record, status: 'withdrawn', ended });
}

/**
 * Voids what no longer covers how things stand after a command: a value it was asked about is another, its step was left
 * before it was decided, or its step was entered anew. What is void or withdrawn already keeps its reason.
 */
export function voidApprovals(draft: Draft, before: Instance): void {
  const { process, actor, at } = draft;
  for (const id in before.approvals) {
    const record = draft.instance.approvals[id];
    const compiled = process.approvals.get(id);
    if (record === undefined || compiled === undefined) continue;
    if (record.status === 'void' || record.status === 'withdrawn') continue;
    const ended = endOf(draft.instance, before, compiled, record);
    if (ended !== null) setApproval(draft, id, { ...record, status: 'void', ended: { ...ended, by: actor.id, at } });
  }
}

function endOf(
  after: Instance,
  before: Instance,
  { step, covers }: CompiledApproval,
  record: ApprovalRecord,
): Pick<ApprovalEnd, 'why' | 'fields'> | null {
  const fields = covers.filter((field) => {
    const [last, now] = [before.fields[field], after.fields[field]];
    return last !== now && canonicalJson(last?.value ?? null) !== canonicalJson(now?.value ?? null);
  });
  if (fields.length > 0) return { why: 'changed', fields };
  if (after.steps[step.id]?.round !== record.round) return { why: 'round', fields };
  const open = after.position.some((place) => place.step === step.id);
  return record.status === 'requested' && !open ? { why: 'left', fields } : null;
}
