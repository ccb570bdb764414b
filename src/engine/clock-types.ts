import type { CalendarDefinition } from '../calendar/index.ts';
import type { Sla } from '../definition/sla-types.ts';

/**
 * One clock of an instance: what is needed to reckon it anew at any time, and what it came to last. Time that was used is
 * never counted on: it follows from where the clock started, its pauses and its end. Instants are ISO 8601 UTC.
 */
export interface ClockRecord {
  /** Counts from 1 how often what it times was begun. */
  readonly round: number;
  /** Event time at which that was begun: the step entered, the approval requested. */
  readonly begun: string;
  /** From when on it counts; null while the field that says so is not known. */
  readonly startedAt: string | null;
  /** In the order of time, none overlapping another. */
  readonly pauses: readonly ClockPause[];
  /** The target that counts, as written; null: no condition of any holds. */
  readonly target: string | null;
  /** Id of the calendar; null: plain time. */
  readonly calendar: string | null;
  /** Null while it is not known: paused, or a field is missing. Of a clock that has ended: when it would have been. */
  readonly due: string | null;
  /** It touches days whose holidays nobody knows yet. */
  readonly provisional: boolean;
  /** What is to be told, and was. */
  readonly marks: readonly ClockMark[];
  /** Roles that may do it too since it was late. */
  readonly raised: readonly string[];
  readonly ended: ClockEnd | null;
  /** The last 10 rounds before this one, oldest first. */
  readonly earlier: readonly ClockRound[];
  /** What it is measured by in place of its version's SLA, which was edited while it ran or since it ended. */
  readonly measure?: ClockMeasure;
}

/** All that a clock is reckoned from beside its course and the facts: no other version is asked, nor whether it is there. */
export interface ClockMeasure {
  /** Its one target is the one that counted; it has no conditions. */
  readonly sla: Sla;
  /** Null: plain time. */
  readonly calendar: CalendarDefinition | null;
}

export interface ClockPause {
  readonly from: string;
  /** Null: it goes on. */
  readonly to: string | null;
  /** Held; closed and opened again; between two rounds; not needed for a while. */
  readonly why: 'hold' | 'closed' | 'round' | 'not-needed';
  /** Of a hold, its reason. */
  readonly reason: string | null;
}

/** `warn/<n>`, `breach`, `escalate/<n>`; numbers count from 1 in the order of the file. */
export interface ClockMark {
  readonly id: string;
  /** Null while it is not known. */
  readonly due: string | null;
  /** Record time at which it was told; null: it was not. */
  readonly firedAt: string | null;
  /** Record time at which later facts showed that it had been told too early, the last time. */
  readonly withdrawnAt: string | null;
}

export interface ClockEnd {
  /** Event time. */
  readonly at: string;
  readonly recordedAt: string;
  /** `done`, in time or late; `left` undone; the instance was `closed` before; its condition no longer holds; it lost its SLA. */
  readonly how: 'done' | 'left' | 'closed' | 'not-needed' | 'dropped';
}

export interface ClockRound {
  readonly round: number;
  readonly startedAt: string | null;
  readonly due: string | null;
  readonly endedAt: string;
  readonly how: ClockEnd['how'];
}

/** What another version made of one clock. */
export interface ClockChange {
  /** Id of the clock. */
  readonly clock: string;
  /**
   * It is `kept` as it was, `recalculated` from its start, `restarted` from now, `begun` since it had no SLA before, `ended`
   * since it is not to be done any more, or `dropped` since it has no SLA any more.
   */
  readonly how: 'kept' | 'recalculated' | 'restarted' | 'begun' | 'ended' | 'dropped';
  /** Null: it was or is not known, or there is none. */
  readonly due: { readonly from: string | null; readonly to: string | null };
}
