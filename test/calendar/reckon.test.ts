import { describe, expect, it } from 'vitest';
import {
  add,
  between,
  type CalendarDefinition,
  china,
  openCalendar,
  parseDuration,
  subtract,
} from '../../src/calendar/index.ts';
import { chinaOffice, hours, iso, ms } from './calendars.ts';

const calendar = openCalendar(chinaOffice);
const berlin = openCalendar({ ...chinaOffice, zone: 'Europe/Berlin', extends: 'none' });
const wordsOf = (words: string) => parseDuration(words) ?? { amount: Number.NaN, unit: 'days' as const };

describe('add on the calendar of China', () => {
  // 9:00–12:00 and 13:30–18:00, Shanghai.
  it.each([
    ['2026-02-13T17:30+08:00', '1 working day', '2026-02-14T17:30+08:00', 'the Saturday before the festival is worked'],
    ['2026-02-13T17:30+08:00', '2 working days', '2026-02-24T17:30+08:00', 'over the Spring Festival'],
    ['2026-02-14T09:00+08:00', '1 working day', '2026-02-14T18:00+08:00', 'from opening to closing'],
    ['2026-02-14T18:00+08:00', '1 working day', '2026-02-24T18:00+08:00', 'from closing to closing'],
    ['2026-02-16T10:00+08:00', '1 working day', '2026-02-24T18:00+08:00', 'within a holiday: from the next opening'],
    ['2026-02-27T16:00+08:00', '1 working day', '2026-02-28T16:00+08:00', 'the Saturday after it is worked'],
    ['2026-02-27T16:00+08:00', '2 working days', '2026-03-02T16:00+08:00', 'and the Sunday is not'],
    ['2026-02-27T17:00+08:00', '4 working hours', '2026-02-28T12:00+08:00', 'an hour on Friday, three on Saturday'],
    ['2026-02-27T17:00+08:00', '5 working hours', '2026-02-28T14:30+08:00', 'the break does not count'],
    ['2026-02-13T21:00+08:00', '8 working hours', '2026-02-24T09:30+08:00', 'off hours: from the next opening'],
    ['2026-11-20T17:00+08:00', '4 working hours', '2026-11-23T12:00+08:00', 'Friday afternoon to Monday noon'],
    ['2025-09-26T15:00+08:00', '3 working days', '2025-09-30T15:00+08:00', 'Sunday 28 September 2025 is worked'],
    ['2025-09-30T15:00+08:00', '1 working day', '2025-10-09T15:00+08:00', 'eight days of National Day and Mid-Autumn'],
    ['2025-10-10T11:00+08:00', '2 working days', '2025-10-13T11:00+08:00', 'Saturday 11 October 2025 is worked'],
    [
      '2024-02-09T17:00+08:00',
      '1 working day',
      '2024-02-18T17:00+08:00',
      'Spring Festival 2024 ends on a worked Sunday',
    ],
    ['2024-04-30T12:30+08:00', '1 working day', '2024-05-06T12:00+08:00', 'within the break'],
    ['2026-12-30T10:00+08:00', '1 working day', '2026-12-31T10:00+08:00', 'the last known day'],
    ['2026-02-13T17:30+08:00', '7 days', '2026-02-20T17:30+08:00', 'days pass whether anybody works or not'],
    ['2026-02-13T17:30+08:00', '1 week', '2026-02-20T17:30+08:00', 'a week is seven'],
    ['2026-01-31T10:00+08:00', '1 month', '2026-02-28T10:00+08:00', 'the last day of a shorter month'],
    ['2026-02-13T17:30+08:00', '6 months', '2026-08-13T17:30+08:00', 'the same day of the month'],
    ['2026-02-13T17:30+08:00', '30 minutes', '2026-02-13T18:00+08:00', 'minutes are minutes'],
    ['2026-02-13T17:30+08:00', '48 hours', '2026-02-15T17:30+08:00', 'hours are hours'],
  ])('%s + %s = %s: %s', (from, words, to) => {
    const duration = wordsOf(words);
    expect(add(calendar, ms(from), duration)).toEqual({ at: ms(to), provisional: null });
    expect(between(calendar, ms(from), ms(to), duration.unit)).toBe(duration.amount);
    expect(between(calendar, ms(to), ms(from), duration.unit)).toBe(-duration.amount);
  });
});

