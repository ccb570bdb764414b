import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, nextTick, openCalendar, type Recurrence, readCron } from '../../src/calendar/index.ts';
import { chinaOffice, iso, ms } from './calendars.ts';

const china = openCalendar(chinaOffice);

function recurrence(text: string, more: Partial<Recurrence> = {}): Recurrence {
  const read = readCron(text);
  if ('why' in read) throw new Error(read.why.en);
  return { cron: read.cron, zone: 'Asia/Shanghai', roll: null, calendar: china, ...more };
}

/** The ticks after an instant, on the wall clock of China unless it is another. */
function ticks(of: Recurrence, after: string, count: number): readonly string[] {
  const found: string[] = [];
  let last: number | null = ms(after);
  while (found.length < count) {
    last = nextTick(of, last);
    if (last === null) return [...found, 'never'];
    found.push(of.zone === 'Asia/Shanghai' ? iso(last + 8 * 3_600_000).slice(0, 16) : iso(last));
  }
  return found;
}

describe('a cron', () => {
  it.each([
    ['0 18 * *', /five fields/],
    ['0 18 * * * *', /five fields/],
    ['@daily', /five fields/],
    ['0 9 ? * *', /five fields/],
    ['0 9 15W * *', /five fields/],
    ['0 9 * * 1#2', /five fields/],
    ['0 9 * * monday', /five fields/],
    ['60 9 * * *', /Invalid value for minute: 60/],
    ['0 24 * * *', /Invalid value for hour: 24/],
    ['0 9 31-1 * *', /From value is larger than to value/],
    ['0 9 1 * mon', /one or both/],
    ['30 2 30 2 *', /never happen/],
    ['0 9 31 2,4,6,9,11 *', /never happen/],
    ['* * * * *', /5 minutes between two times, and here are 1/],
    ['*/4 * * * *', /here are 4/],
    ['0,59 0,23 * * *', /here are 1$/],
  ])('that is none, or never happens, or too often, is refused: %s', (text, why) => {
    const read = readCron(text);
    expect('why' in read && read.why.en).toMatch(why);
  });

  it.each(['0 18 * * *', '*/5 * * * *', '30 9 L * *', '0 9 * jan,jul mon-fri', '0 8-18/2 * * 1-5', ' 0  9 29 2 * '])(
    'of five fields is read: %s',
    (text) => {
      expect('cron' in readCron(text)).toBe(true);
    },
  );
});

describe('ticks', () => {
  it('come on every day, or on the days that are worked: the Spring Festival of 2026 and its make-up days', () => {
    const daily = '0 18 * * *';
    expect(ticks(recurrence(daily), '2026-02-13T10:00:00Z', 3)).toEqual([
      '2026-02-14T18:00',
      '2026-02-15T18:00',
      '2026-02-16T18:00',
    ]);
    expect(ticks(recurrence(daily, { roll: 'skip' }), '2026-02-13T10:00:00Z', 7)).toEqual([
      '2026-02-14T18:00',
      '2026-02-24T18:00',
      '2026-02-25T18:00',
      '2026-02-26T18:00',
      '2026-02-27T18:00',
      '2026-02-28T18:00',
      '2026-03-02T18:00',
    ]);
  });

  it('are rolled to the next day that is worked, or to the last one before', () => {
    const monthly = '0 9 1 * *';
    const next = recurrence(monthly, { roll: 'next-workday' });
    // 1 January and 1 May are holidays; 1 February and 1 March are Sundays.
    expect(ticks(next, '2025-12-31T00:00:00Z', 5)).toEqual([
      '2026-01-04T09:00',
      '2026-02-02T09:00',
      '2026-03-02T09:00',
      '2026-04-01T09:00',
      '2026-05-06T09:00',
    ]);
    expect(ticks(next, '2026-02-18T00:00:00Z', 1)).toEqual(['2026-03-02T09:00']);
    const last = recurrence('0 9 L * *', { roll: 'previous-workday' });
    expect(ticks(last, '2026-01-30T00:00:00Z', 3)).toEqual([
      '2026-01-30T09:00',
      '2026-02-28T09:00',
      '2026-03-31T09:00',
    ]);
  });

  it('that are rolled to the same moment are one', () => {
    const next = recurrence('0 9 * * *', { roll: 'next-workday' });
    expect(ticks(next, '2026-02-14T02:00:00Z', 3)).toEqual([
      '2026-02-24T09:00',
      '2026-02-25T09:00',
      '2026-02-26T09:00',
    ]);
    // In the midst of the holidays too.
    expect(ticks(next, '2026-02-20T02:00:00Z', 1)).toEqual(['2026-02-24T09:00']);
  });

  it('that the clocks leave out come when they are put forward, those that they show twice come once', () => {
    const berlin = { zone: 'Europe/Berlin', calendar: null };
    expect(ticks(recurrence('30 2 * * *', berlin), '2026-03-28T12:00:00Z', 2)).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ]);
    expect(ticks(recurrence('0,30 2 * * *', berlin), '2026-03-28T12:00:00Z', 2)).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:00:00.000Z',
    ]);
    expect(ticks(recurrence('30 2 * * *', berlin), '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ]);
  });

  it('end where there is no day that is worked', () => {
    // Sundays are worked in China on some make-up days alone, in 2026 on 4 January and 20 September.
    expect(ticks(recurrence('0 9 * * sun', { roll: 'skip' }), '2026-01-05T00:00:00Z', 1)).toEqual(['2026-09-20T09:00']);
    const never = openCalendar({ ...chinaOffice, extends: 'weekends' });
    expect(ticks(recurrence('0 9 * * sun', { roll: 'skip', calendar: never }), '2026-01-05T00:00:00Z', 1)).toEqual([
      'never',
    ]);
  });

  const crons = [
    '0 18 * * *',
    '*/30 * * * *',
    '15 2 * * *',
    '0 9 1 * *',
    '0 9 L * *',
    '0,30 1-3 * * sun',
    '0 9 29 2 *',
  ];
  const zones = ['Asia/Shanghai', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC'];
  const rolls = [null, 'skip', 'next-workday', 'previous-workday'] as const;

  it('are the same whenever one asks, one after the other, and where they are rolled on days that are worked', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...crons),
        fc.constantFrom(...zones),
        fc.constantFrom(...rolls),
        fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2026, 6) }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (text, zone, roll, from, share) => {
          const of = recurrence(text, { zone, roll });
          const first = nextTick(of, from);
          if (first === null) return;
          expect(first).toBeGreaterThan(from);
          // Between two ticks the second is the next, wherever one stands.
          expect(nextTick(of, Math.floor(from + (first - 1 - from) * share))).toBe(first);
          const second = nextTick(of, first);
          if (second === null) return;
          expect(second).toBeGreaterThan(first);
          expect(nextTick(of, Math.floor(first + (second - 1 - first) * share))).toBe(second);
          if (roll !== null) expect(china.dayAt(dayOf(zone, second)).periods).not.toEqual([]);
        },
      ),
      { numRuns: 120 },
    );
  });
});
