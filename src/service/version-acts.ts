import { Members } from '../engine/index.ts';
import type { Actor } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import type { PublicationRow } from '../store/types.ts';
import type { ServiceContext } from './context.ts';
import { invalidMembers } from './invalid-members.ts';
import { requireOperator } from './operator.ts';
import type { ReviewRule, VersionView } from './publication-view.ts';
import {
  type NewLine,
  noVersion,
  type Recorded,
  recordAct,
  requirePossible,
  requireRevision,
  type VersionName,
} from './record-act.ts';
import { authorsOf } from './review-rule.ts';
import type { GivenMembers } from './subscription-types.ts';
import { versionView } from './versions.ts';

/** What is said to do something with a version: the body, and the revision that the caller saw last (null: any). */
export interface VersionRequest {
  readonly given: GivenMembers;
  readonly ifMatch: number | null;
  readonly actor: Actor;
}

/**
 * Approves or rejects a draft. Its authors approve nothing of theirs where four eyes are asked for. Each of
 * these throws `role-required`, `not-found`, `invalid-input`, `revision-stale` and `not-allowed-now`; what was done last, done again
 * by the same actor with the same words, changes nothing.
 */
export async function review(
  context: ServiceContext,
  name: VersionName,
  request: VersionRequest,
): Promise<VersionView> {
  const { given, actor, ifMatch } = request;
  requireOperator(actor, { zh: '评审草稿', en: 'reviewing a draft' });
  const members = new Members(given, ['verdict', 'comment'], ['verdict', 'comment']);
  const verdict = members.id('verdict', ['approve', 'reject']);
  const note = members.text('comment');
  const act = verdict === 'approve' ? 'approve' : 'reject';
  if (verdict === null || note === null) throw invalidMembers(members.problems);
  return change(context, name, actor, (stands) => {
    if (isRepeated(stands, { act, note }, actor)) return null;
    requireRevision(ifMatch, stands);
    requirePossible(name, stands, act);
    if (act === 'approve') requireOther(name, stands, actor, context.review);
    return { act, note };
  });
}

/** Takes back what is not yet in effect. */
export async function withdraw(
  context: ServiceContext,
  name: VersionName,
  request: VersionRequest,
): Promise<VersionView> {
  const { given, actor, ifMatch } = request;
  requireOperator(actor, { zh: '撤回版本', en: 'withdrawing a version' });
  const members = new Members(given, ['note'], ['note']);
  const note = members.optionalText('note');
  if (members.problems.length > 0) throw invalidMembers(members.problems);
  return change(context, name, actor, (stands) => {
    if (isRepeated(stands, { act: 'withdraw', note }, actor)) return null;
    requireRevision(ifMatch, stands);
    requirePossible(name, stands, 'withdraw');
    return { act: 'withdraw', note };
  });
}

/** Records what is decided of a version that is there. Throws `not-found`. */
export async function change(
  context: ServiceContext,
  name: VersionName,
  actor: Actor,
  decide: (stands: Recorded) => NewLine | null | Promise<NewLine | null>,
): Promise<VersionView> {
  const { record } = await recordAct(context, name, actor, (stands) => {
    if (stands.record.length === 0) throw noVersion(name);
    return decide(stands);
  });
  return versionView(context, name, record, actor);
}

/** What was done last is done again, by the same actor in the same words. */
export function isRepeated(
  { record }: Recorded,
  line: Pick<PublicationRow, 'act' | 'note'>,
  { id, via }: Actor,
): boolean {
  const last = record.at(-1);
  return last?.act === line.act && last.note === line.note && last.actor === id && last.via === via;
}

/** Throws `approval-own-request`. */
function requireOther({ process, version }: VersionName, { record }: Recorded, { id }: Actor, rule: ReviewRule): void {
  if (rule === 'off' || !authorsOf(record).has(id)) return;
  throw new ProcessError('approval-own-request', {
    zh: `${id} 是流程 ${process} 第 ${version} 版的作者，不能评审通过自己的草稿；请另一位管理员评审`,
    en: `${id} wrote version ${version} of ${process} and cannot approve it; another administrator reviews it`,
  });
}
