import type { CompiledApproval } from '../compile/types.ts';
import { ADMIN } from '../definition/index.ts';
import type { ErrorCode } from '../errors.ts';
import type { Text } from '../text.ts';
import { bandReason, endedText, everyTurn, neededReason, presentRecord, whoText } from './approval-reason.ts';
import type { ApprovalRecord, ApprovalTurn } from './approval-types.ts';
import {
  bandOf,
  decisionsOf,
  nameOf,
  openTurns,
  ownerOf,
  placeIn,
  presentBand,
  turnsOf,
  whoTakes,
} from './approvers.ts';
import type { Context } from './context.ts';
import { state } from './state-criteria.ts';
import type { Reason } from './types.ts';

/** The codes of those criteria of approvals that have one of their own. */
export const approvalCodes: ReadonlyMap<string | undefined, ErrorCode> = new Map<string | undefined, ErrorCode>([
  ['approval-open', 'approval-requested'],
  ['approval-requested', 'approval-not-requested'],
  ['request-standing', 'approval-withdrawn'],
  ['request-current', 'approval-void'],
  ['request-undecided', 'approval-decided'],
  ['not-decided', 'approval-decided'],
  ['own-turn', 'approval-turn'],
  ['turn-waiting', 'approval-turn'],
  ['not-requester', 'approval-own-request'],
  ['not-earlier-approver', 'approval-earlier-approver'],
]);

const named = ({ approval }: CompiledApproval): Text => ({
  zh: `“${approval.title.zh}”（${approval.id}）`,
  en: `“${approval.title.en}” (${approval.id})`,
});

/** The last request, of whatever round; null: there never was one. */
export function lastRecord({ instance }: Context, { approval }: CompiledApproval): ApprovalRecord | null {
  return instance.approvals[approval.id] ?? null;
}

/** What a request must find: that the approval is needed, who is to be asked, and no request that stands. */
export function requestReasons(context: Context, compiled: CompiledApproval): readonly Reason[] {
  const { process, instance } = context;
  const title = named(compiled);
  const needed = neededReason(context, compiled);
  const record = presentRecord(context, compiled);
  const band = bandReason(context, compiled);
  const present = presentBand(process, instance, compiled);
  const nobody = present !== null && turnsOf(process, instance, present.band) === null;
  return [
    needed?.verdict === 'unknown'
      ? { ...needed, id: 'approval-needed' }
      : state('approval-needed', needed?.verdict !== 'not-met', {
          zh: `${title.zh}只在 ${compiled.approval.when ?? ''} 时需要；现在不需要`,
          en: `${title.en} is needed only while ${compiled.approval.when ?? ''}; it is not needed now`,
        }),
    state('approval-open', record?.status !== 'requested', {
      zh: `${title.zh}应尚未申请；已由 ${record?.requestedBy} 在 ${record?.requestedAt} 申请，等待审批`,
      en: `${title.en} should not be requested yet; ${record?.requestedBy} has requested it at ${record?.requestedAt}`,
    }),
    state('not-decided', record?.status !== 'approved', {
      zh: `${title.zh}应尚未同意；已经同意，不必再申请`,
      en: `${title.en} should not be given yet; it is, and need not be requested`,
    }),
    band === null
      ? state('approver-known', !nobody, {
          zh: `managers 中应写明 ${ownerOf(instance)} 的上级；没有写`,
          en: `managers should name the manager of ${ownerOf(instance)}; it does not`,
        })
      : { ...band, id: 'band-known' },
  ];
}

/** What a request that is to be decided, changed or withdrawn must be: there, neither withdrawn nor void, undecided. */
export function requestStanding(context: Context, compiled: CompiledApproval): readonly Reason[] {
  const record = lastRecord(context, compiled);
  const title = named(compiled);
  const status = record?.status;
  const why = endedText(record);
  const decided = decisionsOf(record?.turns ?? []).at(-1);
  return [
    state('approval-requested', record !== null, {
      zh: `${title.zh}应已申请；尚未申请`,
      en: `${title.en} should have been requested; it has not`,
    }),
    state('request-standing', status !== 'withdrawn', {
      zh: `${title.zh}的申请应仍有效；${why.zh}`,
      en: `the request for ${title.en} should stand; ${why.en}`,
    }),
    state('request-current', status !== 'void', {
      zh: `${title.zh}所依据的内容应未变；已失效：${why.zh}。请重新申请`,
      en: `what ${title.en} covers should not have changed; it is void: ${why.en}. Request it again`,
    }),
    state('request-undecided', status !== 'approved' && status !== 'rejected', {
      zh: `${title.zh}应尚未决定；已${status === 'approved' ? '同意' : '驳回'}（${decided?.by}）`,
      en: `${title.en} should not be decided yet; it is ${status} (${decided?.by})`,
    }),
  ];
}

/** A turn that the actor could take, and in whose place. */
export interface Seat {
  readonly turn: ApprovalTurn;
  readonly for: string | null;
}

function seatsIn(context: Context, turns: readonly ApprovalTurn[]): readonly Seat[] {
  return turns.flatMap((turn) => {
    const place = placeIn(context, turn);
    return place === null ? [] : [{ turn, for: place.for }];
  });
}

/** The seat that the actor decides from: of those that are open the first that nothing excludes; null: none is open. */
export function openSeat(context: Context, compiled: CompiledApproval): Seat | null {
  const record = lastRecord(context, compiled);
  if (record === null) return null;
  const open = seatsIn(context, openTurns(bandOf(compiled, record), record.turns));
  return open.find((seat) => excludedBy(context, compiled, record, seat) === null) ?? open[0] ?? null;
}

