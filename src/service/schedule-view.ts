import type { Schedule } from '../definition/schedule-types.ts';
import type { ErrorCode } from '../errors.ts';
import type { Text } from '../text.ts';

/** When a process starts by itself, and what became of the last times. Instants are ISO 8601 UTC. */
export interface ScheduleView extends Pick<Schedule, 'cron' | 'roll' | 'missed' | 'overlap' | 'sets'> {
  readonly process: string;
  readonly title: Text;
  readonly version: number;
  readonly zone: string;
  /** Id of the calendar by whose workdays it rolls; null: it goes by none. */
  readonly calendar: string | null;
  /** The ticks to come, at most {@link SHOWN_TICKS}. */
  readonly next: readonly string[];
  /** What it started last. */
  readonly started: StartedTick | null;
  /** What was refused last. */
  readonly refused: RefusedTick | null;
  /** What was left out last. */
  readonly skipped: SkippedTick | null;
}

export const SHOWN_TICKS = 5;

export interface StartedTick {
  readonly tick: string;
  readonly instance: string;
}

export interface RefusedTick {
  readonly tick: string;
  readonly at: string;
  readonly code: ErrorCode;
  readonly detail: Text;
}

export interface SkippedTick {
  readonly tick: string;
  readonly at: string;
  /** No server ran at that time, or the instance started before was still open. */
  readonly why: 'missed' | 'overlap';
}