describe('subtract on the calendar of China', () => {
  it.each([
    ['2026-02-24T17:30+08:00', '2 working days', '2026-02-13T17:30+08:00', 'back over the Spring Festival'],
    ['2026-02-24T09:00+08:00', '1 working day', '2026-02-14T09:00+08:00', 'from opening to opening'],
    ['2026-02-20T12:00+08:00', '1 working day', '2026-02-14T09:00+08:00', 'within a holiday: to the opening before it'],
    [
      '2026-02-24T10:00+08:00',
      '4 working hours',
      '2026-02-14T15:00+08:00',
      'an hour of today, three of the day before',
    ],
    ['2026-03-15T10:00+08:00', '1 month', '2026-02-15T10:00+08:00', 'the same day of the month'],
  ])('%s − %s = %s: %s', (from, words, to) => {
    const duration = wordsOf(words);
    expect(iso(subtract(calendar, ms(from), duration).at)).toBe(iso(ms(to)));
    expect(between(calendar, ms(to), ms(from), duration.unit)).toBe(duration.amount);
  });
});

describe('months', () => {
  it('end with a shorter month, from which the way back is another', () => {
    const [march, february] = [ms('2026-03-31T10:00+08:00'), ms('2026-02-28T10:00+08:00')];
    expect(subtract(calendar, march, wordsOf('1 month')).at).toBe(february);
    expect(add(calendar, february, wordsOf('1 month')).at).toBe(ms('2026-03-28T10:00+08:00'));
    expect(between(calendar, february, march, 'months')).toBe(1.096774);
  });
});

describe('a share of a duration', () => {
  it.each([
    ['2026-02-24T09:00+08:00', 1.5, 'working days', '2026-02-25T14:15+08:00'],
    ['2026-02-24T18:00+08:00', 0.8, 'working days', '2026-02-25T16:30+08:00'],
    ['2026-02-24T09:00+08:00', 0.5, 'working hours', '2026-02-24T09:30+08:00'],
    ['2026-02-24T09:00+08:00', 1.5, 'days', '2026-02-25T21:00+08:00'],
    ['2026-02-24T09:00+08:00', 0.5, 'minutes', '2026-02-24T09:00:30+08:00'],
    ['2026-02-24T10:00+08:00', 0, 'working days', '2026-02-24T10:00+08:00'],
  ] as const)('%s + %d %s = %s', (from, amount, unit, to) => {
    expect(iso(add(calendar, ms(from), { amount, unit }).at)).toBe(iso(ms(to)));
    expect(between(calendar, ms(from), ms(to), unit)).toBe(amount);
  });
});

describe('a day of other hours', () => {
  const special: CalendarDefinition = {
    ...chinaOffice,
    days: [
      {
        id: 'party',
        title: { zh: '年会', en: 'Party' },
        kind: 'half-day',
        on: [{ from: '2026-03-05', until: '2026-03-05' }],
        hours: hours('09:00-12:00'),
      },
    ],
  };
  const half = openCalendar(special);

  it('counts as one working day, of which a part is that part of its hours', () => {
    // 15:00 is 4.5 of 7.5 hours: three fifths, which is 10:48 of a morning of three hours.
    expect(iso(add(half, ms('2026-03-04T15:00+08:00'), wordsOf('1 working day')).at)).toBe('2026-03-05T02:48:00.000Z');
    expect(iso(add(half, ms('2026-03-04T15:00+08:00'), wordsOf('2 working days')).at)).toBe('2026-03-06T07:00:00.000Z');
  });

  it('has as many working hours as it is open', () => {
    expect(iso(add(half, ms('2026-03-04T17:00+08:00'), wordsOf('5 working hours')).at)).toBe(
      '2026-03-06T02:00:00.000Z',
    );
  });
});

