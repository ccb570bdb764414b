import type { CompiledApproval, CompiledProcess } from '../compile/types.ts';
import type { Text } from '../text.ts';
import { requestApproval as request, setTurns, withdrawApproval } from './approval-changes.ts';
import {
  approverHeld,
  decisionReasons,
  lastRecord,
  openSeat,
  requestReasons,
  requestStanding,
} from './approval-criteria.ts';
import { approvalReason, waitsFor } from './approval-reason.ts';
import type { ApprovalDecision } from './approval-types.ts';
import { type Context, contextOf, stepRoles } from './context.ts';
import { all } from './criteria.ts';
import type { Draft } from './draft.ts';
import { eventSchema, type JsonSchema } from './input-schema.ts';
import { instanceOpen, roleHeld, stepOpen } from './state-criteria.ts';
import type { Reason, Target } from './types.ts';
import { type Members, type Parsed, textSchema, type Verb } from './verb.ts';

export function approvalOf(process: CompiledProcess, target: Target): CompiledApproval {
  const approval = process.approvals.get(target.approval ?? '');
  if (approval === undefined) throw new Error('a target names an approval of the process');
  return approval;
}

/** Approvals of the open steps. */
export function openApprovals({ process, instance }: Context): readonly CompiledApproval[] {
  return instance.position.flatMap(({ step }) =>
    (process.steps.get(step)?.step.approvals ?? []).flatMap(({ id }) => process.approvals.get(id) ?? []),
  );
}

/** What the verbs about a whole request share: their target and a comment. */
export function approvalVerb(type: string, words: Text, commentNeeded = false) {
  return {
    type,
    members: ['approval', 'comment'],
    /** Only what was asked for can be decided: the rest would drown an instance's actions. */
    candidates: (context: Context): Target[] =>
      openApprovals(context)
        .filter((compiled) => lastRecord(context, compiled) !== null)
        .map(({ approval }) => ({ approval: approval.id })),
    title: (process: CompiledProcess, target: Target): Text => {
      const { title } = approvalOf(process, target).approval;
      return { zh: `${words.zh}：${title.zh}`, en: `${words.en}: ${title.en}` };
    },
    schema: (_context: Context, target: Target): JsonSchema =>
      eventSchema(
        type,
        { approval: { const: target.approval }, comment: textSchema },
        commentNeeded ? ['approval', 'comment'] : ['approval'],
      ),
    parse: ({ process }: Context, members: Members): Parsed<string | null> | null => {
      const approval = members.id('approval', process.approvals.keys());
      const comment = commentNeeded ? members.text('comment') : members.optionalText('comment');
      return approval === null ? null : { target: { approval }, input: comment };
    },
  };
}

/** Who may ask for it: whoever moves the step on, and whoever may skip what it lets be skipped. */
function askerRoles(process: CompiledProcess, target: Target): readonly string[] {
  const { step, skips } = approvalOf(process, target);
  return [...new Set([...stepRoles(process, step), ...(skips?.roles ?? [])])];
}

/** Whoever may move the step on may ask for what it needs. `advance` does so too, where nothing else is missing. */
export const requestApproval: Verb<string | null> = {
  ...approvalVerb('request-approval', { zh: '申请审批', en: 'Request approval' }),
  candidates: (context) => openApprovals(context).map(({ approval }) => ({ approval: approval.id })),
  roles: askerRoles,
  check: (context, target) => {
    const compiled = approvalOf(context.process, target);
    return all([
      roleHeld(context, askerRoles(context.process, target)),
      instanceOpen(context),
      stepOpen(context, compiled),
      ...requestReasons(context, compiled),
    ]);
  },
  apply: (draft, { target, input }) => request(draft, approvalOf(draft.process, target), input),
};

