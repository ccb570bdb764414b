import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bucketOf, newId } from '../../src/ids.ts';
import { sha256 } from '../../src/json.ts';
import type { Database } from '../../src/store/database.ts';
import { openDatabase, type StoreOptions, storeOn } from '../../src/store/open-store.ts';
import type { Change } from '../../src/store/types.ts';
import { startPostgres } from '../postgres.ts';

/** Events per second of one way to write, durable, in one database. */
export interface StoreFigure {
  readonly database: string;
  readonly way: string;
  readonly eventsPerSecond: number;
  /** Against one transaction per event through the query builder, in the same run. */
  readonly ratio: number;
}

const INSTANCES = 2_000;
const SECONDS = 2;
const CALLERS = 64;

const doc = JSON.stringify({
  fields: Array.from({ length: 57 }, (_, n) => ({ field: `f${n}`, value: `客户${n}`, by: 'u' })),
});
/** What an event changes of it. */
const patch = JSON.stringify({ fields: { f1: { field: 'f1', value: '客户', by: 'u' } } });
const text = JSON.stringify({ note: '商'.repeat(40), command: 'x'.repeat(560) });
const hash = sha256(text);
const at = '2026-02-13T09:30:00.000Z';

/** The deals that events are made for, round and round; every fourth event moves its deal. */
interface Deals {
  next(): Change;
}

function dealsIn(): { readonly deals: Deals; readonly born: readonly Change[] } {
  const ids = Array.from({ length: INSTANCES }, newId);
  const seqs = new Map<string, number>();
  let turn = 0;
  const sought = { type: 'complete', actor: 'ren', via: null, accepted: true, overridden: false };
  const change = (id: string, seq: number, moved: boolean): Change => ({
    row: {
      id,
      tenant: 'main',
      parent: null,
      owner: 'bench',
      team: null,
      process: 'sales',
      version: 1,
      digest: hash,
      key: id.slice(-12),
      status: 'active',
      outcome: null,
      revision: seq,
      seq,
      head: hash,
      startedAt: at,
      updatedAt: at,
    },
    snapshot: seq % 16 === 1 ? doc : null,
    position: [{ phase: 'follow-up', step: `step-${seq % 8}` }],
    expectedSeq: seq === 1 ? null : seq - 1,
    moved,
    work: {
      gone: moved ? [{ step: seq === 4 ? 'step-1' : `step-${(seq - 4) % 8}`, who: 'role:rep' }] : [],
      listed: moved || seq === 1 ? [{ step: `step-${seq % 8}`, who: 'role:rep', since: at, due: null }] : [],
    },
    cards: {
      gone: null,
      listed:
        moved || seq === 1
          ? [
              {
                slot: 0,
                phase: 'follow-up',
                step: `step-${seq % 8}`,
                shared: false,
                class: 'B',
                amount: { amount: 8_000_000, currency: 'CNY' },
                clock: 'running',
                due: at,
                words: id.slice(-12),
              },
            ]
          : [],
    },
    entries: [{ seq, recordedAt: at, text, hash, patch: seq % 16 === 1 ? null : patch, ...sought }],
    personal: [],
    evidence: [],
    correlations: { gone: [], found: [] },
    claimKey: null,
    releaseKey: null,
    idempotency: [],
    links: [],
    messages: [],
    figures: { stays: [], deadlines: [], turnedDown: [] },
  });
  const next = (): Change => {
    const id = ids[turn++ % ids.length] ?? '';
    const seq = (seqs.get(id) ?? 0) + 1;
    seqs.set(id, seq);
    return change(id, seq, seq % 4 === 0);
  };
  return { deals: { next }, born: ids.map(next) };
}

/** Runs `write` over and over for a while; returns events per second. */
async function measure(write: () => Promise<number>): Promise<number> {
  const start = performance.now();
  let events = 0;
  let elapsed = 0;
  while (elapsed < SECONDS * 1000) {
    events += await write();
    elapsed = performance.now() - start;
  }
  return (events / elapsed) * 1000;
}

/** What one would write by hand: read, check, update and append in a transaction per event. */
async function naive({ writer }: Database, change: Change): Promise<void> {
  const { row, entries } = change;
  const place = { bucket: bucketOf(row.id), id: row.id };
  await writer.transaction(async (transaction) => {
    const stored = await transaction('instances').where(place).first();
    if (stored?.seq !== change.expectedSeq) throw new Error('stale');
    await transaction('instances')
      .where({ ...place, seq: change.expectedSeq })
      .update({ revision: row.revision, seq: row.seq, head: row.head, updated_at: row.updatedAt });
    const owner = { bucket: place.bucket, instance: row.id };
    await transaction('snapshots').where(owner).update({ seq: row.seq, doc });
    if (change.moved) {
      await transaction('positions').where(owner).delete();
      await transaction('positions').insert(change.position.map((position) => ({ ...owner, ...position })));
    }
    await transaction('history').insert(
      entries.map((entry) => ({
        ...owner,
        seq: entry.seq,
        recorded_at: entry.recordedAt,
        text: entry.text,
        hash: entry.hash,
      })),
    );
  });
}

async function figuresOf(name: string, options: StoreOptions): Promise<readonly StoreFigure[]> {
  const database = await openDatabase(options);
  const store = storeOn(database);
  try {
    await store.migrate();
    const { deals, born } = dealsIn();
    for (let from = 0; from < born.length; from += 250) await store.commit(born.slice(from, from + 250));
    const committed = async (size: number) => {
      const results = await store.commit(Array.from({ length: size }, () => deals.next()));
      if (results.some((result) => result !== 'ok')) throw new Error('a benchmark commit was refused');
      return size;
    };
    const byHand = await measure(async () => {
      await Promise.all(Array.from({ length: CALLERS }, () => naive(database, deals.next())));
      return CALLERS;
    });
    const one = await measure(() => committed(1));
    const many = await measure(() => committed(CALLERS));
    const figure = (way: string, eventsPerSecond: number): StoreFigure => ({
      database: name,
      way,
      eventsPerSecond,
      ratio: eventsPerSecond / byHand,
    });
    return [
      figure('a transaction per event, query builder', byHand),
      figure('commit, batches of 1', one),
      figure(`commit, batches of ${CALLERS}`, many),
    ];
  } finally {
    await store.close();
  }
}

/** Measures `commit` on every database; `only` picks one, `options` vary it. */
export async function benchStore(only?: string, options: Partial<StoreOptions> = {}): Promise<readonly StoreFigure[]> {
  const figures: StoreFigure[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'phasegate-bench-'));
  try {
    for (const client of ['sqlite3', 'better-sqlite3'] as const) {
      if (only !== undefined && only !== client) continue;
      figures.push(...(await figuresOf(client, { url: join(folder, `${client}.db`), client, ...options })));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (only === undefined || only === 'postgres') {
    const server = await startPostgres({ durable: true });
    try {
      figures.push(...(await figuresOf('postgres', { url: await server.freshDatabase() })));
    } finally {
      await server.stop();
    }
  }
  return figures;
}

/** One line per figure. */
export function printStore(figures: readonly StoreFigure[]): void {
  for (const { database, way, eventsPerSecond, ratio } of figures)
    console.log(
      `${database.padEnd(15)} ${way.padEnd(40)} ${Math.round(eventsPerSecond).toString().padStart(7)} events/s ${ratio.toFixed(1).padStart(6)} ×`,
    );
}
