import { expect, it } from 'vitest';
import { canSetClocks } from './fake-time.ts';
import { messagesUnderFaults } from './messages.ts';

// `npm run faults -- messages` makes 50 kills. The retries of a day pass in seconds on a clock that is set.
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
