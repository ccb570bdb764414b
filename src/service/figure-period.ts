import { dateOf, dayOf, numberOf, startOfDay, weekdayOf } from '../calendar/index.ts';
import type { CompiledProcess } from '../compile/types.ts';
import { toInstant } from '../engine/index.ts';
import { ProcessError } from '../errors.ts';
import type { FigurePeriod, FigureQuery, Series } from './figure-types.ts';

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 90;
/** Longest period, so that a series by months stays short. */
const MOST_DAYS = 5 * 366;
/** Up to so many days a series is by days, up to so many by weeks, else by months. */
const BY_DAY = 21;
const BY_WEEK = 200;
/** The zone of a process that names no calendar. */
const ZONE = 'Asia/Shanghai';

/** The zone that the days of a process are of: that of its calendar that always counts, else of the last it names. */
export function zoneOf({ definition, calendars }: CompiledProcess): string {
  const choices = definition.calendar;
  const use = (choices.find(({ when }) => when === null) ?? choices.at(-1))?.use ?? '';
  return calendars.get(use)?.definition.zone ?? ZONE;
}

/** The period that is asked about. Throws `malformed-request`. */
export function periodOf(zone: string, query: Pick<FigureQuery, 'since' | 'until'>, now: string): FigurePeriod {
  // What happens this very moment counts.
  const until = query.until === null ? Date.parse(now) + 1 : instantOf('until', query.until, zone, 1);
  const since = query.since === null ? until - DEFAULT_DAYS * DAY_MS : instantOf('since', query.since, zone, 0);
  if (since >= until || until - since > MOST_DAYS * DAY_MS) {
    throw new ProcessError(
      'malformed-request',
      {
        zh: `查询参数 since 应早于 until，且相距不超过五年；收到 ${iso(since)} 至 ${iso(until)}。`,
        en: `The query parameter since must be before until, by five years at most; found ${iso(since)} to ${iso(until)}.`,
      },
      { parameter: 'since' },
    );
  }
  return { since: iso(since), until: iso(until), zone };
}

/** Of a date the beginning of the day so many days later. */
function instantOf(parameter: string, text: string, zone: string, days: number): number {
  const day = numberOf(text);
  const instant = day === null ? toInstant(text) : iso(startOfDay(zone, day + days));
  if (instant !== null) return Date.parse(instant);
  throw new ProcessError(
    'malformed-request',
    {
      zh: `查询参数 ${parameter} 应为日期 YYYY-MM-DD 或带时区的时间点；收到 ${text}，没有这一天或这个时刻。`,
      en: `The query parameter ${parameter} must be a date YYYY-MM-DD or an instant with its offset; found ${text}, which is no day or time that there is.`,
    },
    { parameter },
  );
}

/** Where the parts of a period begin, the first with the period itself: days, weeks from Monday, or months of the zone. */
export function partsOf({ since, until, zone }: FigurePeriod): {
  readonly every: Series['every'];
  readonly starts: readonly string[];
} {
  const [from, to] = [Date.parse(since), Date.parse(until)];
  const days = (to - from) / DAY_MS;
  const every = days <= BY_DAY ? 'day' : days <= BY_WEEK ? 'week' : 'month';
  const starts = [since];
  for (let day = dayOf(zone, from); ; ) {
    day = nextPart(every, day);
    const start = startOfDay(zone, day);
    if (start >= to) return { every, starts };
    starts.push(iso(start));
  }
}

function nextPart(every: Series['every'], day: number): number {
  if (every === 'day') return day + 1;
  if (every === 'week') return day + 7 - weekdayOf(day);
  const [year, month] = dateOf(day).split('-').map(Number);
  return Date.UTC(year ?? 1970, month ?? 1, 1) / DAY_MS;
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
