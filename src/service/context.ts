import type { Calendar } from '../calendar/index.ts';
import type { Clock } from '../clock.ts';
import type { NewId } from '../ids.ts';
import type { Store } from '../store/types.ts';
import type { EvidenceSource } from './evidence-source.ts';
import type { ProcessCache } from './process-cache.ts';
import type { ReviewRule } from './publication-view.ts';
import type { Sights } from './sight.ts';
import type { SignalDeclarations } from './signal-declarations.ts';
import type { Subscribers } from './subscribers.ts';
import type { VersionTests } from './version-tests.ts';

/** What every use case works with; made once by `createService`. */
export interface ServiceContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly processes: ProcessCache;
  readonly sights: Sights;
  /** Called when a commit has left something to do between instances and their children. */
  readonly linked: () => void;
  readonly evidence: EvidenceSource;
  /** The calendars that there are, by their ids, in the order of these. */
  readonly calendars: ReadonlyMap<string, Calendar>;
  /** Kept signals of a value are to be looked at: now, since a commit has made it so, or with the next look at others. */
  readonly awaited: (tenant: string, value: string, when: 'now' | 'later') => void;
  readonly declarations: SignalDeclarations;
  readonly subscribers: Subscribers;
  /** Called when a commit, or somebody who wants one sent again, has left messages to deliver. */
  readonly messaged: () => void;
  /** Called after each commit. */
  readonly committed: () => void;
  readonly review: ReviewRule;
  /** Null: nothing here runs the tests of versions, which are kept with them all the same. */
  readonly tests: VersionTests | null;
}
