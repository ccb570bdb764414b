import type { EvidencePlace, NewEvidence, StoredInstance } from './types.ts';

/** Instances of a process with entries up to and after two record times (ISO 8601 UTC). */
export interface ReplayQuery {
  readonly process: string;
  /** Null: of every tenant. */
  readonly tenant: string | null;
  /** An entry was recorded at this time or later. */
  readonly since: string;
  /** One was recorded before this time. */
  readonly until: string;
}

/** Where an instance stands in the order of replays: by tenant, then by age. */
export type ReplayPlace = Pick<StoredInstance, 'tenant' | 'id'>;

export interface ReplayRow extends ReplayPlace, Pick<StoredInstance, 'key' | 'seq'> {}

/** A whole history as the database reads it at once. */
export interface HistoryLines {
  readonly instance: string;
  /** Of each entry two lines: its text, and its patch (empty: none), in order. JSON has no line breaks of its own. */
  readonly lines: string;
  readonly personal: StoredInstance['personal'];
}

export interface ReplayStore {
  /** How many instances there are, and entries in all of them. */
  replaySize(query: ReplayQuery): Promise<{ readonly instances: number; readonly entries: number }>;
  /** The next of them behind one; null: the first. */
  replayInstances(query: ReplayQuery, after: ReplayPlace | null, limit: number): Promise<readonly ReplayRow[]>;
  /** The histories of these instances; unknown ids are left out. At most 256. */
  replayHistories(instances: readonly string[]): Promise<readonly HistoryLines[]>;
  /** Everything that was ever evidence of a name and scope, withdrawn or not; at most 1,000, the latest valid first. */
  allEvidence(
    tenant: string,
    wanted: EvidencePlace,
  ): Promise<readonly (Pick<NewEvidence, 'validFrom' | 'validTo' | 'madeAt' | 'withdrawnAt'> & { instance: string })[]>;
}
