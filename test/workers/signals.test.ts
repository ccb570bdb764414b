import { expect, test } from 'vitest';
import { createSignalRetention, createSignals } from '../../src/workers/index.ts';

test('looks at signals again while a batch was full, and tells what failed', async () => {
  const told: unknown[] = [];
  const answers = [
    { more: true, failed: [] },
    { more: false, failed: ['x'] },
  ];
  let asked = 0;
  const service = {
    settleSignals: async () => answers[asked++] ?? { more: false, failed: [] },
    whenAwaited: () => {},
  };
  await createSignals(service, { onError: (error, name) => told.push([error, name]) }).runOnce();
  expect([asked, told]).toEqual([2, [['x', 'signals']]]);
});

test('forgets in batches until one is not full', async () => {
  const counts = [1_000, 3];
  const asked: number[] = [];
  const service = {
    forgetSignals: async (limit: number) => {
      asked.push(limit);
      return counts.shift() ?? 0;
    },
  };
  await createSignalRetention(service, { onError: () => {} }).runOnce();
  expect(asked).toEqual([1_000, 1_000]);
});
