import { brief, Members, toInstant } from '../engine/index.ts';
import type { Actor } from '../engine/types.ts';
import { candidateMembers, candidateOf, readCandidate } from './candidate.ts';
import type { ServiceContext } from './context.ts';
import { invalidMembers } from './invalid-members.ts';
import { requireOperator } from './operator.ts';
import { readCompiled } from './processes.ts';
import { replayOn } from './replay.ts';
import type { Difference, ReplayTold, ReplayWatch } from './replay-types.ts';
import type { GivenMembers } from './subscription-types.ts';

const MEMBERS = [...candidateMembers, 'since', 'until', 'limit'];

/** Entries of one replay: minutes at most. */
const MOST_ENTRIES = 1_000_000;
const MOST_LISTED = 1_000;
const LISTED = 200;

/**
 * Decides what was done in a period anew on a file that need not be published, or on a version. Of the caller's own tenant alone,
 * whose instances it may look at one by one too. Throws `role-required` for who is no operator (a replay reads everything of a
 * process), `invalid-input`, `definition-invalid`, `not-found`, `too-large`, and the reason of `watch.caller` once it is given up.
 */
export async function replayCandidate(
  context: ServiceContext,
  process: string,
  given: GivenMembers,
  watch: Omit<ReplayWatch, 'differs'>,
  actor: Actor,
): Promise<ReplayTold> {
  requireOperator(actor, { zh: '回放历史', en: 'replaying histories' });
  const members = new Members(given, MEMBERS, MEMBERS);
  const candidate = readCandidate(members);
  const since = readInstant(members, 'since');
  const until = members.raw('until') === undefined ? null : readInstant(members, 'until');
  if (since !== null && until !== null && until <= since)
    members.problem('/until', {
      zh: `until（${until}）应在 since（${since}）之后`,
      en: `until (${until}) should come after since (${since})`,
    });
  const limit = readLimit(members);
  if (candidate === null || since === null || members.problems.length > 0) throw invalidMembers(members.problems);
  await readCompiled(context, process, null, actor);
  const compiled = await candidateOf(context, process, candidate, actor);
  const listed: Difference[] = [];
  const range = { since, until, most: MOST_ENTRIES, tenant: actor.tenant };
  const result = await replayOn(context, compiled, range, {
    ...watch,
    differs(difference) {
      if (listed.length < limit) listed.push(difference);
    },
  });
  return { ...result, listed };
}

function readInstant(members: Members, name: string): string | null {
  const value = members.raw(name);
  const instant = toInstant(value);
  if (instant === null)
    members.problem(`/${name}`, {
      zh: `${name} 应为存在的时间点并带时区，例如 2026-07-01T00:00+08:00；收到 ${brief(value)}`,
      en: `${name} should be an instant that exists, with its offset, e.g. 2026-07-01T00:00+08:00; found ${brief(value)}`,
    });
  return instant;
}

function readLimit(members: Members): number {
  const value = members.raw('limit') ?? LISTED;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= MOST_LISTED) return value;
  members.problem('/limit', {
    zh: `limit 应为 0–${MOST_LISTED} 的整数；收到 ${brief(value)}`,
    en: `limit should be a whole number from 0 to ${MOST_LISTED}; found ${brief(value)}`,
  });
  return 0;
}
