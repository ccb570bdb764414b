/** How far the schedule of a process has come. Instants are ISO 8601 UTC. */
export interface ScheduleRow {
  readonly process: string;
  /** The words that say when, as canonical JSON: with others it begins anew. */
  readonly plan: string;
  /** Ticks up to here are done with. */
  readonly until: string;
  /** JSON, each of the last time: what it started, what was refused, what was left out; null: never. */
  readonly started: string | null;
  readonly refused: string | null;
  readonly skipped: string | null;
}

export interface ScheduleStore {
  /** In the order of their processes. */
  listSchedules(): Promise<readonly ScheduleRow[]>;
  /** Begins it, or begins it anew where its plan was another. */
  beginSchedule(process: string, plan: string, until: string): Promise<void>;
  /** The process starts by itself no more. */
  endSchedule(process: string): Promise<void>;
  /** What became of a tick, unless somebody has gone further meanwhile. What is left out stays as it was. */
  advanceSchedule(process: string, done: ScheduleStep): Promise<void>;
}

export type ScheduleStep = Pick<ScheduleRow, 'until'> & Partial<Pick<ScheduleRow, 'started' | 'refused' | 'skipped'>>;
