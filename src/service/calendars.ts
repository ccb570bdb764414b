import {
  type Calendar,
  type CalendarDefinition,
  FIRST_YEAR,
  isWorked,
  LAST_YEAR,
  openCalendar,
  periodText,
  provisionalAt,
  segments,
  between as timeBetween,
} from '../calendar/index.ts';
import { calendarDigest } from '../compile/index.ts';
import { toInstant } from '../engine/index.ts';
import { ProcessError } from '../errors.ts';
import { suggest } from '../suggest.ts';
import type { BetweenView, CalendarSummary, CalendarView } from './calendar-view.ts';
import type { ServiceContext } from './context.ts';

type Calendars = Pick<ServiceContext, 'calendars'>;

/** Made ready to reckon with, in the order of their ids. */
export function openCalendars(definitions: readonly CalendarDefinition[]): ServiceContext['calendars'] {
  const sorted = [...definitions].sort((a, b) => (a.calendar < b.calendar ? -1 : 1));
  return new Map(sorted.map((definition) => [definition.calendar, openCalendar(definition)]));
}

export function listCalendars({ calendars }: Calendars): readonly CalendarSummary[] {
  return [...calendars.values()].map(summary);
}

export function getCalendar({ calendars }: Calendars, id: string): CalendarView {
  const calendar = calendarOf(calendars, id);
  const { source, assumed, note, week, makeUp, days } = calendar.definition;
  return {
    ...summary(calendar),
    source,
    assumed,
    note,
    week: week.map((day) => day.map(periodText)),
    makeUp: makeUp.map(periodText),
    days: days.map((day) => ({ ...day, hours: day.hours.map(periodText) })),
  };
}

/** Most days between two instants: the ledger is made anew for each call. */
const MOST_DAYS = 366;
const DAY_MS = 86_400_000;

export function between({ calendars }: Calendars, id: string, from: string, to: string): BetweenView {
  const calendar = calendarOf(calendars, id);
  const [begin, end] = [inRange('from', from), inRange('to', to)];
  if (end < begin || end - begin > MOST_DAYS * DAY_MS) {
    throw new ProcessError(
      'malformed-request',
      {
        zh: `查询参数 to 应在 from 之后，最多晚 ${MOST_DAYS} 天；from 是 ${from}，to 是 ${to}。`,
        en: `The query parameter to must come after from, by ${MOST_DAYS} days at most; from is ${from}, to is ${to}.`,
      },
      { parameter: 'to' },
    );
  }
  const ledger = segments(calendar, begin, end);
  const worked = ledger.reduce((sum, part) => sum + (isWorked(part.kind) ? part.to - part.from : 0), 0);
  return {
    calendar: id,
    zone: calendar.definition.zone,
    from: new Date(begin).toISOString(),
    to: new Date(end).toISOString(),
    workingTime: durationText(worked),
    workingDays: timeBetween(calendar, begin, end, 'working days'),
    segments: ledger.map((part) => ({
      from: new Date(part.from).toISOString(),
      to: new Date(part.to).toISOString(),
      kind: part.kind,
      name: part.name,
      worked: isWorked(part.kind),
      duration: durationText(part.to - part.from),
      provisional: part.provisional,
    })),
    provisional: provisionalAt(calendar, begin, end)?.reason ?? null,
  };
}

function summary({ definition, provisional }: Calendar): CalendarSummary {
  const { calendar, title, zone, extends: base } = definition;
  const known = provisional && { firstYear: provisional.firstYear, lastYear: provisional.lastYear };
  return { calendar, title, digest: calendarDigest(definition), zone, extends: base, known };
}

function calendarOf(calendars: ServiceContext['calendars'], id: string): Calendar {
  const calendar = calendars.get(id);
  if (calendar !== undefined) return calendar;
  const name = id.slice(0, 80);
  const near = suggest(name, calendars.keys());
  throw new ProcessError(
    'not-found',
    {
      zh: `没有日历 ${name}${near === null ? '；' : `，是否指 ${near}？`}GET /v1/calendars 可列出全部日历`,
      en: `there is no calendar ${name}${near === null ? ';' : `; did you mean ${near}?`} GET /v1/calendars lists them`,
    },
    near === null ? {} : { suggestion: near },
  );
}

/** A day inside the years that are reckoned, so that the day of every zone is one of them. */
function inRange(parameter: string, instant: string): number {
  const time = Date.parse(toInstant(instant) ?? '');
  if (time >= Date.UTC(FIRST_YEAR, 0, 2) && time < Date.UTC(LAST_YEAR, 11, 31)) return time;
  throw new ProcessError(
    'malformed-request',
    {
      zh: `查询参数 ${parameter} 应是 ${FIRST_YEAR} 年到 ${LAST_YEAR} 年之间存在的时间点，收到的是 ${instant}。`,
      en: `The query parameter ${parameter} must be an instant that exists, between ${FIRST_YEAR} and ${LAST_YEAR}; found ${instant}.`,
    },
    { parameter },
  );
}

/** Milliseconds as `PT7H30M`. */
function durationText(ms: number): string {
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor(ms / 60_000) % 60;
  const seconds = (ms % 60_000) / 1000;
  const text = `${hours > 0 ? `${hours}H` : ''}${minutes > 0 ? `${minutes}M` : ''}${seconds > 0 ? `${seconds}S` : ''}`;
  return `PT${text || '0S'}`;
}
