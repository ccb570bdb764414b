import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forkChild } from './child.ts';
import { interleaved, line, median, millis, rate, ratio, times } from './figures.ts';
import { fillFile } from './filled-file.ts';
import { postEvents } from './http.ts';
import { ADMIN_KEY, startServer } from './server.ts';

export interface BulkFigures {
  /** Events a second, medians over the rounds. */
  readonly single: number;
  readonly bulk: number;
  readonly ratio: number;
  /** Milliseconds of a bulk. */
  readonly p50: number;
  readonly p99: number;
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
    const cases = {
      single: () => postEvents(client, { ...target, connections }),
      bulk: () => postEvents(client, { ...target, connections: bulkConnections, items }),
    };
    // Whatever is compiled late is compiled before the clock runs.
    for (const warm of Object.values(cases)) await warm();
    const results = await interleaved(rounds, cases);
    const single = results('single').map(({ perSecond }) => perSecond);
    const bulk = results('bulk').map(({ perSecond }) => perSecond * items);
    return {
      single: median(single),
      bulk: median(bulk),
      ratio: ratio(bulk, single),
      p50: median(results('bulk').map(({ p50 }) => p50)),
      p99: median(results('bulk').map(({ p99 }) => p99)),
    };
  } finally {
    await client.stop();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

export function printBulk({ single, bulk, ratio: share, p50, p99 }: BulkFigures): void {
  console.log(line('', 'single calls', 'in bulk', 'ratio', 'median of a bulk', 'p99'));
  console.log(line('sqlite3', rate(single), rate(bulk), times(share), millis(p50), millis(p99)));
}
