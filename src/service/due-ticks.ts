import { nextTick, type Recurrence } from '../calendar/index.ts';
import type { Schedule } from '../definition/schedule-types.ts';

const DAY_MS = 86_400_000;

/** A tick that is later than this was missed. */
export const MISSED_MS = 5 * 60_000;
/** `missed: all` makes up for so much time. */
const MADE_UP_MS = 31 * DAY_MS;
/** Starts of one process in one go. */
const MOST_STARTS = 50;
/** How far back the last tick is looked for, first where it most likely is: ticks of every few minutes are not walked for years. */
const WINDOWS = [DAY_MS, 32 * DAY_MS, 400 * DAY_MS, Number.POSITIVE_INFINITY];

/** What is to be done about the ticks after one instant up to another; milliseconds since 1970. */
export interface DueTicks {
  /** To be started, the earliest first. */
  readonly starts: readonly number[];
  /** The last that is left out since no server ran; null: none is. */
  readonly missed: number | null;
  /** There are more. */
  readonly isFull: boolean;
}

export function dueTicks(
  recurrence: Recurrence,
  { missed: policy }: Pick<Schedule, 'missed'>,
  until: number,
  now: number,
): DueTicks {
  if (policy === 'all') {
    const from = Math.max(until, now - MADE_UP_MS);
    const starts = ticksBetween(recurrence, from, now, MOST_STARTS);
    return { starts, missed: lastTick(recurrence, until, from), isFull: starts.length === MOST_STARTS };
  }
  const last = lastTick(recurrence, until, now);
  if (last === null) return { starts: [], missed: null, isFull: false };
  if (policy === 'skip' && now - last > MISSED_MS) return { starts: [], missed: last, isFull: false };
  return { starts: [last], missed: lastTick(recurrence, until, last - 1), isFull: false };
}

/** The last tick after one instant, up to another; null: there is none. */
function lastTick(recurrence: Recurrence, after: number, to: number): number | null {
  for (const window of WINDOWS) {
    const from = Math.max(after, to - window);
    const found = ticksBetween(recurrence, from, to, Number.POSITIVE_INFINITY).at(-1);
    if (found !== undefined) return found;
    if (from === after) return null;
  }
  return null;
}

function ticksBetween(recurrence: Recurrence, after: number, to: number, most: number): readonly number[] {
  const found: number[] = [];
  if (after >= to) return found;
  for (let tick = nextTick(recurrence, after); tick !== null && tick <= to; tick = nextTick(recurrence, tick)) {
    found.push(tick);
    if (found.length >= most) break;
  }
  return found;
}
