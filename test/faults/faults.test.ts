import { describe, expect, it } from 'vitest';
import { crashAgain } from './crashes.ts';
import { canSetClocks } from './fake-time.ts';
import { messagesUnderFaults } from './messages.ts';
import { checkMigrations, migrationsUnderFaults } from './migrations.ts';
import { timersUnderFaults } from './timers.ts';

// A few kills; `npm run faults` makes 200, and `npm run faults -- timers`, `messages` or `migrations` 50.

describe.each(['sqlite3', 'better-sqlite3'] as const)('a server on %s that is killed while clients write', (client) => {
  it('loses nothing it has answered, leaves nothing half, and holds its file alone', async () => {
    const result = await crashAgain({ kills: 3, client, writers: 8, seed: 42 });
    expect(result.findings).toMatchObject({ lost: [], halves: [] });
    expect(result).toMatchObject({ kills: 3, underLoad: 3, verified: result.findings.entries });
    expect(result.acknowledged).toBeGreaterThan(24);
    expect(result.secondServer).toMatch(/^refused with exit code 1:.*in use by another phasegate server/s);
  });
});

it('does what time does once and not before, killed and with its clock set meanwhile', async () => {
  const size = { timers: 60, kills: 3, late: [3_200, 6_000], life: 1_200, lastMessages: 100 } as const;
  const result = await timersUnderFaults({ ...size, client: 'sqlite3', seed: 42 });
  expect(result.findings).toMatchObject({ lost: [], early: [], doubled: [] });
  expect(result).toMatchObject({ started: 60, isSigned: true });
  expect(result.verified).toBeGreaterThanOrEqual(240);
  expect(result.jumps > 0).toBe(result.canJump);
});

it('takes each instance over and back once, however often it is killed', async () => {
  const size = { instances: 600, kills: 2, life: 500 };
  const result = await migrationsUnderFaults({ ...size, client: 'sqlite3', seed: 42 });
  expect(result.findings).toEqual({ lost: [], doubled: [] });
  expect(result).toMatchObject({ kills: 4 });
  expect(result.verified).toBeGreaterThanOrEqual(1_800);
});

it('would see who went over twice, or not', () => {
  const entry = (instance: string, type: string) => ({ instance, type, accepted: true });
  const sound = ['start', 'migrate', 'revert'].map((type) => entry('a', type));
  const found = checkMigrations([
    ...sound,
    entry('b', 'start'),
    ...sound.map(({ type }) => entry('c', type)),
    entry('c', 'migrate'),
  ]);
  expect(found).toEqual({ lost: ['b: start'], doubled: ['c: start, migrate, revert, migrate'] });
});

// The retries of a day pass in seconds on a clock that is set.
if (!canSetClocks) console.warn('SKIPPED: messages under faults; install libfaketime');

it.runIf(canSetClocks)(
  'delivers everything in order to a receiver that fails, hangs and resets, killed meanwhile',
  async () => {
    const size = { messages: 64, subscriptions: 2, entries: 2, kills: 3, life: 400 };
    const result = await messagesUnderFaults({ ...size, client: 'sqlite3', seed: 42 });
    expect(result?.findings).toEqual({ lost: [], overtaking: [], changed: [], unsigned: [] });
    expect(result).toMatchObject({ entries: 32, messages: 64 });
    expect(result?.verified).toBeGreaterThanOrEqual(32);
  },
  180_000,
);
