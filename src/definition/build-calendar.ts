import {
  type Base,
  bases,
  type CalendarDefinition,
  type DaySpan,
  type Period,
  type SpecialDays,
} from '../calendar/index.ts';
import { described } from './build.ts';
import type { Outline } from './outline.ts';
import { entries, items, member, number, oneOf, type Raw, rawOf, string, strings } from './raw.ts';
import { weekdaysOf } from './weekdays.ts';

/** The sections of special days, in the order of the guide. */
export const sections = [
  { word: 'holidays', kind: 'holiday' },
  { word: 'half_days', kind: 'half-day' },
  { word: 'workdays', kind: 'workday' },
] as const;

/** The hours of make-up workdays, in `hours`. */
export const MAKE_UP = 'make-up';

/** The typed calendar. Total: parts that the schema refused are read as if they were not written. */
export function buildCalendar(outline: Outline): CalendarDefinition {
  const raw = rawOf(outline);
  const calendar = string(member(raw, 'calendar')) ?? '';
  const base: Base = oneOf(member(raw, 'extends'), ['weekends', ...bases]);
  const hours = member(raw, 'hours');
  const week = buildWeek(hours, base);
  const makeUp = member(hours, MAKE_UP);
  return {
    calendar,
    ...described(raw, calendar),
    zone: string(member(raw, 'zone')) ?? '',
    extends: base,
    week,
    makeUp: makeUp.value === undefined ? (week.find((day) => day.length > 0) ?? []) : periods(makeUp),
    days: sections.flatMap(({ word, kind }) =>
      entries(member(raw, word)).map(
        ([id, special]): SpecialDays => ({
          id,
          title: described(special, id).title,
          kind,
          on: strings(member(special, 'on')).flatMap(spanOf),
          hours: periods(member(special, 'hours')),
        }),
      ),
    ),
    knownUntil: number(member(raw, 'known_until')),
  };
}

/** Hours alone are those of every working day, of which there are seven where nothing is off. */
function buildWeek(hours: Raw, base: Base): CalendarDefinition['week'] {
  const all = periods(hours);
  const plain = Array.from({ length: 7 }, (_, day) => (day < 5 || base === 'none' ? all : []));
  return entries(hours).reduce<CalendarDefinition['week']>((week, [words, of]) => {
    const days = weekdaysOf(words) ?? [];
    return week.map((own, day) => (days.includes(day) ? periods(of) : own));
  }, plain);
}

/** `09:00-12:00` or a list of these, in the order of the day. */
function periods(raw: Raw): readonly Period[] {
  const words = typeof raw.value === 'string' ? [raw.value] : items(raw).flatMap((item) => string(item) ?? []);
  return words.flatMap((word) => periodOf(word) ?? []).sort((a, b) => a.opens - b.opens);
}

/** `09:00-12:00` in minutes; null when it is not written so. */
export function periodOf(words: string): Period | null {
  const match = /^(\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(words);
  if (match === null) return null;
  const [, hour, minute, toHour, toMinute] = match.map(Number);
  return { opens: (hour ?? 0) * 60 + (minute ?? 0), closes: (toHour ?? 0) * 60 + (toMinute ?? 0) };
}

/** `2026-02-16`, `2026-02-16 to 2026-02-20`, `12-25`; whether the days exist is not asked. */
export function spanOf(words: string): readonly DaySpan[] {
  if (/^\d\d-\d\d$/.test(words)) return [{ yearly: words }];
  const [from = '', until = from] = words.split(' to ');
  return [{ from, until }];
}
