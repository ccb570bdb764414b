/** What time does next to an instance, and when (ISO 8601 UTC). */
export interface NextTimer {
  readonly due: string;
  /** Type of the command that is then sent. */
  readonly what: string;
}

export interface TimerRow extends NextTimer {
  readonly instance: string;
  readonly tenant: string;
}

/** The timer of one instance as it is stored. */
export interface StoredTimer {
  readonly instance: string;
  /** The instance's `seq` when it was read. */
  readonly seq: number;
  /** Null: it has none. `isOwn`: the tenant in it is that of its instance. */
  readonly timer: (NextTimer & { readonly isOwn: boolean }) | null;
}

export interface TimerStore {
  /**
   * Timers that are due, the earliest first, at most about `limit`. On PostgreSQL nobody else gets them before `until`; a
   * change of the instance's timer ends that. Instants are ISO 8601 UTC.
   */
  claimTimers(now: string, until: string, limit: number): Promise<readonly TimerRow[]>;
  /** Timers that could not be fired are left alone until an instant; those that have changed since are not touched. */
  putOffTimers(timers: readonly TimerRow[], until: string): Promise<void>;
  /** The timers of these instances; unknown ids are left out. At most 256. */
  loadTimers(instances: readonly string[]): Promise<readonly StoredTimer[]>;
}
