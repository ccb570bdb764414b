/** What somebody did with a version. `draft`: wrote it down to be looked at. */
export type Act = 'draft' | 'approve' | 'reject' | 'publish' | 'withdraw';

/** A line of the record of a process. Instants are ISO 8601 UTC; `at` never goes back from one line to the next. */
export interface PublicationRow {
  readonly process: string;
  /** 1, 2, … in the record of the process. */
  readonly seq: number;
  readonly version: number;
  readonly act: Act;
  readonly at: string;
  readonly actor: string;
  /** Who acted for the actor; null: nobody. */
  readonly via: string | null;
  /** Why: of a draft what changed, of a review its comment. */
  readonly note: string | null;
  /** What a draft is expected to bring, and by what that is seen. */
  readonly hypothesis: string | null;
  readonly metric: string | null;
  /** Of what is published: from when on instances start on it; the same as `at`: at once. Null for all else. */
  readonly effectiveAt: string | null;
  /** Of a draft, or of a file of the server's own folder: its scenarios as they were written; null: none. */
  readonly tests: string | null;
  /** Of what is published: JSON of what its tests came to; null: it had none, or they were not run again. */
  readonly outcome: string | null;
  /** Published although its tests failed. */
  readonly isForced: boolean;
}

/** The version that instances start on. */
export interface NewestVersion extends Pick<PublicationRow, 'process' | 'version' | 'at' | 'actor'> {
  readonly effectiveAt: string;
}

/** Whether instances could ever start on a version: it is, or was, in effect. */
export interface KnownVersion extends Pick<PublicationRow, 'process' | 'version'> {
  readonly isPublished: boolean;
}

/** A version with its part of the record, the oldest line first. */
export interface RecordedVersion extends Pick<PublicationRow, 'process' | 'version'> {
  readonly digest: string;
  readonly record: readonly PublicationRow[];
}

export interface InstanceCount {
  readonly version: number;
  /** Counting stops at 10,000, which then means as many or more. */
  readonly open: number;
  readonly closed: number;
}

/** Which version is what. `now` (ISO 8601 UTC) is asked for wherever time decides. */
export interface PublicationStore {
  /** False, and nothing is written, when the record of the process has a line of this number already. */
  addPublication(row: PublicationRow): Promise<boolean>;
  /** The last line of a process; null: nothing was ever recorded of it. */
  lastPublication(process: string): Promise<PublicationRow | null>;
  /** The lines of one version, the oldest first; at most 1,000. */
  publicationsOf(process: string, version: number): Promise<readonly PublicationRow[]>;
  /** The newest version of each process, in the order of these; drafts and what is not yet in effect are none. */
  listNewest(now: string): Promise<readonly NewestVersion[]>;
  newestVersion(process: string, now: string): Promise<NewestVersion | null>;
  /** When another version comes into effect next; null: none is to. */
  nextEffective(process: string, now: string): Promise<string | null>;
  /** All versions of all processes, drafts too (at most 10,000). */
  listKnownVersions(now: string): Promise<readonly KnownVersion[]>;
  /** Numbers of the versions of a process that are or were in effect, the highest first. */
  listPublished(process: string, now: string, limit: number): Promise<readonly number[]>;
  /** Versions of a process that have a record, the highest first, below a number; null: from the highest. */
  listVersions(process: string, before: number | null, limit: number): Promise<readonly RecordedVersion[]>;
  /** How many instances of a tenant are on each of these versions (at most 200), in their order. */
  countInstances(tenant: string, process: string, versions: readonly number[]): Promise<readonly InstanceCount[]>;
}
