/** The only source of time. The composition root injects one; tests inject their own and move it. */
export interface Clock {
  /** The current instant as ISO 8601 in UTC with milliseconds, e.g. `2026-02-13T09:30:00.000Z`. */
  now(): string;
}

export const systemClock: Clock = { now: () => new Date().toISOString() };
