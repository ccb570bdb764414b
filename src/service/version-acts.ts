import { Members, toInstant } from '../engine/index.ts';
import type { Actor } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import type { PublicationRow } from '../store/types.ts';
import type { ServiceContext } from './context.ts';
import { invalidMembers } from './invalid-members.ts';
import { requireOperator } from './operator.ts';
import type { ReviewRule, TestsOutcome, VersionView } from './publication-view.ts';
import {
  type NewLine,
  noVersion,
  type Recorded,
  recordAct,
  requirePossible,
  requireRevision,
  type VersionName,
} from './record-act.ts';
import { authorsOf, isReviewed, reviewRequired } from './review-rule.ts';
import type { GivenMembers } from './subscription-types.ts';
import { lastEffect } from './version-standing.ts';
import { runTests, testsFailed } from './version-tests.ts';
import { versionView } from './versions.ts';

/** What is said to do something with a version: the body, and the revision that the caller saw last (null: any). */
export interface VersionRequest {
  readonly given: GivenMembers;
  readonly ifMatch: number | null;
  readonly actor: Actor;
}

/**
 * Approves or rejects a draft. Its authors approve nothing of theirs where four eyes are asked for. Each of these three
 * throws `role-required`, `not-found`, `invalid-input`, `revision-stale` and `not-allowed-now`; what was done last, done again
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

/**
 * Makes a version the newest, from now or from a time to come: one that was reviewed, or that was in effect before. Its tests
 * are run unless it was; throws `tests-failed` (unless it is forced, which is recorded) and `review-required` too.
 */
export async function publishVersion(
  context: ServiceContext,
  name: VersionName,
  { given, actor, ifMatch }: VersionRequest,
): Promise<VersionView> {
  requireOperator(actor, { zh: '发布流程', en: 'publishing a process' });
  const known = ['effectiveAt', 'note', 'force'];
  const members = new Members(given, known, known);
  const note = members.optionalText('note');
  const force = readForce(members);
  const effectiveAt = readEffectiveAt(members, context.clock.now());
  if (members.problems.length > 0) throw invalidMembers(members.problems);
  const allowed = (stands: Recorded) => {
    requirePossible(name, stands, 'publish');
    const { standing, record } = stands;
    const isOpen = standing === 'draft' || standing === 'reviewed';
    if (isOpen && context.review === 'four-eyes' && !isReviewed(record))
      throw reviewRequired(name.process, name.version, authorOf(record));
  };
  // They take their time: when it is decided anew they are not run anew, unless they are others.
  let tested: { readonly tests: string | null; readonly outcome: TestsOutcome | null } | null = null;
  return change(context, name, actor, async (stands) => {
    const { record, at } = stands;
    if (await isPublishedSo(context, name, stands, { note, effectiveAt }, actor)) return null;
    requireRevision(ifMatch, stands);
    allowed(stands);
    // Instances ran on it: going back is not held up.
    const tests = lastEffect(record, at) === null ? testsOf(record) : null;
    if (tested === null || tested.tests !== tests) tested = { tests, outcome: await runTests(context, name, tests) };
    const { outcome } = tested;
    const isFailed = outcome !== null && outcome.failed.length > 0;
    if (isFailed && !force) throw testsFailed(name, outcome);
    const line = { note, effectiveAt, outcome: outcome === null ? null : JSON.stringify(outcome), isForced: isFailed };
    return { act: 'publish', ...line };
  });
}

async function change(
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

function isRepeated({ record }: Recorded, line: Pick<PublicationRow, 'act' | 'note'>, { id, via }: Actor): boolean {
  const last = record.at(-1);
  return last?.act === line.act && last.note === line.note && last.actor === id && last.via === via;
}

/** Done already: scheduled for that time, or at once and still the newest. */
async function isPublishedSo(
  { store }: ServiceContext,
  { process, version }: VersionName,
  stands: Recorded,
  { note, effectiveAt }: { readonly note: string | null; readonly effectiveAt: string | null },
  actor: Actor,
): Promise<boolean> {
  const last = stands.record.at(-1);
  if (last === undefined || !isRepeated(stands, { act: 'publish', note }, actor)) return false;
  if (last.effectiveAt !== (effectiveAt ?? last.at)) return false;
  return last.effectiveAt > stands.at || (await store.newestVersion(process, stands.at))?.version === version;
}

/** Throws `approval-own-request`. */
function requireOther({ process, version }: VersionName, { record }: Recorded, { id }: Actor, rule: ReviewRule): void {
  if (rule === 'off' || !authorsOf(record).has(id)) return;
  throw new ProcessError('approval-own-request', {
    zh: `${id} 是流程 ${process} 第 ${version} 版的作者，不能评审通过自己的草稿；请另一位管理员评审`,
    en: `${id} wrote version ${version} of ${process} and cannot approve it; another administrator reviews it`,
  });
}

function authorOf(record: readonly PublicationRow[]): string | null {
  return record.findLast(({ act }) => act === 'draft')?.actor ?? null;
}

function testsOf(record: readonly PublicationRow[]): string | null {
  return record.findLast(({ act }) => act === 'draft')?.tests ?? null;
}

function readForce(members: Members): boolean {
  const force = members.raw('force') ?? false;
  if (typeof force === 'boolean') return force;
  members.problem('/force', { zh: 'force 应为 true 或 false', en: 'force should be true or false' });
  return false;
}

function readEffectiveAt(members: Members, now: string): string | null {
  const given = members.raw('effectiveAt');
  if (given === undefined || given === null) return null;
  const instant = toInstant(given);
  if (instant !== null && instant > now) return instant;
  members.problem('/effectiveAt', {
    zh: `effectiveAt 应为将来的时间点并带时区，例如 2026-12-01T00:00+08:00（现在是 ${now}）；立即生效请不要给出`,
    en: `effectiveAt should be an instant to come with its offset, e.g. 2026-12-01T00:00+08:00 (it is ${now}); leave it out to publish at once`,
  });
  return null;
}
