import { expect, it } from 'vitest';
import { checkMigrations, migrationsUnderFaults } from './migrations.ts';

// `npm run faults -- migrations` makes 50 kills, and as many while the plan is taken back.

it('takes each instance over and back once, however often it is killed', async () => {
  const size = { instances: 600, kills: 2, life: 500 };
  const result = await migrationsUnderFaults({ ...size, client: 'sqlite3', seed: 42 });
  expect(result.findings).toEqual({ lost: [], doubled: [] });
  expect(result).toMatchObject({ kills: 4 });
  expect(result.verified).toBeGreaterThanOrEqual(1_800);
});

it('would see who went over twice, or not', () => {
  const entry = (instance: string, type: string) => ({ instance, type, accepted: true });
  const sound = ['start', 'migrate', 'revert'];
  const told = [
    ...sound.map((type) => entry('a', type)),
    entry('b', 'start'),
    ...[...sound, 'migrate'].map((type) => entry('c', type)),
  ];
  expect(checkMigrations(told)).toEqual({ lost: ['b: start'], doubled: ['c: start, migrate, revert, migrate'] });
});
