import { expect, test } from 'vitest';
import { createLoop, createRetention } from '../../src/workers/index.ts';

function setup(answers: readonly (boolean | Error)[]) {
  let calls = 0;
  let inside = 0;
  const errors: unknown[] = [];
  const loop = createLoop({
    name: 'test',
    everyMs: 3_600_000,
    onError: (error, name) => errors.push([name, error]),
    runOnce: async () => {
      inside += 1;
      expect(inside).toBe(1);
      const answer = answers[calls] ?? false;
      calls += 1;
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  return { loop, errors, calls: () => calls };
}

test('repeats while a batch is full', async () => {
  const { loop, calls } = setup([true, true, false, true]);
  await loop.runOnce();
  expect(calls()).toBe(3);
});

test('never runs twice at once', async () => {
  const { loop, calls } = setup([true, false]);
  await Promise.all([loop.runOnce(), loop.runOnce(), loop.runOnce()]);
  expect(calls()).toBe(2);
});

test('bounds the batches of one run', async () => {
  const { loop, calls } = setup(Array.from({ length: 1_000 }, () => true));
  await loop.runOnce();
  expect(calls()).toBe(100);
});

test('reports a failed batch and runs again', async () => {
  const failure = new Error('the database is away');
  const { loop, errors, calls } = setup([failure, true, false]);
  await loop.runOnce();
  expect(errors).toEqual([['test', failure]]);
  await loop.runOnce();
  expect(calls()).toBe(3);
});

test('starts at once and waits for the run under way when it stops', async () => {
  const { loop, calls } = setup([true, true, true, true]);
  loop.start();
  loop.start();
  await loop.stop();
  expect(calls()).toBe(1);
});

test('retention asks for batches of at most 1,000 until one is not full', async () => {
  const asked: number[] = [];
  const left = [1_000, 1_000, 7];
  const service = { forgetIdempotent: async (limit: number) => left[asked.push(limit) - 1] ?? 0 };
  const failures: unknown[] = [];
  await createRetention(service, { onError: (error) => failures.push(error) }).runOnce();
  expect({ asked, failures }).toEqual({ asked: [1_000, 1_000, 1_000], failures: [] });
});

test('is woken before its time; a run under way is followed by one more', async () => {
  const { loop, calls } = setup([]);
  loop.wake();
  expect(calls()).toBe(0);
  loop.start();
  loop.wake();
  loop.wake();
  while (calls() < 2) await new Promise((resolve) => setImmediate(resolve));
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(calls()).toBe(2);
  loop.wake();
  while (calls() < 3) await new Promise((resolve) => setImmediate(resolve));
  await loop.stop();
  loop.wake();
  await new Promise((resolve) => setImmediate(resolve));
  expect(calls()).toBe(3);
});
