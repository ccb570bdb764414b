import type { Json } from '../json.ts';

/** A service that is asked to do an activity, in one round of its step. */
export interface CallRecord {
  readonly service: string;
  readonly round: number;
  /**
   * `requested`: it was asked and has not answered; `waiting`: it failed and is asked again; `failed`: it is asked no more,
   * and people see to it (an incident); `done`: the activity is; `dropped`: the activity needs no doing any more.
   */
  readonly status: 'requested' | 'waiting' | 'failed' | 'done' | 'dropped';
  /** How often it was asked since somebody last asked for it anew. */
  readonly attempt: number;
  /** The values that it was sent. */
  readonly sent: Readonly<Record<string, Json>>;
  /** When it was asked last. */
  readonly requestedAt: string;
  /** When its answer is late, or when it is asked again; null: neither. */
  readonly due: string | null;
  /** The last of what went wrong. */
  readonly failures: readonly CallFailure[];
}

export interface CallFailure {
  readonly attempt: number;
  readonly at: string;
  /** What the service said, or that it said nothing in time (`timeout`). */
  readonly why: string;
}
