import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { PROMISE, PROMISED_WITHIN } from '../bench/promise.ts';
import { ask, type Server, startServer } from '../bench/server.ts';
import { freshPostgres } from '../postgres.ts';
import { publish, send } from './client.ts';
import { canSetClocks, openFakeTime } from './fake-time.ts';

if (!canSetClocks) console.warn('SKIPPED: nodes whose clocks differ; install libfaketime');

/** Nodes on one database, each with its clock set apart. */
async function startNodes(offsets: readonly string[]): Promise<readonly Server[]> {
  const folder = mkdtempSync(join(tmpdir(), 'phasegate-cluster-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const database = await freshPostgres();
  const nodes: Server[] = [];
  for (const offset of offsets) {
    const faked = openFakeTime();
    faked?.set(offset);
    const env = { ...faked?.env, PHASEGATE_DB: database };
    const node = await startServer({ file: '', client: 'sqlite3', log: join(folder, `${offset}.log`), env });
    nodes.push(node);
    onTestFinished(async () => {
      await node.stop();
      faked?.remove();
    });
  }
  return nodes;
}

interface Entry {
  readonly type: string;
  readonly at: string;
  readonly recordedAt: string;
}

async function entriesOf(node: Server, instance: string): Promise<readonly Entry[]> {
  return Object(await ask(node, 'GET', `/v1/instances/${instance}/history`)).entries;
}

it.runIf(canSetClocks)(
  'nodes whose clocks are hours apart do what time does once, when the database says',
  async () => {
    const nodes = await startNodes(['+1h', '-1h']);
    const [ahead] = nodes;
    if (ahead === undefined) throw new Error('there is no node');
    await publish(ahead, PROMISE);
    const begun = Date.now();
    const due = begun + 4_000;
    const fields = { begun_at: new Date(due - PROMISED_WITHIN).toISOString() };
    const body = { process: 'promise', fields };
    const promised = await Promise.all(
      Array.from({ length: 16 }, async (_, n) => {
        const id = await send(nodes[n % 2] ?? ahead, { key: `start-${n}`, path: '/v1/instances', body });
        return id ?? '';
      }),
    );
    const courses = () => Promise.all(promised.map((instance) => entriesOf(ahead, instance)));
    let found = await courses();
    while (Date.now() < due + 20_000 && !found.every((entries) => entries.at(-1)?.type === 'close')) {
      await after(100);
      found = await courses();
    }
    const end = Date.now();
    for (const entries of found) {
      expect(entries.map(({ type }) => type)).toEqual(['start', 'warn', 'breach', 'close']);
      const [start, warn, breach] = entries.map(({ at, recordedAt }) => ({
        at: Date.parse(at),
        recordedAt: Date.parse(recordedAt),
      }));
      expect(start?.recordedAt).toBeGreaterThanOrEqual(begun - 50);
      expect(warn).toMatchObject({ at: due - 3_000 });
      expect(breach).toMatchObject({ at: due });
      // The database is on this machine: its clock is that of the test, which nobody has set.
      expect(breach?.recordedAt).toBeGreaterThanOrEqual(due);
      expect(breach?.recordedAt).toBeLessThanOrEqual(end + 50);
    }
  },
  60_000,
);
