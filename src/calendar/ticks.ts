import type { Calendar } from './calendar.ts';
import { DAY_MS } from './civil.ts';
import type { CronTimes } from './cron.ts';
import { LAST_YEAR } from './table.ts';
import { dayOf, readingOf } from './zone.ts';

/** What becomes of a time on a day on which nobody works: it is dropped, or moved to the next or last day that is worked. */
export type Roll = 'skip' | 'next-workday' | 'previous-workday';

/** When something happens again and again. */
export interface Recurrence {
  readonly cron: CronTimes;
  /** IANA name of the zone whose clocks it goes by. */
  readonly zone: string;
  /** Null: days off are days like any other. */
  readonly roll: Roll | null;
  /** Whose workdays; only looked at where times are rolled. */
  readonly calendar: Calendar | null;
}

/** Days that are looked through for one that is worked; longer than any holiday. */
const MOST_DAYS_OFF = 366;
/** Times that are looked through for one on a workday. */
const MOST_TIMES = 10_000;
/** After this nothing is reckoned. */
const END = Date.UTC(LAST_YEAR, 0);

/**
 * The first tick after an instant, in milliseconds since 1970; null: there is none any more. A time that the clocks leave
 * out comes when they are put forward, one that they show twice comes once, and times that are rolled to the same moment
 * are one tick.
 */
export function nextTick(recurrence: Recurrence, after: number): number | null {
  const { cron, zone } = recurrence;
  let wall: number | null = beginOf(recurrence, dayOf(zone, after)) * DAY_MS - 1;
  for (let n = 0; n < MOST_TIMES; n++) {
    wall = cron.next(wall);
    if (wall === null || wall > END) return null;
    const day = rolled(recurrence, Math.floor(wall / DAY_MS));
    if (day === null) continue;
    const tick = readingOf(zone, day, wall - Math.floor(wall / DAY_MS) * DAY_MS);
    if (tick > after) return tick;
  }
  return null;
}

/** The next ticks after an instant, at most so many (ISO 8601 UTC). */
export function ticksAfter(recurrence: Recurrence, after: number, most: number): readonly string[] {
  const ticks: string[] = [];
  for (let tick = nextTick(recurrence, after); tick !== null; tick = nextTick(recurrence, tick)) {
    ticks.push(new Date(tick).toISOString());
    if (ticks.length === most) break;
  }
  return ticks;
}

/** The first day whose times may come on a day or after it: the days off before it are rolled there. */
function beginOf(recurrence: Recurrence, day: number): number {
  if (recurrence.roll !== 'next-workday') return day;
  let first = day;
  while (day - first < MOST_DAYS_OFF && !isWorked(recurrence, first - 1)) first -= 1;
  return first;
}

/** The day that a time on this day comes on; null: on none. */
function rolled(recurrence: Recurrence, day: number): number | null {
  const { roll } = recurrence;
  if (roll === null || isWorked(recurrence, day)) return day;
  if (roll === 'skip') return null;
  const step = roll === 'next-workday' ? 1 : -1;
  for (let n = 1; n < MOST_DAYS_OFF; n++) if (isWorked(recurrence, day + step * n)) return day + step * n;
  return null;
}

function isWorked({ calendar }: Recurrence, day: number): boolean {
  return calendar === null || calendar.dayAt(day).periods.length > 0;
}
