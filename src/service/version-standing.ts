import type { Act, PublicationRow } from '../store/types.ts';

/** Where a version stands. `scheduled`: published, and in effect from a time to come. `new`: nothing is recorded of it. */
export type VersionStanding = 'new' | 'draft' | 'reviewed' | 'rejected' | 'withdrawn' | 'scheduled' | 'published';

/**
 * What can be done with a version as it stands; all else is refused. What is new is published at once by whoever runs the
 * server, and, like a draft, by operators where nobody has to review.
 */
export const possibleActs: Readonly<Record<VersionStanding, readonly Act[]>> = {
  new: ['draft', 'publish'],
  draft: ['draft', 'approve', 'reject', 'publish', 'withdraw'],
  reviewed: ['draft', 'reject', 'publish', 'withdraw'],
  rejected: ['draft', 'withdraw'],
  withdrawn: ['draft'],
  // At another time, or back to where it stood.
  scheduled: ['publish', 'withdraw'],
  // Again: so that what was the newest before is it once more.
  published: ['publish'],
};

/** A version that nobody has published is looked at, tried, taken back: these are its standings. */
export const openStandings: readonly VersionStanding[] = ['draft', 'reviewed', 'rejected'];

type Line = Pick<PublicationRow, 'act' | 'at' | 'effectiveAt'>;

/** Where a version stands by its lines of the record, the oldest first, at an instant (ISO 8601 UTC). */
export function standingOf(record: readonly Line[], now: string): VersionStanding {
  const last = record.at(-1);
  if (last === undefined) return 'new';
  if (last.effectiveAt !== null && !isInEffect(last, now)) return 'scheduled';
  if (wasInEffect(record, now)) return 'published';
  return last.act === 'approve'
    ? 'reviewed'
    : last.act === 'reject'
      ? 'rejected'
      : last.act === 'draft'
        ? 'draft'
        : 'withdrawn';
}

/** Whether instances start, or ever started, on it. */
export function wasInEffect(record: readonly Line[], now: string): boolean {
  return lastEffect(record, now) !== null;
}

/** When it came into effect last; null: it never did. */
export function lastEffect<L extends Line>(record: readonly L[], now: string): L | null {
  return record.findLast((line, i) => isInEffect(line, now) && !isTakenBack(line, record[i + 1])) ?? null;
}

/** What was published at once is in effect whatever a clock says. */
function isInEffect({ at, effectiveAt }: Line, now: string): boolean {
  return effectiveAt !== null && (effectiveAt <= now || effectiveAt === at);
}

/** Withdrawn, or given another time, before it came into effect: lines are in order of their times. */
function isTakenBack({ effectiveAt }: Line, next: Line | undefined): boolean {
  return next !== undefined && effectiveAt !== null && next.at < effectiveAt;
}
