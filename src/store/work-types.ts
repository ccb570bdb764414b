import type { Sight } from './types.ts';

/** One who is waited for in a step of an instance. */
export interface NewWorkRow {
  readonly step: string;
  /** `role:<id>`, `actor:<id>`, or `incident` for whoever sees to what failed. */
  readonly who: string;
  /** Event time since when. */
  readonly since: string;
  /** Instant by which; null: never. */
  readonly due: string | null;
}

export interface WorkRow extends NewWorkRow {
  readonly instance: string;
}

/** What has become of the work of an instance. */
export interface WorkChange {
  readonly gone: readonly Pick<NewWorkRow, 'step' | 'who'>[];
  /** New, or other than they were. */
  readonly listed: readonly NewWorkRow[];
}

export interface WorkQuery {
  readonly tenant: string;
  /** Any of these; at most 200. */
  readonly whos: readonly string[];
  /** Of which instances rows of roles and incidents are given; of persons all are. Null: of all. */
  readonly sight: Sight | null;
  readonly process: string | null;
  /** Rows behind this one; null: from the first. */
  readonly after: Omit<WorkRow, 'who'> | null;
  readonly limit: number;
}

/** The work of one instance as it is stored. */
export interface StoredWork {
  readonly instance: string;
  /** The instance's `seq` when it was read. */
  readonly seq: number;
  /** Not filed yet: the rows say nothing. */
  readonly isPending: boolean;
  readonly rows: readonly StoredWorkRow[];
}

export interface StoredWorkRow extends NewWorkRow {
  /** Whether tenant, process, owner and team in it are those of its instance. */
  readonly isOwn: boolean;
}

/** What every database does with the work of instances. */
export interface WorkStore {
  /**
   * Whom steps wait for, in order of (due, since, instance, step, who), what is never due last. A step comes once for each of
   * `whos` that it waits for.
   */
  listWork(query: WorkQuery): Promise<readonly WorkRow[]>;
  /** The rows of these instances; unknown ids are left out. At most 256. */
  loadWork(instances: readonly string[]): Promise<readonly StoredWork[]>;
}
