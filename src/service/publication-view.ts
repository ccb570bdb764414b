import type { Problem } from '../definition/problem.ts';
import type { Act, PublicationRow } from '../store/types.ts';
import type { VersionStanding } from './version-standing.ts';

/** Whether a version needs somebody else's review before it is published. */
export type ReviewRule = 'four-eyes' | 'off';

/** What the tests of a version came to. */
export interface TestsOutcome {
  readonly passed: number;
  /** Names of those that failed. */
  readonly failed: readonly string[];
}

/** A line of the record: who did what, when and why. Instants are ISO 8601 UTC. */
export interface RecordedAct
  extends Pick<
    PublicationRow,
    'seq' | 'at' | 'actor' | 'via' | 'note' | 'hypothesis' | 'metric' | 'effectiveAt' | 'isForced'
  > {
  readonly act: Act;
  readonly tests: TestsOutcome | null;
}

/** A version as those see it who publish. */
export interface VersionView {
  readonly process: string;
  readonly version: number;
  readonly digest: string;
  readonly standing: Exclude<VersionStanding, 'new'>;
  /** Instances start on it unless they name another. */
  readonly isNewest: boolean;
  /** Number of the last line: what `If-Match` names. */
  readonly revision: number;
  readonly author: string;
  /** Why it is there, what it is expected to bring, and by what that is seen. */
  readonly note: string | null;
  readonly hypothesis: string | null;
  readonly metric: string | null;
  /** Since, or from, when instances start on it; null: it is not published. */
  readonly effectiveAt: string | null;
  /** Instances of the asker's tenant, each at most 10,000, which means as many or more; null: not the asker's to know. */
  readonly instances: { readonly open: number; readonly closed: number } | null;
  /** Everything that was done with it, the oldest first. */
  readonly record: readonly RecordedAct[];
}

export interface VersionPage {
  readonly versions: readonly VersionView[];
  readonly next: string | null;
}

export interface VersionQuery {
  /** Only what nobody has published. */
  readonly draftsOnly: boolean;
  readonly cursor: string | null;
  /** 1–200. */
  readonly limit: number;
}

/** `created`: it was written down now; false: it stands as it did. */
export interface Drafted {
  readonly version: VersionView;
  readonly created: boolean;
  /** Warnings and hints. */
  readonly problems: readonly Problem[];
}
