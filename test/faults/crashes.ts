import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import type { Accepted, VerifyResult } from '../../src/service/types.ts';
import { openDatabase } from '../../src/store/open-store.ts';
import { produceOver } from '../bench/evidence.ts';
import { ask, type Server, ServerEnded, type ServerOptions, startServer } from '../bench/server.ts';
import { random } from '../engine/random.ts';
import { check, type Findings } from './check.ts';
import { type Ledger, openLedger } from './ledger.ts';
import { createWriter } from './writer.ts';

export interface CrashOptions {
  readonly kills: number;
  readonly client: 'sqlite3' | 'better-sqlite3';
  readonly writers: number;
  readonly seed: number;
  /** Called after each kill, with what was found so far. */
  readonly report?: (kill: number, ledger: Ledger, findings: Findings) => void;
}

export interface CrashResult {
  readonly kills: number;
  /** Kills that left requests without an answer. */
  readonly underLoad: number;
  readonly requests: number;
  readonly acknowledged: number;
  readonly retried: number;
  readonly replayed: number;
  /** Of the whole database, after the last kill. */
  readonly findings: Findings;
  /** Entries whose chain the last server verified; -1: it found one broken. */
  readonly verified: number;
  /** What a second server on the same file was told. */
  readonly secondServer: string;
}

/**
 * Kills the real server again and again while clients write, on one database, and looks after each kill, while the next
 * server runs, whether everything that a client was told is there, whole and once.
 */
export async function crashAgain({ kills, client, writers, seed, report }: CrashOptions): Promise<CrashResult> {
  const folder = mkdtempSync(join(tmpdir(), 'phasegate-faults-'));
  const options: ServerOptions = { file: join(folder, 'faults.db'), client, log: join(folder, 'server.log') };
  const { integer, next } = random(seed);
  const ledger = openLedger();
  let onAnswer = () => {};
  const all = Array.from({ length: writers }, (_, number) =>
    createWriter({ number, random: random(seed * 1000 + number), ledger, onAnswer: () => onAnswer() }),
  );
  let done = 0;
  let underLoad = 0;
  let server = await startServer(options);
  try {
    await produceEvidence(server, ledger);
    for (let kill = 1; kill <= kills; kill += 1) {
      const known = ledger.acknowledged.length;
      let left = integer(writers, writers * 15);
      let killed: Promise<void> | null = null;
      const current = server;
      onAnswer = () => {
        left -= 1;
        // A little later each time: at any point of the commits that are on their way.
        if (left <= 0) killed ??= after(next() * 12).then(() => current.kill());
      };
      await Promise.all(all.map((writer) => writer.write(current.url)));
      await killed;
      const unanswered = all.map((writer) => writer.unanswered()).filter((request) => request !== null);
      if (unanswered.length > 0) underLoad += 1;
      server = await startServer(options);
      const touched = new Set(ledger.acknowledged.slice(known).map(({ instance }) => instance));
      for (const { instance } of unanswered) if (instance !== null) touched.add(instance);
      const findings = await inspect(options, ledger, touched);
      done = kill;
      report?.(kill, ledger, findings);
      if (findings.lost.length + findings.halves.length > 0) return await result();
    }
    return await result();
  } finally {
    await server.kill();
    rmSync(folder, { recursive: true, force: true });
  }

  async function result(): Promise<CrashResult> {
    // The first server must not mind the attempt: it verifies afterwards.
    const second = await secondServer(options);
    return {
      kills: done,
      underLoad,
      requests: ledger.requests.size,
      acknowledged: ledger.acknowledged.length,
      retried: ledger.retried,
      replayed: ledger.replayed,
      findings: await inspect(options, ledger, null),
      verified: await verifyAll(server),
      secondServer: second,
    };
  }
}

/** What the deals rest on: acknowledged like anything else. */
async function produceEvidence(server: Server, { requests, acknowledged }: Ledger): Promise<void> {
  await produceOver(async (path, body) => {
    const answer = (await ask(server, 'POST', path, body)) as Accepted;
    const instance = answer.instance.id;
    for (const { seq, hash, requestId } of answer.entries) {
      const text = JSON.stringify(body);
      requests.set(requestId, { requestId, path, body: text, key: null, instance, answered: true });
      acknowledged.push({ instance, seq, hash, requestId });
    }
    return answer;
  });
}

/** Looks into the file beside the server. It is closed again, so that the next server finds what a crash leaves. */
async function inspect(
  { file, client }: ServerOptions,
  ledger: Ledger,
  only: ReadonlySet<string> | null,
): Promise<Findings> {
  const database = await openDatabase({ url: file, client, exclusive: false });
  try {
    return await check(database, ledger, only);
  } finally {
    await database.close();
  }
}

/** How many entries hold together, all through the history; -1: one does not. */
export async function verifyAll(server: Server): Promise<number> {
  let entries = 0;
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? '' : `?cursor=${cursor}`;
    const page = (await ask(server, 'GET', `/v1/verify${query}`)) as VerifyResult & { readonly next: string | null };
    if (!page.ok) return -1;
    entries += page.checked;
    cursor = page.next;
  } while (cursor !== null);
  return entries;
}

async function secondServer(options: ServerOptions): Promise<string> {
  try {
    await (await startServer({ ...options, log: `${options.log}.second` })).kill();
    return 'it started';
  } catch (error) {
    if (!(error instanceof ServerEnded)) throw error;
    return `refused with exit code ${error.code}: ${error.printed.trim()}`;
  }
}
