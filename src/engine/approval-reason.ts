import type { CompiledApproval } from '../compile/types.ts';
import type { Text } from '../text.ts';
import type { ApprovalRecord, ApprovalState, ApprovalTurn, Who } from './approval-types.ts';
import { bandOf, decisionsOf, openTurns, presentBand, turnsOf, whoTakes } from './approvers.ts';
import { type Context, readsOf } from './context.ts';
import { conditionReason } from './criteria.ts';
import type { Reason } from './types.ts';

/** The request of this round of the step; null: there is none. */
export function presentRecord({ instance }: Context, { approval, step }: CompiledApproval): ApprovalRecord | null {
  const record = instance.approvals[approval.id];
  return record === undefined || record.round !== instance.steps[step.id]?.round ? null : record;
}

/** Whether it is needed: the tree of `when`; null: always. */
export function neededReason(context: Context, { when }: CompiledApproval): Reason | null {
  if (when === null) return null;
  return conditionReason(context, when);
}

/** The value that chooses the band, where it is not known; null: it is, or there is but one band. */
export function bandReason({ process, instance }: Context, compiled: CompiledApproval): Reason | null {
  const { of } = compiled.approval;
  if (of === null || presentBand(process, instance, compiled) !== null) return null;
  const reads = readsOf(process, instance.fields, [of]);
  return { kind: 'condition', verdict: 'unknown', text: `known(${of})`, reads, missing: [of] };
}

/** Who decides next: of the request, else of the one that could be made now. */
export function waitsFor(context: Context, compiled: CompiledApproval, record: ApprovalRecord | null): Who {
  if (record?.status === 'requested') return whoTakes(context, openTurns(bandOf(compiled, record), record.turns));
  const present = presentBand(context.process, context.instance, compiled);
  const turns = present === null ? null : turnsOf(context.process, context.instance, present.band);
  return present === null || turns === null
    ? { roles: [], actors: [] }
    : whoTakes(context, openTurns(present.band, turns));
}

/** Every turn that there is or, while nothing is requested, that there could be. */
export function everyTurn(
  { process, instance }: Context,
  { approval }: CompiledApproval,
  record: ApprovalRecord | null,
): readonly ApprovalTurn[] {
  return record?.turns ?? approval.bands.flatMap((band) => turnsOf(process, instance, band) ?? []);
}

/** The criterion of the step's exit: granted in this round, or not needed. */
export function approvalReason(context: Context, compiled: CompiledApproval): Reason {
  const { approval } = compiled;
  const needed = neededReason(context, compiled);
  const band = bandReason(context, compiled);
  const record = presentRecord(context, compiled);
  const status = statusNow(record, needed, band);
  const state: ApprovalState = {
    status,
    band: record?.band ?? presentBand(context.process, context.instance, compiled)?.number ?? null,
    decided: record === null ? [] : decisionsOf(record.turns),
    waitsFor:
      status === 'not-needed' || status === 'approved'
        ? { roles: [], actors: [] }
        : waitsFor(context, compiled, record),
  };
  const of = [needed, status === 'unknown' ? band : null].filter((reason) => reason !== null);
  return {
    kind: 'approval',
    id: approval.id,
    ...(compiled.skips === null ? { gate: { on: 'step', which: 'exit', of: compiled.step.id } as const } : {}),
    verdict: status === 'unknown' ? 'unknown' : status === 'approved' || status === 'not-needed' ? 'met' : 'not-met',
    say: sayOf(compiled, state, record),
    ...(approval.source === null ? {} : { source: approval.source }),
    approval: state,
    ...(of.length === 0 ? {} : { of }),
  };
}

function statusNow(record: ApprovalRecord | null, needed: Reason | null, band: Reason | null): ApprovalState['status'] {
  if (needed?.verdict === 'not-met') return 'not-needed';
  if (needed?.verdict === 'unknown') return 'unknown';
  if (record?.status === 'approved') return 'approved';
  return band === null ? (record?.status ?? 'not-requested') : 'unknown';
}

function sayOf(
  { approval }: CompiledApproval,
  { status, waitsFor: who, decided }: ApprovalState,
  record: ApprovalRecord | null,
): Text {
  const title = { zh: `“${approval.title.zh}”（${approval.id}）`, en: `“${approval.title.en}” (${approval.id})` };
  const by = whoText(who);
  switch (status) {
    case 'not-needed':
      return { zh: `${title.zh}：不需要审批`, en: `${title.en} is not needed` };
    case 'unknown':
      return {
        zh: `${title.zh}：还不知道是否需要、由谁审批`,
        en: `whether ${title.en} is needed, and whose it is, is not known yet`,
      };
    case 'not-requested':
      return {
        zh: `${title.zh}：尚未申请；由 ${by.zh} 审批`,
        en: `${title.en} has not been requested; it is up to ${by.en}`,
      };
    case 'requested':
      return {
        zh: `${title.zh}：已由 ${record?.requestedBy} 申请，等待 ${by.zh} 审批`,
        en: `${title.en}, requested by ${record?.requestedBy}, waits for ${by.en}`,
      };
    case 'approved': {
      const people = decided.map((decision) => decision.by).join(', ');
      return { zh: `${title.zh}：${people} 已同意`, en: `${title.en} was given by ${people}` };
    }
    case 'rejected': {
      const no = decided.find(({ decision }) => decision === 'rejected');
      return {
        zh: `${title.zh}：被 ${no?.by} 驳回：${no?.comment}`,
        en: `${title.en} was rejected by ${no?.by}: ${no?.comment}`,
      };
    }
    case 'withdrawn':
      return {
        zh: `${title.zh}：申请已被 ${record?.ended?.by} 撤销；请重新申请`,
        en: `the request for ${title.en} was withdrawn by ${record?.ended?.by}; request it again`,
      };
    case 'void': {
      const why = endedText(record);
      return {
        zh: `${title.zh}：已失效（${why.zh}）；请重新申请`,
        en: `${title.en} is void (${why.en}); request it again`,
      };
    }
  }
}

/** Why a request no longer stands. */
export function endedText(record: ApprovalRecord | null): Text {
  const fields = record?.ended?.fields.join(', ') ?? '';
  switch (record?.ended?.why) {
    case 'changed':
      return { zh: `${record.ended.by} 修改了 ${fields}`, en: `${record.ended.by} changed ${fields}` };
    case 'withdrawn':
      return { zh: `${record.ended.by} 撤销了申请`, en: `${record.ended.by} withdrew the request` };
    case 'left':
      return { zh: '环节已离开', en: 'its step was left' };
    case 'definition':
      return { zh: '新版本的审批规则不同', en: 'the version that it went over to asks something else' };
    default:
      return { zh: '环节已重新进入', en: 'its step was entered anew' };
  }
}

/** People and roles of whom one is meant. */
export function whoText({ roles, actors }: Who): Text {
  const names = [...roles, ...actors];
  return { zh: names.join(' 或 ') || '（无人）', en: names.join(' or ') || '(nobody)' };
}
