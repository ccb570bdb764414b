import { expect, it } from 'vitest';
import { laterBy } from '../../src/engine/time.ts';

it.each([
  ['2026-02-13T09:30:00.000Z', 90, 'minutes', '2026-02-13T11:00:00.000Z'],
  ['2026-02-13T23:30:00.000Z', 1, 'hours', '2026-02-14T00:30:00.000Z'],
  ['2028-02-28T09:30:00.000Z', 2, 'days', '2028-03-01T09:30:00.000Z'],
  ['2026-12-28T09:30:00.000Z', 1, 'weeks', '2027-01-04T09:30:00.000Z'],
  ['2026-01-31T09:30:00.000Z', 1, 'months', '2026-02-28T09:30:00.000Z'],
  ['2028-01-31T09:30:00.000Z', 1, 'months', '2028-02-29T09:30:00.000Z'],
  ['2026-10-31T09:30:00.000Z', 14, 'months', '2027-12-31T09:30:00.000Z'],
] as const)('%s and %i %s is %s', (from, amount, unit, expected) => {
  expect(laterBy(from, { amount, unit })).toBe(expected);
});

it('does not count working time, which takes a calendar', () => {
  expect(() => laterBy('2026-02-13T09:30:00.000Z', { amount: 1, unit: 'working days' })).toThrow('calendar');
});
