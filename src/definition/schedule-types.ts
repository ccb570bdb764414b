import type { Roll } from '../calendar/index.ts';
import type { PolicyNotes } from './types.ts';

/** When a process starts by itself. */
export interface Schedule extends PolicyNotes {
  /** Five fields: minute, hour, day of the month, month, day of the week. */
  readonly cron: string;
  /** IANA name of the zone whose clocks count; null: that of the process's calendar, and where it names none that of China. */
  readonly zone: string | null;
  /** What becomes of a tick on a day off; null: days off are days like any other. */
  readonly roll: Roll | null;
  /** What becomes of ticks at which no server ran: none of them, the last, or all are started, late. */
  readonly missed: 'skip' | 'once' | 'all';
  /** Whether it starts while the instance that it started last is open. */
  readonly overlap: 'skip' | 'allow';
  /** A date field that is given the day of the tick; null: none is. */
  readonly sets: string | null;
}