/** The first of the actor's own turns that is undecided; null: there is none. */
export function ownTurn(context: Context, compiled: CompiledApproval): ApprovalTurn | null {
  const turns = lastRecord(context, compiled)?.turns ?? [];
  return seatsIn(context, turns).find(({ turn }) => turn.decision === null)?.turn ?? null;
}

/** What the rule of four eyes says of people who would decide; null: nothing against it. */
export function excludedPerson(
  { approval }: CompiledApproval,
  record: ApprovalRecord,
  people: readonly (string | null)[],
): 'requester' | 'earlier-approvers' | null {
  if (approval.exclude.includes('requester') && people.includes(record.requestedBy)) return 'requester';
  const earlier = decisionsOf(record.turns).flatMap((decision) => [decision.by, decision.for]);
  const again = people.some((person) => person !== null && earlier.includes(person));
  return approval.exclude.includes('earlier-approvers') && again ? 'earlier-approvers' : null;
}

function excludedBy({ actor }: Context, compiled: CompiledApproval, record: ApprovalRecord, seat: Seat | undefined) {
  return seat === undefined ? null : excludedPerson(compiled, record, [actor.id, seat.for]);
}

/** Who decides: an approver, whose turn it is, who has not said so already and whom the rule of four eyes lets. */
export function decisionReasons(context: Context, compiled: CompiledApproval): readonly Reason[] {
  const record = lastRecord(context, compiled);
  const { actor } = context;
  const turns = everyTurn(context, compiled, record);
  const seats = seatsIn(context, turns);
  const waiting = seats.filter(({ turn }) => turn.decision === null);
  const open = record === null ? [] : openTurns(bandOf(compiled, record), record.turns);
  const pending = record?.status === 'requested';
  const seat = openSeat(context, compiled) ?? waiting[0];
  const excluded = record === null || !pending ? null : excludedBy(context, compiled, record, seat);
  const next = whoText(whoTakes(context, open));
  return [
    state('not-decided', !pending || seats.length === 0 || waiting.length > 0, {
      zh: `${actor.id} 应尚未审批；已审批过`,
      en: `${actor.id} should not have decided yet; they have`,
    }),
    state('not-requester', excluded !== 'requester', {
      zh: `审批人不能是申请人 ${record?.requestedBy}`,
      en: `the approver should be somebody else than ${record?.requestedBy}, who requested it`,
    }),
    state('not-earlier-approver', excluded !== 'earlier-approvers', {
      zh: `审批人应是还没有审批过这一申请的人；${actor.id} 已审批过`,
      en: `the approver should be somebody who has not decided this request; ${actor.id} has`,
    }),
    state('own-turn', !pending || waiting.length === 0 || waiting.some(({ turn }) => open.includes(turn)), {
      zh: `应轮到 ${actor.id}；现在轮到 ${next.zh}`,
      en: `it should be the turn of ${actor.id}; it is the turn of ${next.en}`,
    }),
  ];
}

/** Whether the actor is one of the approvers at all. */
export function approverHeld(context: Context, compiled: CompiledApproval): Reason {
  const turns = everyTurn(context, compiled, lastRecord(context, compiled));
  const by = whoText(whoTakes(context, turns));
  const { id, roles } = context.actor;
  return {
    kind: 'role',
    id: 'approver',
    verdict: seatsIn(context, turns).length > 0 ? 'met' : 'not-met',
    say: {
      zh: `由 ${by.zh} 审批；${id} 的角色：${roles.join(', ') || '无'}`,
      en: `${by.en} decides; ${id} holds ${roles.join(', ') || 'none'}`,
    },
  };
}

/** A turn may be given away, or somebody added, by whoever could take it, and by an administrator. */
export function turnHeld(context: Context, turns: readonly ApprovalTurn[]): Reason {
  const by = whoText(whoTakes(context, turns));
  const { id, roles } = context.actor;
  return {
    kind: 'role',
    id: 'turn-held',
    verdict: roles.includes(ADMIN) || seatsIn(context, turns).length > 0 ? 'met' : 'not-met',
    say: {
      zh: `由轮到的人（${by.zh}）或管理员来做；${id} 的角色：${roles.join(', ') || '无'}`,
      en: `whoever's turn it is (${by.en}), or an administrator, may; ${id} holds ${roles.join(', ') || 'none'}`,
    },
  };
}

/** The turn that `from` names is still to be taken. */
export function turnWaiting(context: Context, compiled: CompiledApproval, from: string | undefined): Reason {
  const waiting = waitingTurns(context, compiled);
  const names = waiting.map(nameOf).join(', ');
  const pending = lastRecord(context, compiled)?.status === 'requested';
  return state('turn-waiting', !pending || waiting.some((turn) => nameOf(turn) === from), {
    zh: `from 应为尚未审批的人或角色：${names || '（无）'}；收到 ${from}`,
    en: `from should be somebody who has not decided yet, ${names || '(nobody)'}; found ${from}`,
  });
}

/** Turns of the request that nobody has taken yet. */
export function waitingTurns(context: Context, compiled: CompiledApproval): readonly ApprovalTurn[] {
  return (lastRecord(context, compiled)?.turns ?? []).filter(({ decision }) => decision === null);
}

/** Most approvers of one request. */
const MOST_TURNS = 20;

export function turnsLeft(context: Context, compiled: CompiledApproval): Reason {
  const count = lastRecord(context, compiled)?.turns.length ?? 0;
  return state('approvers-limit', count < MOST_TURNS, {
    zh: `一次申请最多 ${MOST_TURNS} 个审批人；已有 ${count} 个`,
    en: `a request may have at most ${MOST_TURNS} approvers; it has ${count}`,
  });
}
