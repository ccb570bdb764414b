import { china } from './china.ts';
import { dateOf, dayNumber, numberOf, weekdayOf } from './civil.ts';
import { createTable, FIRST_YEAR, type Table } from './table.ts';
import type { CalendarDefinition, Day, DayKind, Decreed, Period, Provisional, SpecialDays } from './types.ts';
import { startOfDay } from './zone.ts';

/** A calendar made ready to reckon with. */
export interface Calendar {
  readonly definition: CalendarDefinition;
  /** What to say of days outside the years that are known; null: all are. */
  readonly provisional: Provisional | null;
  /** Instants between which every day is known. */
  readonly knownFrom: number;
  readonly knownTo: number;
  /** Days by their number, as far as they were asked for. */
  readonly table: Table;
  /** What a day is, by its number. */
  readonly dayAt: (number: number) => Day;
}

/** Reckons with what `decreed` knows: newer data is another calendar, and what was provisional is reckoned again. */
export function openCalendar(definition: CalendarDefinition, decreed: Decreed = china): Calendar {
  const dayAt = makeDayAt(definition, definition.extends === 'cn' ? decreed : null);
  const provisional = knownYears(definition, decreed);
  const startOf = (year: number) => startOfDay(definition.zone, dayNumber(year, 1, 1));
  return {
    definition,
    provisional,
    knownFrom: provisional === null ? Number.NEGATIVE_INFINITY : startOf(provisional.firstYear),
    knownTo: provisional === null ? Number.POSITIVE_INFINITY : startOf(provisional.lastYear + 1),
    table: createTable(definition.zone, (number) => dayAt(number).periods),
    dayAt,
  };
}

function makeDayAt(definition: CalendarDefinition, decreed: Decreed | null): Calendar['dayAt'] {
  const { days, week, makeUp } = definition;
  const { dated, yearly } = specialDays(days);
  const years = knownYears(definition, decreed);
  return (number) => {
    const date = dateOf(number);
    const year = Number(date.slice(0, 4));
    const provisional = years !== null && (year < years.firstYear || year > years.lastYear);
    const day = (kind: DayKind, name: Day['name'], periods: readonly Period[]): Day => ({
      date,
      kind,
      name,
      periods,
      provisional,
    });
    const special = ({ kind, title, hours }: SpecialDays): Day => {
      if (kind === 'holiday') return day('holiday', title, []);
      if (kind === 'half-day') return day('half-day', title, hours);
      return day('make-up', title, hours.length > 0 ? hours : makeUp);
    };
    const own = dated.get(number);
    if (own !== undefined) return special(own);
    const each = yearly.get(date.slice(5));
    if (each?.kind === 'holiday') return special(each);
    const off = decreed?.holidays.get(date);
    if (off !== undefined) return day('holiday', off, []);
    const made = decreed?.makeUp.get(date);
    const hours = week[weekdayOf(number)] ?? [];
    if (made === undefined && hours.length === 0) return day('weekend', null, []);
    // A half day of every year shortens a day that is worked; it opens none.
    if (each !== undefined) return special(each);
    return made === undefined ? day('workday', null, hours) : day('make-up', made, makeUp);
  };
}

function specialDays(days: readonly SpecialDays[]) {
  const dated = new Map<number, SpecialDays>();
  const yearly = new Map<string, SpecialDays>();
  for (const special of days) {
    for (const span of special.on) {
      if ('yearly' in span) yearly.set(span.yearly, special);
      else {
        const [from, until] = [numberOf(span.from) ?? 0, numberOf(span.until) ?? -1];
        for (let number = from; number <= until; number++) dated.set(number, special);
      }
    }
  }
  return { dated, yearly };
}

function knownYears(definition: CalendarDefinition, decreed: Decreed | null): Provisional | null {
  const { extends: base, knownUntil, days } = definition;
  const data = base === 'cn' ? decreed : null;
  if (data === null && knownUntil === null) return null;
  const firstYear = data?.firstYear ?? firstWritten(days) ?? FIRST_YEAR;
  const lastYear = Math.max(knownUntil ?? 0, data?.lastYear ?? 0);
  return {
    firstYear,
    lastYear,
    reason: {
      zh: `节假日和调休只知道 ${firstYear}–${lastYear} 年的；之外的日子按平常的一周计算，数据更新后重新计算`,
      en: `holidays and make-up workdays are known for ${firstYear}–${lastYear} only; days outside count as in an ordinary week, to be reckoned again with newer data`,
    },
  };
}

/** The first year of which a file writes down days; null: none. */
function firstWritten(days: readonly SpecialDays[]): number | null {
  const dates = days.flatMap(({ on }) => on.flatMap((span) => ('from' in span ? [span.from] : [])));
  const first = dates.sort()[0];
  return first === undefined ? null : Number(first.slice(0, 4));
}
