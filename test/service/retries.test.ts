import { describe, expect, it } from 'vitest';
import { nextTry } from '../../src/service/retries.ts';

const MINUTE = 60_000;

describe('the next try', () => {
  const since = '2026-02-13T00:00:00.000Z';
  const wait = (attempts: number, chance = 0.5, retryAfter: string | null = null, hours = 0) => {
    const now = new Date(Date.parse(since) + hours * 60 * MINUTE).toISOString();
    const at = nextTry({ now, since, attempts, retryAfter, chance });
    return at === null ? null : (Date.parse(at) - Date.parse(now)) / 1_000;
  };

  it('is later each time, a fifth more or less by chance, half a day at most', () => {
    expect([0, 1, 2, 3, 10, 12, 13, 99].map((attempts) => wait(attempts))).toEqual([
      10, 20, 40, 80, 10_240, 40_960, 43_200, 43_200,
    ]);
    expect([wait(0, 0), wait(0, 0.999_9)]).toEqual([8, 11.999]);
  });

  it('is no sooner than the receiver wishes, a day at most', () => {
    expect([
      wait(0, 0.5, '5'),
      wait(0, 0.5, '3600'),
      wait(0, 0.5, '999999999'),
      wait(0, 0.5, 'soon'),
      wait(0, 0.5, '-9'),
    ]).toEqual([10, 3_600, 86_400, 10, 10]);
    expect(wait(0, 0.5, 'Fri, 13 Feb 2026 00:10:00 GMT')).toBe(600);
  });

  it('is three days after the first at the latest, and none comes after', () => {
    expect([wait(20, 0.5, null, 70), wait(20, 0.5, null, 72), wait(0, 0.5, null, 100)]).toEqual([7_200, null, null]);
  });
});
