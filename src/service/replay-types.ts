import type { CalendarDefinition } from '../calendar/index.ts';
import type { Counts } from '../replay/tally.ts';
import type { Difference } from '../replay/types.ts';

export type { Counts as ReplayCounts, FindingCount, StepCount } from '../replay/tally.ts';
export type { Difference, Incomparable } from '../replay/types.ts';

/** A definition to be held against what happened in a period of record time (ISO 8601 UTC). */
export interface ReplayInput {
  readonly yaml: string;
  /** What the file is called in its problems. */
  readonly name: string;
  /** Calendars to take in place of those of the newest version. */
  readonly calendars: readonly CalendarDefinition[];
  readonly since: string;
  /** Entries from then on are left out; null: all there are. */
  readonly until: string | null;
  /** Entries that are read at most; null: all. More are refused as `too-large`. */
  readonly most: number | null;
}

/** What a replay reads: whose entries, recorded when, and how many at most. */
export interface ReplayRange extends Pick<ReplayInput, 'since' | 'until' | 'most'> {
  /** Null: every tenant's. */
  readonly tenant: string | null;
}

/** Is told how far a replay is, and of each difference as it is found. */
export interface ReplayWatch {
  /** Entries that were read, of all that there are. */
  progress(done: number, all: number): void;
  differs(difference: Difference): void;
  /** Gives it up with its reason; absent: nobody does. */
  readonly caller?: AbortSignal;
}

export interface ReplayResult extends Counts {
  readonly process: string;
  /** Digest of the candidate; its number where it is published. */
  readonly digest: string;
  readonly version: number | null;
  readonly since: string;
  readonly until: string;
  /** Instances with entries in the period, and the entries that were read of them. */
  readonly instances: number;
  readonly entries: number;
}

/** With the first differences, each by itself. */
export interface ReplayTold extends ReplayResult {
  readonly listed: readonly Difference[];
}
