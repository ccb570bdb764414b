import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  bases,
  between,
  type CalendarDefinition,
  type DurationUnit,
  dayNumber,
  durationUnits,
  isWorked,
  openCalendar,
  type Period,
  segments,
  subtract,
} from '../../src/calendar/index.ts';
import { startOfDay } from '../../src/calendar/zone.ts';
import { chinaOffice, ms } from './calendars.ts';

// Zones that shift by an hour, by half an hour, at midnight, south of the equator, and not at all.
const zones = [
  'Asia/Shanghai',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Asia/Beirut',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'UTC',
];

const periods: fc.Arbitrary<readonly Period[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 2, maxLength: 6 })
  .map((quarters) => quarters.sort((a, b) => a - b))
  .map((quarters) =>
    Array.from({ length: Math.floor(quarters.length / 2) }, (_, index) => ({
      opens: (quarters[2 * index] ?? 0) * 15,
      closes: (quarters[2 * index + 1] ?? 0) * 15,
    })),
  );

const definitions: fc.Arbitrary<CalendarDefinition> = fc
  .record({
    zone: fc.constantFrom(...zones),
    extends: fc.constantFrom(...bases),
    week: fc.array(fc.oneof(fc.constant([]), periods), { minLength: 6, maxLength: 6 }),
    monday: periods,
    special: periods,
    kind: fc.constantFrom('half-day' as const, 'workday' as const, 'holiday' as const),
  })
  .map(({ zone, extends: base, week, monday, special, kind }) => ({
    ...chinaOffice,
    zone,
    extends: base,
    week: [monday, ...week],
    makeUp: monday,
    days: [
      {
        id: 'special',
        title: { zh: '特别', en: 'Special' },
        kind,
        on: [{ from: '2025-10-20', until: '2025-11-04' }, { yearly: '03-29' }],
        hours: kind === 'holiday' ? [] : special,
      },
    ],
  }));

const instants = fc.integer({ min: ms('2024-11-01T00:00Z'), max: ms('2026-12-01T00:00Z') });
const amounts: fc.Arbitrary<readonly [number, DurationUnit]> = fc.tuple(
  fc.integer({ min: 1, max: 40 }),
  fc.constantFrom(...durationUnits),
);
const working = fc.constantFrom('working days' as const, 'working hours' as const);
/**
 * Hours that may be lost on the way: none of working hours; parts of days of different length are rounded to the
 * millisecond at each landing, and from a quarter of an hour to a whole day a millisecond becomes 96.
 */
const slack = (unit: DurationUnit): number => (unit === 'working hours' ? 0 : 200 / 3_600_000);
const runs = { numRuns: 60 };

describe('the days of a zone', () => {
  it.each([...zones, 'Pacific/Apia', 'America/Sao_Paulo', 'Asia/Tehran'])('begin in %s when they do', (zone) => {
    const { table } = openCalendar({ ...chinaOffice, zone });
    // Apia left out a day at the end of 2011.
    while (table.days.first > dayNumber(2011, 1, 1)) table.grow('earlier');
    while (table.days.first + table.days.count < dayNumber(2027, 1, 1)) table.grow('later');
    const { first, count, starts } = table.days;
    const wrong = Array.from({ length: count + 1 }, (_, index) => index).filter(
      (index) => starts[index] !== startOfDay(zone, first + index),
    );
    expect(wrong).toEqual([]);
  });
});

describe('whatever the calendar, the zone and the instant', () => {
  it('what lies between an instant and the one so much later is so much', () => {
    fc.assert(
      fc.property(definitions, instants, amounts, (definition, from, [amount, unit]) => {
        const calendar = openCalendar(definition);
        const later = add(calendar, from, { amount, unit }).at;
        expect(later).toBeGreaterThan(from);
        expect(between(calendar, from, later, unit)).toBe(amount);
        expect(between(calendar, later, from, unit)).toBe(-amount);
      }),
      runs,
    );
  });

  it('subtract undoes add, and add undoes subtract, but for time in which nobody works', () => {
    fc.assert(
      fc.property(definitions, instants, fc.integer({ min: 1, max: 40 }), working, (definition, at, amount, unit) => {
        const calendar = openCalendar(definition);
        const earlier = subtract(calendar, at, { amount, unit }).at;
        expect(between(calendar, earlier, at, unit)).toBe(amount);
        const there = subtract(calendar, add(calendar, at, { amount, unit }).at, { amount, unit }).at;
        const back = add(calendar, earlier, { amount, unit }).at;
        for (const end of [there, back])
          expect(Math.abs(between(calendar, at, end, 'working hours'))).toBeLessThanOrEqual(slack(unit));
      }),
      runs,
    );
  });

  it('later starts never end earlier, and more never ends sooner', () => {
    fc.assert(
      fc.property(definitions, instants, instants, amounts, (definition, one, other, [amount, unit]) => {
        const calendar = openCalendar(definition);
        const [first, second] = [Math.min(one, other), Math.max(one, other)];
        const ends = [first, second].map((at) => add(calendar, at, { amount, unit }).at);
        // A day begun at a time that comes twice ends at one and the same.
        expect(ends[1] ?? 0).toBeGreaterThanOrEqual((ends[0] ?? 0) - (unit.startsWith('working') ? 0 : 3_600_000));
        expect(add(calendar, first, { amount: amount + 1, unit }).at).toBeGreaterThan(ends[0] ?? 0);
      }),
      runs,
    );
  });

  it('so much and then so much more is both together', () => {
    fc.assert(
      fc.property(
        definitions,
        instants,
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 30 }),
        working,
        (definition, at, one, other, unit) => {
          const calendar = openCalendar(definition);
          const step = add(calendar, add(calendar, at, { amount: one, unit }).at, { amount: other, unit }).at;
          const both = add(calendar, at, { amount: one + other, unit }).at;
          expect(Math.abs(between(calendar, step, both, 'working hours'))).toBeLessThanOrEqual(slack(unit));
        },
      ),
      runs,
    );
  });

  it('segments partition the time, and those that are worked are what lies between', () => {
    fc.assert(
      fc.property(definitions, instants, fc.integer({ min: 1, max: 60 * 86_400_000 }), (definition, from, length) => {
        const calendar = openCalendar(definition);
        const to = from + length;
        const ledger = segments(calendar, from, to);
        expect(ledger[0]?.from).toBe(from);
        expect(ledger.at(-1)?.to).toBe(to);
        ledger.forEach((segment, index) => {
          expect(segment.to).toBeGreaterThan(segment.from);
          if (index > 0) expect(segment.from).toBe(ledger[index - 1]?.to);
        });
        const worked = ledger.filter(({ kind }) => isWorked(kind)).reduce((sum, part) => sum + part.to - part.from, 0);
        expect(between(calendar, from, to, 'working hours')).toBe(Math.round((worked / 3_600_000) * 1e6) / 1e6);
      }),
      runs,
    );
  });
});
