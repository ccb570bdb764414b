import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Jump, remoteClock, steadyClock } from '../src/clock.ts';
import { newId } from '../src/ids.ts';
import { createService } from '../src/service/index.ts';
import { ADMIN } from './engine/process.ts';
import { request, setup } from './service/setup.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.parse('2026-02-13T09:30:00.000Z');

/** A steady clock on a machine whose time passes and whose wall clock is set, each by hand. */
function machine() {
  let passed = 5_000;
  let wall = START;
  const jumps: Jump[] = [];
  const clock = steadyClock({ wall: () => wall, monotonic: () => passed, onJump: (jump) => jumps.push(jump) });
  return {
    clock,
    jumps,
    pass(ms: number) {
      passed += ms;
      wall += ms;
    },
    set(ms: number) {
      wall += ms;
    },
    /** Milliseconds since the start. */
    get now() {
      return Date.parse(clock.now()) - START;
    },
  };
}

it('goes on as time passes, and follows a clock that is kept right', () => {
  const it = machine();
  it.pass(HOUR);
  expect(it.now).toBe(HOUR);
  it.set(-900);
  expect(it.now).toBe(HOUR - 900);
  it.set(1_900);
  expect([it.now, it.jumps]).toEqual([HOUR + 1_000, []]);
});

it.each([
  ['an hour ahead', HOUR],
  ['an hour back', -HOUR],
  ['thirty days ahead', 30 * DAY],
])('takes no notice of a clock that is set %s and put right again', (_, by) => {
  const it = machine();
  it.set(by);
  expect(it.now).toBe(0);
  it.pass(9 * MINUTE);
  expect(it.now).toBe(9 * MINUTE);
  it.set(-by);
  it.pass(MINUTE);
  expect(it.now).toBe(10 * MINUTE);
  expect(it.jumps).toEqual([
    { by, state: 'noticed' },
    { by, state: 'undone' },
  ]);
});

it('takes over what has stood for ten minutes, and begins to count anew when it is set once more', () => {
  const it = machine();
  it.set(HOUR);
  expect(it.now).toBe(0);
  it.pass(9 * MINUTE);
  it.set(HOUR);
  expect(it.now).toBe(9 * MINUTE);
  it.pass(9 * MINUTE);
  expect(it.now).toBe(18 * MINUTE);
  it.pass(MINUTE);
  expect(it.now).toBe(19 * MINUTE + 2 * HOUR);
  expect(it.jumps).toEqual([
    { by: HOUR, state: 'noticed' },
    { by: 2 * HOUR, state: 'noticed' },
    { by: 2 * HOUR, state: 'believed' },
  ]);
});

it('lets nothing happen early under a server whose clock is set', async () => {
  const { store, service: first } = await setup();
  await first.publish(
    `process: task
title: { zh: 任务, en: Task }
subject: task
roles: { clerk: { title: { zh: 办事员, en: Clerk } } }
outcomes: { done: { title: { zh: 完成, en: Done } } }
phases:
  do:
    title: { zh: 办理, en: Do }
    steps: { it: { title: { zh: 办理, en: Do it }, sla: { within: 2 hours }, milestone: done } }
`,
    ADMIN,
  );
  const { clock, pass, set } = machine();
  const service = createService({ store, clock, newId });
  const { instance } = await service.start({ process: 'task', fields: {} }, request());
  const fired: number[] = [];
  const look = async () => fired.push((await service.fireTimers(9)).fired);
  for (const by of [HOUR, -HOUR, 30 * DAY, -30 * DAY, -HOUR, HOUR]) {
    set(by);
    await look();
    pass(MINUTE);
    await look();
  }
  pass(2 * HOUR);
  await look();
  await look();
  expect(fired).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
  const { entries } = await service.history(instance.id, 0, 9, ADMIN);
  expect(
    entries.map(({ type, at, recordedAt }) => [type, Date.parse(at) - START, Date.parse(recordedAt) - START]),
  ).toEqual([
    ['start', 0, 0],
    ['breach', 2 * HOUR, 2 * HOUR + 6 * MINUTE],
  ]);
  await service.stop();
});

/** A clock on another machine that goes by itself, and ways there and back of any length. */
function elsewhere(offset: number) {
  let passed = 5_000;
  let ahead = offset;
  let ways: readonly [there: number, back: number] = [0, 0];
  return {
    ask: async () => {
      passed += ways[0];
      const told = passed + ahead;
      passed += ways[1];
      return told;
    },
    monotonic: () => passed,
    pass: (ms: number) => {
      passed += ms;
    },
    set: (ms: number) => {
      ahead += ms;
    },
    travel: (there: number, back: number) => {
      ways = [there, back];
    },
    get truth() {
      return passed + ahead;
    },
  };
}

it('knows the time of another machine to within a way there and back, whatever its own clock', async () => {
  const way = fc.integer({ min: 0, max: 5_000 });
  const look = fc.record({ there: way, back: way, drift: fc.integer({ min: -20, max: 20 }) });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: -1e12, max: 1e12 }), fc.array(look, { minLength: 1 }), async (offset, looks) => {
      const there = elsewhere(offset);
      const clock = await remoteClock(there.ask, there.monotonic);
      expect(clock.wall()).toBe(there.truth);
      for (const { there: away, back, drift } of looks) {
        there.pass(10_000);
        there.set(drift);
        there.travel(away, back);
        await clock.look();
        expect(Math.abs(clock.wall() - there.truth)).toBeLessThanOrEqual(away + back);
      }
    }),
  );
});

it('follows what the way there and back does not explain, and is not moved by a slow answer', async () => {
  const there = elsewhere(START);
  const clock = await remoteClock(there.ask, there.monotonic);
  const error = () => clock.wall() - there.truth;
  there.travel(0, 4_000);
  await clock.look();
  expect(error()).toBe(0);
  there.set(60_000);
  await clock.look();
  expect(error()).toBe(-2_000);
  there.travel(1, 1);
  await clock.look();
  expect(error()).toBe(0);
  there.set(1);
  await clock.look();
  expect(error()).toBe(-1);
});

it('goes on with the time that passes while the other machine does not answer', async () => {
  const there = elsewhere(START);
  let isThere = true;
  const ask = async () => {
    if (!isThere) throw new Error('gone');
    return there.ask();
  };
  const clock = await remoteClock(ask, there.monotonic);
  isThere = false;
  there.pass(HOUR);
  await expect(clock.look()).rejects.toThrow('gone');
  expect(clock.wall()).toBe(there.truth);
});
