import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import type { PlanAnswer, PlanRun } from '../../src/service/types.ts';
import { ask, type Server, type ServerOptions, startServer } from '../bench/server.ts';
import { random } from '../engine/random.ts';
import { publish } from './client.ts';
import { verifyAll } from './crashes.ts';
import { type RecordedEntry, readRecorded } from './recorded.ts';

const VISIT = readFileSync(new URL('../api/visit.yaml', import.meta.url), 'utf8');
/** Its first step is called otherwise. */
const RENAMED = VISIT.replace(/^ {6}([a-z-]+):$/m, '      renamed:\n        was: $1');

export interface MigrationFaultOptions {
  readonly instances: number;
  /** Kills while instances go over, and as many while they go back. */
  readonly kills: number;
  readonly client: 'sqlite3' | 'better-sqlite3';
  readonly seed: number;
  /** Milliseconds that a server lives at most before it is killed. */
  readonly life: number;
  readonly report?: (kill: number, over: number) => void;
}

export interface MigrationFindings {
  /** Instances that did not go over, or not back. */
  readonly lost: readonly string[];
  /** Those that went over, or back, more than once. */
  readonly doubled: readonly string[];
}

export interface MigrationFaults {
  readonly kills: number;
  /** Kills that left a plan half applied or half taken back. */
  readonly underway: number;
  readonly findings: MigrationFindings;
  readonly verified: number;
}

/** Kills the real server again and again while a plan is applied by two at a time, and while it is taken back. */
export async function migrationsUnderFaults(options: MigrationFaultOptions): Promise<MigrationFaults> {
  const { instances, kills, client, seed, life, report } = options;
  const folder = mkdtempSync(join(tmpdir(), 'phasegate-faults-'));
  const server: ServerOptions = { file: join(folder, 'faults.db'), client, log: join(folder, 'server.log') };
  const { next } = random(seed);
  let running = await startServer(server);
  let made = 0;
  let underway = 0;

  /** Calls until one that nobody kills has done it all. */
  async function throughKills(type: string, call: (server: Server) => Promise<void>): Promise<void> {
    for (let kill = 1; kill <= kills; kill += 1) {
      const calls = [call(running), call(running)].map((each) => each.catch(() => {}));
      await after(next() * life);
      await running.kill();
      await Promise.all(calls);
      const { history } = await readRecorded(server, 'visit');
      const done = history.filter((entry) => entry.type === type).length;
      if (done > 0 && done < instances) underway += 1;
      made += 1;
      report?.(made, done);
      running = await startServer(server);
    }
    await Promise.all([call(running), call(running)]);
  }

  try {
    await publish(running, VISIT);
    await startAll(running, instances);
    const given = { yaml: RENAMED, moves: {}, instances: {}, only: null };
    const { plan } = (await ask(running, 'POST', '/v1/processes/visit/plan', given)) as PlanAnswer;
    await publish(running, RENAMED);
    await throughKills('migrate', (to) => everyCall(to, 'apply', { plan }));
    await throughKills('revert', (to) => everyCall(to, 'revert', { plan: plan.digest }));
    const verified = await verifyAll(running);
    const { history } = await readRecorded(server, 'visit');
    return { kills: made, underway, findings: checkMigrations(history), verified };
  } finally {
    await running.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startAll(server: Server, instances: number): Promise<void> {
  let left = instances;
  const work = async () => {
    for (; left > 0; ) {
      left -= 1;
      await ask(server, 'POST', '/v1/instances', { process: 'visit' });
    }
  };
  await Promise.all(Array.from({ length: 16 }, work));
}

async function everyCall(server: Server, what: 'apply' | 'revert', body: object): Promise<void> {
  let cursor: string | null = null;
  do {
    const run = (await ask(server, 'POST', `/v1/processes/visit/${what}`, { ...body, cursor })) as PlanRun;
    cursor = run.next;
  } while (cursor !== null);
}

/** Each instance was started, went over and went back, once. */
export function checkMigrations(
  history: readonly Pick<RecordedEntry, 'instance' | 'type' | 'accepted'>[],
): MigrationFindings {
  const stories = new Map<string, string[]>();
  for (const { instance, type, accepted } of history)
    stories.set(instance, [...(stories.get(instance) ?? []), accepted ? type : `refused ${type}`]);
  const lost: string[] = [];
  const doubled: string[] = [];
  for (const [instance, types] of stories) {
    const told = types.join(', ');
    if (told === 'start, migrate, revert') continue;
    (types.length > 3 ? doubled : lost).push(`${instance}: ${told}`);
  }
  return { lost, doubled };
}
