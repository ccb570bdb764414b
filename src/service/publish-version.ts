import { Members, toInstant } from '../engine/index.ts';
import type { Actor } from '../engine/types.ts';
import type { ServiceContext } from './context.ts';
import { invalidMembers } from './invalid-members.ts';
import { requireOperator } from './operator.ts';
import type { ReviewRule, TestsOutcome, VersionView } from './publication-view.ts';
import { type Recorded, requirePossible, requireRevision, type VersionName } from './record-act.ts';
import { isReviewed, reviewRequired } from './review-rule.ts';
import { change, isRepeated, type VersionRequest } from './version-acts.ts';
import { lastEffect } from './version-standing.ts';
import { runTests, testsFailed, testsOf } from './version-tests.ts';

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
  // They take their time: when it is decided anew they are not run anew, unless they are others.
  let tested: { readonly tests: string | null; readonly outcome: TestsOutcome | null } | null = null;
  return change(context, name, actor, async (stands) => {
    const { record, at } = stands;
    if (await isPublishedSo(context, name, stands, { note, effectiveAt }, actor)) return null;
    requireRevision(ifMatch, stands);
    requirePossible(name, stands, 'publish');
    requireReviewed(name, stands, context.review);
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

/** Throws `review-required`. What was published once has had its review. */
function requireReviewed({ process, version }: VersionName, { standing, record }: Recorded, rule: ReviewRule): void {
  if (rule === 'off' || standing === 'scheduled' || standing === 'published' || isReviewed(record)) return;
  const author = record.findLast(({ act }) => act === 'draft')?.actor ?? null;
  throw reviewRequired(process, version, author);
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
