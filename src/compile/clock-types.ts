import type { Calendar, Duration } from '../calendar/index.ts';
import type { Sla } from '../definition/sla-types.ts';
import type { Condition } from '../expr/types.ts';
import type { Text } from '../text.ts';

export type ClockKind = 'process' | 'phase' | 'step' | 'activity' | 'approval';

/** A timed part of a process, made ready to be reckoned. */
export interface CompiledClock {
  /** `process`, `phase/<id>`, `step/<id>`, `activity/<id>`, `approval/<id>`. */
  readonly id: string;
  readonly kind: ClockKind;
  /** Id of what is timed. */
  readonly of: string;
  readonly title: Text;
  /** The step that it belongs to; null: a phase, or the process itself. */
  readonly step: string | null;
  readonly sla: Sla;
  /** At least one; the first whose condition holds counts. */
  readonly targets: readonly CompiledTarget[];
  /** At least one; the first whose condition holds counts, the last where none does. */
  readonly calendars: readonly ClockCalendar[];
  /** In the order written. */
  readonly warnings: readonly CompiledWarning[];
  /** So long after it was due, in the order written. */
  readonly rungs: readonly Duration[];
  /** Fields whose change may change what it reckons. */
  readonly reads: readonly string[];
  /** Those of them that say an instant: its start, or its deadline itself. */
  readonly dates: readonly string[];
}

/** Either is null: a duration, or a date or datetime field that says the deadline itself. */
export interface CompiledTarget {
  /** Null: always. */
  readonly when: Condition | null;
  readonly within: Duration | null;
  readonly due: string | null;
  /** As written. */
  readonly words: string;
}

export interface ClockCalendar {
  /** Null: always. */
  readonly when: Condition | null;
  /** Null: plain time in the zone of the business, for what takes no working time. */
  readonly id: string | null;
  readonly calendar: Calendar;
}

/** After a share of the time (from 0 to 1), or so long before it is due. */
export type CompiledWarning = { readonly share: number } | { readonly before: Duration };