/** A request that is no longer wanted. */
export const withdraw: Verb<string | null> = {
  ...approvalVerb('withdraw', { zh: '撤销申请', en: 'Withdraw the request' }),
  roles: askerRoles,
  check: (context, target) => {
    const compiled = approvalOf(context.process, target);
    return all([
      roleHeld(context, askerRoles(context.process, target)),
      instanceOpen(context),
      ...requestStanding(context, compiled),
      stepOpen(context, compiled),
    ]);
  },
  apply: (draft, { target }) => withdrawApproval(draft, approvalOf(draft.process, target)),
};

/** Roles that a band names; who it is in fact depends on the request. */
export function approverRoles(process: CompiledProcess, target: Target): readonly string[] {
  const { bands } = approvalOf(process, target).approval;
  return [...new Set(bands.flatMap(({ by }) => by.flatMap(({ kind, id }) => (kind === 'role' ? [id] : []))))];
}

const who = (context: Context, target: Target) => {
  const compiled = approvalOf(context.process, target);
  return waitsFor(context, compiled, lastRecord(context, compiled));
};

function checkDecision(context: Context, target: Target): Reason {
  const compiled = approvalOf(context.process, target);
  return all([
    approverHeld(context, compiled),
    instanceOpen(context),
    ...requestStanding(context, compiled),
    ...decisionReasons(context, compiled),
    stepOpen(context, compiled),
  ]);
}

function decideTurn(
  draft: Draft,
  target: Target,
  decision: ApprovalDecision['decision'],
  comment: string | null,
): void {
  const { process, instance, actor, at, environment } = draft;
  const compiled = approvalOf(process, target);
  const seat = openSeat(contextOf(draft), compiled);
  if (seat === null) throw new Error(`it is not the turn of ${actor.id}`);
  const made = { decision, by: actor.id, for: seat.for, comment, at, recordedAt: environment.now };
  const turns = instance.approvals[compiled.approval.id]?.turns ?? [];
  setTurns(
    draft,
    compiled,
    turns.map((turn) => (turn === seat.turn ? { ...turn, decision: made } : turn)),
  );
}

export const approve: Verb<string | null> = {
  ...approvalVerb('approve', { zh: '同意', en: 'Approve' }),
  roles: approverRoles,
  who,
  check: checkDecision,
  apply: (draft, { target, input }) => decideTurn(draft, target, 'approved', input),
};

export const reject: Verb<string | null> = {
  ...approvalVerb('reject', { zh: '驳回', en: 'Reject' }, true),
  roles: approverRoles,
  who,
  check: checkDecision,
  apply: (draft, { target, input }) => decideTurn(draft, target, 'rejected', input),
};

/** Approvals that an `advance` or a `skip` asks for: where they alone keep it shut, those that nobody waits for and nobody refused. */
export function impliedRequests(context: Context, tree: Reason): readonly CompiledApproval[] {
  const shut = (tree.of ?? []).filter(({ verdict }) => verdict !== 'met');
  if (!shut.every(({ kind }) => kind === 'approval')) return [];
  return shut.flatMap(({ id = '', approval }) => {
    const compiled = context.process.approvals.get(id);
    if (compiled === undefined || approval === undefined || approval.status === 'rejected') return [];
    return requestApproval.check(context, { approval: id }).verdict === 'met' ? [compiled] : [];
  });
}

/** The exit criteria of a step's approvals. */
export function approvalReasons(context: Context, { approvals }: CompiledApproval['step']): readonly Reason[] {
  return approvals.flatMap(({ id }) => {
    const compiled = context.process.approvals.get(id);
    return compiled === undefined || compiled.skips !== null ? [] : [approvalReason(context, compiled)];
  });
}

/** What skipping something required takes: its approval. Nothing where it is optional, or may not be skipped at all. */
export function skipReasons(context: Context, skip: CompiledApproval['step']['skip']): readonly Reason[] {
  const compiled = context.process.approvals.get(skip?.approval ?? '');
  return compiled === undefined ? [] : [approvalReason(context, compiled)];
}
