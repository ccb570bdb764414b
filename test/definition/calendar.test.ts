import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCalendar, readCalendars } from '../../src/definition/index.ts';
import { chinaOffice } from '../calendar/calendars.ts';
import { calendarMistakes, soundCalendar } from './calendar-mistakes.ts';
import { unmark } from './marked-file.ts';

const shipped = (name: string) =>
  readFileSync(new URL(`../../processes/calendars/${name}.yaml`, import.meta.url), 'utf8');

describe('a calendar file', () => {
  it('is read into days and hours', () => {
    const week = [
      { opens: 540, closes: 720 },
      { opens: 780, closes: 1050 },
    ];
    const short = [{ opens: 540, closes: 900 }];
    expect(readCalendar(soundCalendar, 'office.yaml')).toEqual({
      definition: {
        calendar: 'office',
        title: { zh: '办公室', en: 'Office' },
        source: null,
        assumed: false,
        note: null,
        zone: 'Europe/Berlin',
        extends: 'weekends',
        week: [week, week, week, week, short, [], []],
        makeUp: [{ opens: 600, closes: 960 }],
        knownUntil: 2027,
        days: [
          {
            id: 'new-year',
            title: { zh: '元旦', en: 'New Year' },
            kind: 'holiday',
            on: [{ yearly: '01-01' }],
            hours: [],
          },
          {
            id: 'summer',
            title: { zh: '休假', en: 'Summer break' },
            kind: 'holiday',
            on: [
              { from: '2026-08-03', until: '2026-08-14' },
              { from: '2027-08-02', until: '2027-08-02' },
            ],
            hours: [],
          },
          {
            id: 'eve',
            title: { zh: '平安夜', en: 'Christmas Eve' },
            kind: 'half-day',
            on: [{ yearly: '12-24' }],
            hours: [{ opens: 540, closes: 720 }],
          },
          {
            id: 'count',
            title: { zh: '盘点', en: 'Stocktaking' },
            kind: 'workday',
            on: [{ from: '2026-01-10', until: '2026-01-10' }],
            hours: [],
          },
        ],
      },
      problems: [],
    });
  });

  it.each([
    ['weekends', '09:00-18:00', 5],
    ['cn', '[09:00-12:00, 13:30-18:00]', 5],
    ['none', '00:00-24:00', 7],
  ])('that extends %s has hours alone (%s) on %i days', (base, hours, days) => {
    const text = `calendar: office\ntitle: { zh: 办, en: O }\nzone: UTC\nextends: ${base}\nhours: ${hours}\n`;
    const { definition, problems } = readCalendar(text, 'office.yaml');
    expect(problems).toEqual([]);
    expect(definition?.week.filter((day) => day.length > 0)).toHaveLength(days);
  });

  it.each(calendarMistakes)('%# %s → %s', (from, to, ...codes) => {
    expect(soundCalendar).toContain(from);
    const { text, places } = unmark(soundCalendar.replace(from, () => to));
    const { definition, problems } = readCalendar(text, 'office.yaml');
    expect(problems.map(({ code }) => code)).toEqual(codes);
    expect(problems.map((p) => [p.line, p.column, p.length])).toEqual(expect.arrayContaining([...places]));
    expect(definition === null).toBe(problems.some(({ severity }) => severity === 'error'));
  });

  it.each([
    ['Europe/Berln', 'Did you mean Europe/Berlin?'],
    ['Asia/Shanghia', 'Did you mean Asia/Shanghai?'],
    ['asia/shanghai', 'Did you mean Asia/Shanghai?'],
  ])('is told which zone was meant by %s', (zone, remedy) => {
    const { problems } = readCalendar(soundCalendar.replace('Europe/Berlin', zone), 'office.yaml');
    expect(problems.map((problem) => problem.remedy.en)).toEqual([remedy]);
  });

  it('may not be the calendar that another file is', () => {
    const [first, second] = readCalendars(['a.yaml', 'b.yaml'].map((path) => ({ path, text: soundCalendar })));
    expect(first?.problems).toEqual([]);
    expect(second?.definition).toBeNull();
    expect(second?.problems.map((p) => [p.code, p.file, p.line, p.column, p.length, p.message.en])).toEqual([
      ['duplicate-id', 'b.yaml', 1, 11, 6, 'The calendar office is in a.yaml already'],
    ]);
  });

  it('may not take every day off: what is left is a bounded search', () => {
    const day = (index: number) => new Date(Date.UTC(2027, 0, 1 + index)).toISOString().slice(5, 10);
    const lines = [0, 1].map((part) => {
      const days = Array.from({ length: 60 }, (_, index) => day(2 + part * 60 + index));
      return `  off-${part}: { title: { zh: 休, en: Off }, on: [${days.join(', ')}] }`;
    });
    const { problems } = readCalendar(
      soundCalendar.replace('holidays:', () => `holidays:\n${lines.join('\n')}`),
      'x',
    );
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['out-of-bounds']));
  });

  it('is never too strange to be read', () => {
    const word = fc.constantFrom(
      ...soundCalendar.split(/(?<=[\s{}[\],:])/),
      '[',
      '{',
      '- ',
      '&a ',
      '? ',
      '\n',
      '12-24',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), (words) => {
        const { definition, problems } = readCalendar(words.join(''), 'x.yaml');
        expect(definition === null).toBe(problems.some(({ severity }) => severity === 'error'));
      }),
      { numRuns: 150 },
    );
  });
});

describe('the calendars that are shipped', () => {
  it.each(['china', 'germany'])('%s reads without a problem', (name) => {
    const { definition, problems } = readCalendar(shipped(name), `${name}.yaml`);
    expect(problems).toEqual([]);
    expect(definition?.calendar).toBe(name);
  });

  it('have the hours of the tests in China', () => {
    const { definition } = readCalendar(shipped('china'), 'china.yaml');
    expect(definition).toEqual({ ...chinaOffice, title: definition?.title, note: definition?.note, assumed: true });
  });
});