describe('summer time', () => {
  it.each([
    // Berlin puts its clocks forward on 29 March 2026, and back on 25 October.
    ['2026-03-28T12:00+01:00', '1 day', '2026-03-29T12:00+02:00'],
    ['2026-10-24T12:00+02:00', '1 day', '2026-10-25T12:00+01:00'],
    ['2026-03-28T02:30+01:00', '1 day', '2026-03-29T03:00+02:00'],
    ['2026-10-24T02:30+02:00', '1 day', '2026-10-25T02:30+02:00'],
    ['2026-03-28T12:00+01:00', '24 hours', '2026-03-29T13:00+02:00'],
    ['2026-03-27T17:00+01:00', '1 working day', '2026-03-30T17:00+02:00'],
    ['2026-10-23T17:00+02:00', '2 working hours', '2026-10-26T10:00+01:00'],
  ])('%s + %s = %s', (from, words, to) => {
    expect(iso(add(berlin, ms(from), wordsOf(words)).at)).toBe(iso(ms(to)));
  });

  it('takes what a night shift really lasts', () => {
    const nights = openCalendar({
      ...chinaOffice,
      zone: 'Europe/Berlin',
      extends: 'none',
      week: Array.from({ length: 7 }, () => hours('00:00-06:00')),
    });
    const night = (day: string, next: string) => between(nights, ms(day), ms(next), 'working hours');
    expect(night('2026-03-28T00:00+01:00', '2026-03-29T00:00+01:00')).toBe(6);
    expect(night('2026-03-29T00:00+01:00', '2026-03-30T00:00+02:00')).toBe(5);
    expect(night('2026-10-25T00:00+02:00', '2026-10-26T00:00+01:00')).toBe(7);
  });
});

describe('days of which nobody knows', () => {
  it('make a result provisional, with the reason, until there is data', () => {
    const from = ms('2026-12-31T10:00+08:00');
    const moment = add(calendar, from, wordsOf('1 working day'));
    expect(moment).toEqual({
      at: ms('2027-01-01T10:00+08:00'),
      provisional: {
        firstYear: 2004,
        lastYear: 2026,
        reason: {
          zh: '节假日和调休只知道 2004–2026 年的；之外的日子按平常的一周计算，数据更新后重新计算',
          en: 'holidays and make-up workdays are known for 2004–2026 only; days outside count as in an ordinary week, to be reckoned again with newer data',
        },
      },
    });
    const newer = openCalendar(chinaOffice, {
      ...china,
      lastYear: 2027,
      holidays: new Map([...china.holidays, ['2027-01-01', { zh: '元旦', en: "New Year's Day" }]]),
    });
    expect(add(newer, from, wordsOf('1 working day'))).toEqual({ at: ms('2027-01-04T10:00+08:00'), provisional: null });
  });

  it('do not touch what passes whoever works', () => {
    expect(add(calendar, ms('2026-12-31T10:00+08:00'), wordsOf('3 months')).provisional).toBeNull();
  });

  it('are known where the file says so', () => {
    const until = openCalendar({ ...chinaOffice, knownUntil: 2027 });
    expect(add(until, ms('2026-12-31T10:00+08:00'), wordsOf('1 working day')).provisional).toBeNull();
    expect(add(until, ms('2027-12-31T10:00+08:00'), wordsOf('1 working day')).provisional?.lastYear).toBe(2027);
  });

  it('end with the years that are reckoned', () => {
    expect(() => add(calendar, ms('2100-12-31T10:00+08:00'), wordsOf('2 working days'))).toThrow(RangeError);
    expect(() => between(calendar, ms('1980-01-01T00:00Z'), 0, 'working days')).toThrow(RangeError);
    expect(() => add(calendar, Number.NaN, wordsOf('1 working day'))).toThrow(RangeError);
  });
});
