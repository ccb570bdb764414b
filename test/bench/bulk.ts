import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forkChild } from './child.ts';
import { interleaved, line, median, millis, rate, ratio, times } from './figures.ts';
import { fillFile } from './filled-file.ts';
import { postEvents } from './http.ts';
import { ADMIN_KEY, startServer } from './server.ts';

export interface BulkFigures {
  /** Events a second in bulks, median over the rounds. */
  readonly bulk: number;
  /** Milliseconds of a bulk. */
  readonly p50: number;
  readonly p99: number;
  /** Single calls: on as many connections as the bulks, and on as many as make the server busiest. */
  readonly single: readonly SingleFigure[];
}

export interface SingleFigure {
  readonly connections: number;
  /** Events a second, median over the rounds. */
  readonly perSecond: number;
  /** How many times as many the bulks are. */
  readonly ratio: number;
}

export interface BulkOptions {
  readonly rounds: number;
  readonly seconds: number;
  /** Connections that send one event at a time. */
  readonly connections: number;
  /** Connections that send bulks, and the items of each. */
  readonly bulkConnections: number;
  readonly items: number;
  readonly deals: number;
}

export const bulkDefaults: BulkOptions = {
  rounds: 7,
  seconds: 3,
  connections: 64,
  bulkConnections: 4,
  items: 200,
  deals: 1024,
};

/** Events over HTTP in bulks against single calls, on one server, durable, all switched on. */
export async function benchBulk(options: BulkOptions): Promise<BulkFigures> {
  const { rounds, seconds, connections, bulkConnections, items, deals } = options;
  const folder = mkdtempSync(join(tmpdir(), 'phasegate-bench-'));
  const file = join(folder, 'bulk.db');
  await fillFile(file, deals);
  const client = forkChild('load-client.ts');
  const server = await startServer({ file, client: 'sqlite3', log: join(folder, 'server.log') });
  try {
    const target = { name: 'bulk', port: server.port, key: ADMIN_KEY, deals, seconds };
    const singles = [bulkConnections, connections];
    const cases = Object.fromEntries([
      ...singles.map((count) => [`${count}`, () => postEvents(client, { ...target, connections: count })] as const),
      ['bulk', () => postEvents(client, { ...target, connections: bulkConnections, items })] as const,
    ]);
    // Whatever is compiled late is compiled before the clock runs.
    for (const warm of Object.values(cases)) await warm();
    const results = await interleaved(rounds, cases);
    const bulk = results('bulk').map(({ perSecond }) => perSecond * items);
    return {
      single: singles.map((count) => {
        const single = results(`${count}`).map(({ perSecond }) => perSecond);
        return { connections: count, perSecond: median(single), ratio: ratio(bulk, single) };
      }),
      bulk: median(bulk),
      p50: median(results('bulk').map(({ p50 }) => p50)),
      p99: median(results('bulk').map(({ p99 }) => p99)),
    };
  } finally {
    await client.stop();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

export function printBulk({ single, bulk, p50, p99 }: BulkFigures): void {
  console.log(line('', 'events', 'bulk is', 'median of a bulk', 'p99'));
  console.log(line('bulks', rate(bulk, ''), '', millis(p50), millis(p99)));
  for (const { connections, perSecond, ratio: share } of single)
    console.log(line(`single calls, ${connections} connections`, rate(perSecond, ''), times(share)));
}
