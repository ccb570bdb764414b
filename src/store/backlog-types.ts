/** What waits to be done, of all tenants. Counts stop at 10,000, which then means as many or more. */
export interface Backlog {
  /** Timers that are due and not fired, also those that cannot be fired as their instance stands. */
  readonly timersOverdue: number;
  /** When the first of them was due (ISO 8601 UTC); null: none is. */
  readonly timersOverdueSince: string | null;
  /** Messages neither delivered nor given up. */
  readonly messagesWaiting: number;
  readonly messagesDead: number;
  /** Steps in which something failed that nobody tries any more; those of sandboxes are nobody's concern. */
  readonly incidents: number;
}

export interface BacklogStore {
  /** As of an instant (ISO 8601 UTC). */
  backlog(now: string): Promise<Backlog>;
}
