import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { newId } from '../../src/ids.ts';
import { createService } from '../../src/service/index.ts';
import type { Service } from '../../src/service/types.ts';
import { openDatabase, openStore } from '../../src/store/open-store.ts';
import { createTimers } from '../../src/workers/index.ts';
import { shippedCalendars } from '../calendar/shipped.ts';
import { admin } from './deals.ts';
import { line, median, millis, percentile, rate } from './figures.ts';
import { FILLED_AT, fillFile } from './filled-file.ts';
import { PROMISE, PROMISED_WITHIN, WARNED_BEFORE } from './promise.ts';

export interface TimerFigures {
  readonly client: TimerOptions['client'];
  /** Of other instances, not due, while everything below was measured. */
  readonly pending: number;
  /** Milliseconds of looking for what is due where nothing is. */
  readonly idle: { readonly median: number; readonly p99: number };
  /** Timers that were due at once, and those fired per second, each a command on the whole write path. */
  readonly due: number;
  readonly perSecond: number;
  /** Milliseconds from when a timer was due until it was recorded, `offered` of them due in each second. */
  readonly offered: number;
  readonly lateness: { readonly median: number; readonly p99: number; readonly most: number };
}

export interface TimerOptions {
  readonly client: 'sqlite3' | 'better-sqlite3';
  /** Instances in the file whose timers are not due. */
  readonly pending: number;
  /** Instances due at once, with a warning and a breach each. */
  readonly overdue: number;
  /** Instances that fall due one after the other, and in how many milliseconds. */
  readonly steady: number;
  readonly steadyMs: number;
  readonly looks: number;
}

export const timerDefaults: TimerOptions = {
  client: 'sqlite3',
  pending: 1_000_000,
  overdue: 10_000,
  steady: 10_000,
  steadyMs: 10_000,
  looks: 1_000,
};

/** What falls due among many that do not, through the loop that a server runs. */
export async function benchTimers(
  options: TimerOptions,
  report: (what: string) => void = () => {},
): Promise<TimerFigures> {
  const { client, pending, overdue, steady, steadyMs, looks } = options;
  const folder = mkdtempSync(join(tmpdir(), 'phasegate-timers-'));
  const url = join(folder, 'timers.db');
  await fillFile(url, pending, (done) => {
    if (done % 100_000 === 0) report(`${done.toLocaleString('en')} instances written`);
  });
  await letAllWait(url, client);
  const store = await openStore({ url, client });
  // As soon as the file was made: what its deals wait for is hours or days away.
  const begin = Date.parse(FILLED_AT) - performance.now();
  const now = () => begin + performance.now();
  const clock = { now: () => new Date(now()).toISOString() };
  const service = createService({ review: 'off', store, clock, newId, calendars: shippedCalendars });
  try {
    await service.publish(PROMISE, admin);
    const waits = await timersIn(url, client);
    const idle: number[] = [];
    for (let n = 0; n < looks; n += 1) {
      const start = performance.now();
      const { fired } = await service.fireTimers(256);
      idle.push(performance.now() - start);
      if (fired > 0) throw new Error('something was due');
    }
    report('looked where nothing was due');
    await promise(service, overdue, () => now() - 1_000);
    const start = performance.now();
    let fired = 0;
    // A warning puts in the breach that follows it, so that a batch that was not full may not have been the last.
    for (let batch = -1; batch !== 0; fired += batch) {
      const { fired: done, failed } = await service.fireTimers(256);
      if (failed.length > 0) throw failed[0];
      batch = done;
    }
    const perSecond = fired / ((performance.now() - start) / 1_000);
    if (fired !== overdue * 2) throw new Error(`${fired} timers were fired`);
    report('fired what was overdue');
    // Time to start them all before the first is warned of.
    const first = now() + WARNED_BEFORE + steady;
    let n = 0;
    const ids = await promise(service, steady, () => {
      n += 1;
      return first + (steadyMs * n) / steady;
    });
    const loop = createTimers(service, {
      onError: (error) => {
        throw error;
      },
    });
    loop.start();
    while (now() < first + steadyMs || (await timersIn(url, client)) > waits) await after(500);
    await loop.stop();
    const late = await latenessOf(url, client, ids);
    if (late.length !== steady * 2) throw new Error(`${late.length} timers were fired in their time`);
    return {
      client,
      pending: waits,
      idle: { median: median(idle), p99: percentile(idle, 99) },
      due: fired,
      perSecond,
      offered: (steady * 2) / ((steadyMs + WARNED_BEFORE) / 1_000),
      lateness: { median: median(late), p99: percentile(late, 99), most: percentile(late, 100) },
    };
  } finally {
    await service.stop();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Starts instances that are late at given times (milliseconds since 1970). */
async function promise(
  service: Pick<Service, 'start'>,
  count: number,
  due: () => number,
): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  let made = 0;
  async function work(): Promise<void> {
    while (made < count) {
      made += 1;
      const begun_at = new Date(Math.round(due()) - PROMISED_WITHIN).toISOString();
      const request = { actor: admin, requestId: newId(), ifMatch: null, idempotency: null };
      ids.add((await service.start({ process: 'promise', fields: { begun_at } }, request)).instance.id);
    }
  }
  await Promise.all(Array.from({ length: 128 }, work));
  return ids;
}

/** Deals in the middle of their way run no clock, so that each is given a timer: from a day away to four hundred. */
async function letAllWait(url: string, client: TimerOptions['client']): Promise<void> {
  const database = await openDatabase({ url, client });
  try {
    await database.writer.raw(
      `insert into timers (bucket, instance, tenant, due, what)
       select bucket, id, tenant, strftime('%Y-%m-%dT%H:%M:%S.000Z', ?, '+' || (1 + rowid % 400) || ' days'), 'breach'
       from instances`,
      [FILLED_AT],
    );
  } finally {
    await database.close();
  }
}

async function timersIn(url: string, client: TimerOptions['client']): Promise<number> {
  const database = await openDatabase({ url, client, exclusive: false });
  try {
    const [row] = await database.reader('timers').count({ n: '*' });
    return Number(Object(row).n);
  } finally {
    await database.close();
  }
}

async function latenessOf(url: string, client: TimerOptions['client'], ids: ReadonlySet<string>): Promise<number[]> {
  const database = await openDatabase({ url, client, exclusive: false });
  try {
    const rows: readonly { readonly instance: string; readonly text: string }[] = await database
      .reader('history')
      .select('history.instance', 'history.text')
      .whereIn('history.instance', database.reader('instances').select('id').where({ process: 'promise' }));
    return rows.flatMap(({ instance, text }) => {
      const { type, at, recordedAt } = Object(JSON.parse(text));
      const isOne = ids.has(instance) && (type === 'warn' || type === 'breach');
      return isOne ? [Date.parse(recordedAt) - Date.parse(at)] : [];
    });
  } finally {
    await database.close();
  }
}

export function printTimers({ client, pending, idle, due, perSecond, offered, lateness }: TimerFigures): void {
  console.log(line(`${client}, ${pending.toLocaleString('en')} pending`, 'median', 'p99', 'most'));
  console.log(line('nothing due', millis(idle.median), millis(idle.p99)));
  console.log(line(`${due.toLocaleString('en')} due at once`, rate(perSecond, 'timers')));
  const { median: middle, p99, most } = lateness;
  console.log(line(`lateness, ${rate(offered, 'due')}`, millis(middle), millis(p99), millis(most)));
}
