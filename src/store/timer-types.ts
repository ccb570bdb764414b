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

export interface TimerStore {
  /**
   * Timers that are due, the earliest first, at most about `limit`. On PostgreSQL nobody else gets them before `until`; a
   * change of the instance's timer ends that. Instants are ISO 8601 UTC.
   */
  claimTimers(now: string, until: string, limit: number): Promise<readonly TimerRow[]>;
  /** Timers that could not be fired are left alone until an instant; those that have changed since are not touched. */
  putOffTimers(timers: readonly TimerRow[], until: string): Promise<void>;
}
