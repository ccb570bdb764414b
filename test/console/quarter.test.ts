import { expect, it } from 'vitest';
import { instantsOf, lastQuarter, thisQuarter } from '../../src/console/parts/quarter.ts';

it.each([
  ['2026-11-29T12:00', '2026-07-01', '2026-09-30', '2026-10-01'],
  ['2026-01-01T00:00', '2025-10-01', '2025-12-31', '2026-01-01'],
  ['2024-05-31T23:59', '2024-01-01', '2024-03-31', '2024-04-01'],
])('the quarter before %s is from %s to %s', (now, since, until, first) => {
  expect(lastQuarter(new Date(now))).toEqual({ since, until });
  expect(thisQuarter(new Date(now))).toEqual({ since: first, until: now.slice(0, 10) });
});

it('a period ends with its last day', () => {
  const { since, until } = instantsOf({ since: '2026-02-28', until: '2026-02-28' });
  expect([new Date(since), new Date(until)]).toEqual([new Date('2026-02-28T00:00'), new Date('2026-03-01T00:00')]);
});
