import { expect, it } from 'vitest';
import { timersUnderFaults } from './timers.ts';

// `npm run faults -- timers` makes 50 kills.

it('does what time does once and not before, killed and with its clock set meanwhile', async () => {
  const size = { timers: 60, kills: 3, late: [3_200, 6_000], life: 1_200, lastMessages: 100 } as const;
  const result = await timersUnderFaults({ ...size, client: 'sqlite3', seed: 42 });
  expect(result.findings).toMatchObject({ lost: [], early: [], doubled: [] });
  expect(result).toMatchObject({ started: 60, isSigned: true });
  expect(result.verified).toBeGreaterThanOrEqual(240);
  expect(result.jumps > 0).toBe(result.canJump);
});
