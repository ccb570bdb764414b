import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { china, dayNumber, numberOf, openCalendar } from '../../src/calendar/index.ts';
import { chinaOffice } from './calendars.ts';

const folder = new URL('rows/', import.meta.url);
const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Rows `date weekday kind [name]`, as the notices of the State Council have them. */
const rows = readdirSync(folder).flatMap((file) =>
  readFileSync(new URL(file, folder), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#')),
);

describe('the calendar of mainland China', () => {
  const { dayAt } = openCalendar(chinaOffice);

  it('has more than 300 checked days', () => {
    expect(rows.length).toBeGreaterThanOrEqual(300);
  });

  it.each(rows)('%s', (row) => {
    const number = numberOf(row.slice(0, 10)) ?? 0;
    const { date, kind, name, provisional } = dayAt(number);
    const shown = [date, names[(number + 3) % 7], kind, ...(name === null ? [] : [name.zh])].join(' ');
    expect({ shown, provisional }).toEqual({ shown: row, provisional: false });
  });

  it.each([
    ['2024', 28, 8],
    ['2025', 28, 5],
    ['2026', 33, 6],
  ])('has no day off and no make-up workday in %s beside those of the notice', (year, off, madeUp) => {
    const of = (kind: string) => rows.filter((row) => row.startsWith(year) && row.includes(` ${kind} `)).length;
    const known = (days: ReadonlyMap<string, unknown>) => [...days.keys()].filter((day) => day.startsWith(year)).length;
    expect([of('holiday'), of('make-up')]).toEqual([off, madeUp]);
    expect([known(china.holidays), known(china.makeUp)]).toEqual([off, madeUp]);
  });

  it('says in both languages what a day is called', () => {
    expect(dayAt(dayNumber(2026, 2, 17)).name).toEqual({ zh: '春节', en: 'Spring Festival' });
  });

  it('knows the last year that it has data for, and says of later ones that it does not know', () => {
    expect(china.lastYear).toBe(2026);
    expect(dayAt(dayNumber(china.lastYear, 12, 31)).provisional).toBe(false);
    expect(dayAt(dayNumber(china.lastYear + 1, 1, 1))).toMatchObject({ kind: 'workday', provisional: true });
    expect(dayAt(dayNumber(2003, 12, 31)).provisional).toBe(true);
  });
});
