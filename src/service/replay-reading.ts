import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EntryDraft } from '../engine/types.ts';
import type { ReplayPlace, ReplayQuery, ReplayRow, Store } from '../store/types.ts';
import { type RecordedInstance, recordedInstance } from './recorded-instance.ts';

/** Entries that are in memory at a time, about, and decided without giving anybody else a turn. */
const PART = 500;
/** Instances that are listed, and histories that are read, at a time. */
const PAGE = 250;

/** An instance with the next part of its history; `isLast`: there is no more of it. */
export interface ReadPart {
  readonly subject: RecordedInstance;
  readonly entries: readonly EntryDraft[];
  readonly isLast: boolean;
}

/** The histories of a period, instance by instance, the next being read while one is worked on. */
export async function* readHistories(store: Store, query: ReplayQuery): AsyncGenerator<readonly ReadPart[]> {
  let ahead: Promise<readonly ReadPart[]> | null = null;
  for await (const rows of partsOf(store, query)) {
    const last = ahead;
    const [long] = rows;
    if (long !== undefined && long.seq > PART) {
      ahead = null;
      if (last !== null) yield await last;
      yield* readLong(store, long);
      continue;
    }
    ahead = readWhole(store, rows);
    // Whoever waits for it asks soon enough; that it failed is known then.
    ahead.catch(() => {});
    if (last !== null) yield await last;
    await nextTurn();
  }
  if (ahead !== null) yield await ahead;
}

/** Instances in their order, in parts of about so many entries; what has more is a part of its own. */
async function* partsOf(store: Store, query: ReplayQuery): AsyncGenerator<readonly ReplayRow[]> {
  let place: ReplayPlace | null = null;
  for (;;) {
    const rows: readonly ReplayRow[] = await store.replayInstances(query, place, PAGE);
    let part: ReplayRow[] = [];
    let size = 0;
    for (const row of rows) {
      if (part.length > 0 && size + row.seq > PART) {
        yield part;
        part = [];
        size = 0;
      }
      part.push(row);
      size += row.seq;
    }
    if (part.length > 0) yield part;
    place = rows.at(-1) ?? null;
    if (rows.length < PAGE) return;
  }
}

async function readWhole(store: Store, rows: readonly ReplayRow[]): Promise<readonly ReadPart[]> {
  const found = new Map((await store.replayHistories(rows.map(({ id }) => id))).map((row) => [row.instance, row]));
  return rows.flatMap((row) => {
    const history = found.get(row.id);
    if (history === undefined) return [];
    const subject = recordedInstance(row, history.personal);
    return [{ subject, entries: subject.read(history.lines), isLast: true }];
  });
}

async function* readLong(store: Store, row: ReplayRow): AsyncGenerator<readonly ReadPart[]> {
  const [stored] = await store.loadInstances([row.id]);
  const subject = recordedInstance(row, stored?.personal ?? []);
  for (let after = 0; after < row.seq; ) {
    const rows = await store.history(row.id, after, PART);
    const lines = rows.map(({ text, patch }) => `${text}\n${patch ?? ''}`).join('\n');
    if (rows.length === 0) return;
    const entries = subject.read(lines);
    after = rows.at(-1)?.seq ?? row.seq;
    yield [{ subject, entries, isLast: after >= row.seq }];
    subject.forget(entries[0]?.seq ?? 0);
  }
}
