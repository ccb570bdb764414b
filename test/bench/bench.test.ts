import { describe, expect, it } from 'vitest';
import { hasBrowser } from '../e2e/browser.ts';
import { freshPostgres } from '../postgres.ts';
import { benchApply, benchPostgres } from './apply.ts';
import { benchBoard } from './board.ts';
import { benchBulk } from './bulk.ts';
import { benchCalendar } from './calendar.ts';
import { benchCheck } from './check.ts';
import { benchDecide } from './decide.ts';
import { benchHttp } from './http.ts';
import { benchOutbox } from './outbox.ts';
import { benchPlan } from './plan.ts';
import { benchReplay } from './replay.ts';
import { benchScale } from './scale.ts';
import { benchScenarios } from './scenarios.ts';
import { benchTimers } from './timers.ts';
import { benchTyping } from './typing.ts';

// That every benchmark runs and that what it sends is accepted; how fast is asserted nowhere, since machines differ.

const quick = { rounds: 1, seconds: 0.1 };
const positive = expect.toSatisfy((value: unknown) => typeof value === 'number' && value > 0);

describe('the benchmarks', () => {
  it('time decide and explain', () => {
    expect(benchDecide({ rounds: 1, calls: 3 })).toEqual(
      ['complete', 'advance', 'advance, refused', 'explain (every action)'].map((what) => ({
        what,
        median: positive,
        p99: positive,
      })),
    );
  });

  it('try scenarios, and small changes of their process', () => {
    expect(benchScenarios({ rounds: 1, every: 50 })).toEqual({
      scenarios: positive,
      perSecond: positive,
      read: positive,
      mutants: positive,
      mutantsPerSecond: positive,
    });
  });

  it('open the board of many deals', async () => {
    const usable = hasBrowser ? positive : Number.NaN;
    const figure = { usable, counts: positive, column: positive, filtered: positive };
    expect(await benchBoard({ small: 3, large: 60, rounds: 1 })).toEqual([
      { deals: 3, ...figure },
      { deals: 60, ...figure },
    ]);
  });

  it('reckon with a calendar', () => {
    const figures = { addDays: positive, addHours: positive, between: positive, opening: positive };
    expect(benchCalendar({ calls: 1_000 })).toEqual(figures);
  });

  it('check files with the built program', async () => {
    expect(await benchCheck({ runs: 1, steps: 30 })).toEqual([
      { file: 'node -e 0', median: positive, best: positive, ratio: 1 },
      { file: 'processes/sales.yaml', median: positive, best: positive, ratio: positive },
      { file: '30 steps', median: positive, best: positive, ratio: positive },
    ]);
  });

  it.runIf(hasBrowser)('type in the editor', async () => {
    const some = expect.any(Number);
    expect(await benchTyping({ keys: 2 })).toEqual({ median: positive, p95: positive, longTasks: some, longest: some });
  });

  it('compare the service with a loop written by hand, on SQLite and PostgreSQL', async () => {
    const options = { ...quick, callers: 4 };
    const figures = [...(await benchApply(options)), ...(await benchPostgres(options, freshPostgres))];
    expect(figures).toEqual(
      ['sqlite3', 'better-sqlite3', 'postgres'].map((database) => ({
        database,
        service: positive,
        byHand: positive,
        ratio: positive,
      })),
    );
  });

  it('compare the server with a bare echo over HTTP', async () => {
    const figures = await benchHttp({ ...quick, connections: 4, deals: 16 });
    expect(figures.map(({ server, perSecond, bytes }) => ({ server, perSecond, bytes }))).toEqual(
      ['sqlite3', 'better-sqlite3', 'bare Express'].map((server) => ({ server, perSecond: positive, bytes: positive })),
    );
  });

  it('compare bulks with single calls over HTTP', async () => {
    const figures = await benchBulk({ ...quick, connections: 4, bulkConnections: 2, items: 10, deals: 16 });
    expect(figures).toEqual({
      bulk: positive,
      p50: positive,
      p99: positive,
      single: [2, 4].map((connections) => ({ connections, perSecond: positive, ratio: positive })),
    });
  });

  it('plan a version for open deals, take them over and back', async () => {
    const figures = { instances: 3, planMs: positive, applyMs: positive, revertMs: positive };
    expect(await benchPlan({ client: 'sqlite3', instances: 3 })).toEqual(figures);
  });

  it('deliver what waits in an outbox', async () => {
    expect(await benchOutbox({ instances: 3, messages: 2 })).toEqual(
      ['sqlite3', 'better-sqlite3'].map((client) => ({ client, messages: 6, perSecond: positive })),
    );
  });

  it('fire what is due among what is not', async () => {
    const size = { pending: 20, overdue: 4, steady: 4, steadyMs: 100, looks: 3 };
    expect(await benchTimers({ client: 'sqlite3', ...size })).toEqual({
      client: 'sqlite3',
      pending: 20,
      idle: { median: positive, p99: positive },
      due: 8,
      perSecond: positive,
      offered: positive,
      lateness: { median: positive, p99: positive, most: positive },
    });
  });

  it('replay what a file was filled with', async () => {
    const figures = await benchReplay({ deals: 30, rounds: 1 });
    const [same, stricter] = [
      { candidate: 'the same', entries: 300, differences: 0, perSecond: positive, memory: positive },
      { candidate: 'a stricter gate', entries: 300, differences: 30, perSecond: positive, memory: positive },
    ];
    expect(figures).toEqual(
      ['sqlite3', 'better-sqlite3'].flatMap((client) => [
        { client, ...same },
        { client, ...stricter },
      ]),
    );
  });

  it('fill a file whose histories hold, and compare it with a smaller one', async () => {
    const figures = await benchScale({ client: 'better-sqlite3', small: 64, large: 128, ...quick, pages: 2 });
    expect(figures).toMatchObject({ instances: 128, idle: positive, verified: positive });
    expect(figures.verified).toBeGreaterThanOrEqual(500);
    expect(figures.events.map(({ connections, large }) => [connections, large])).toEqual([
      [1, positive],
      [64, positive],
    ]);
    expect(figures.lists).toHaveLength(11);
    expect(figures.lists[0]).toEqual({ list: 'instances', filter: '(none)', median: positive, p99: positive });
  });
});
