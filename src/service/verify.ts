import type { Actor } from '../engine/types.ts';
import type { AuditedInstance, HistoryPlace, HistoryRow } from '../store/types.ts';
import { ChainCheck } from './chain.ts';
import type { ServiceContext } from './context.ts';
import { badCursor } from './cursor.ts';
import { noInstance } from './not-found.ts';
import { isOperator } from './operator.ts';
import { strayRows } from './row-check.ts';
import { seenInstance } from './sight.ts';
import { type StraySought, straySought } from './sought-check.ts';
import type { VerifyResult } from './types.ts';

/** Behind every entry. */
const MOST_SEQ = 2 ** 31 - 1;
/** Entries read at a time. */
const CHUNK = 1000;
/** Instances checked by one call of `verifyAll`. */
const PAGE = 250;
/**
 * Checks the whole chain of one instance, also while it is written: first as far as its head was when we began, which
 * must hold to the letter, then what has come since, which the head must have followed.
 */
async function verifyChain(context: ServiceContext, id: string): Promise<VerifyResult> {
  const { store } = context;
  const check = new ChainCheck(id);
  const began = await headOf(store, id);
  if (began !== null) {
    const found = await followChain(store, check, began.seq);
    if (found !== null) return found;
    const why = check.end(began);
    if (why !== null) return broken(check, check.seq, why);
  }
  const found = await followChain(store, check, MOST_SEQ);
  if (found !== null) return found;
  if (began === null && check.seq === 0) throw noInstance(id);
  const now = check.seq === began?.seq ? began : await headOf(store, id);
  const why = now !== null && now.seq >= check.seq ? null : check.end(now);
  if (why !== null) return broken(check, check.seq, why);
  const stray = now === null ? null : await strayRows(context, [now]);
  if (stray !== null) return broken(check, check.seq, stray.why);
  const unfound = await unfoundIn(context, check);
  return unfound === null ? { ok: true, checked: check.seq, broken: null } : broken(check, unfound.seq, unfound.why);
}

/** The first entry of a chain that holds which a search would not find as it is. */
async function unfoundIn(context: ServiceContext, { instance, seq }: ChainCheck): Promise<StraySought | null> {
  for (let after = 0; after < seq; after += CHUNK) {
    const rows = await context.store.history(instance, after, Math.min(CHUNK, seq - after));
    const stray = await straySought(context, rows);
    if (stray !== null) return stray;
  }
  return null;
}

/** The same for who sees the instance; where its row is gone only an operator is told so. Null: who holds the database. */
export async function verifyInstance(context: ServiceContext, id: string, actor: Actor | null): Promise<VerifyResult> {
  if (actor !== null && !(isOperator(actor) && (await headOf(context.store, id)) === null)) {
    await seenInstance(context, id, actor);
  }
  return verifyChain(context, id);
}

function headOf(store: ServiceContext['store'], id: string): Promise<AuditedInstance | null> {
  return store.auditInstance(id);
}

/** Reads a chain on to an entry, or to its present end before that; the first entry that does not hold, or null. */
async function followChain(
  store: ServiceContext['store'],
  check: ChainCheck,
  to: number,
): Promise<VerifyResult | null> {
  while (check.seq < to) {
    const size = Math.min(CHUNK, to - check.seq);
    const rows = await store.history(check.instance, check.seq, size);
    for (const row of rows) {
      const why = check.next(row);
      if (why !== null) return broken(check, row.seq, why);
    }
    if (rows.length < size) return null;
  }
  return null;
}

type Why = NonNullable<ReturnType<ChainCheck['next']>>;

function broken({ instance, seq: checked }: ChainCheck, seq: number, why: Why): VerifyResult {
  return { ok: false, checked, broken: { instance, seq, why } };
}

/**
 * Checks the next {@link PAGE} instances after a cursor: their chains, that each chain belongs to an instance and that
 * each instance has its chain. Heads and entries come in the same order, so that one pass over both finds what is gone.
 */
export async function verifyAll(
  context: ServiceContext,
  cursor: string | null,
): Promise<VerifyResult & { readonly next: string | null }> {
  const { store } = context;
  const after = cursor === null ? null : parseCursor(cursor);
  const heads = await store.scanInstances(after, PAGE);
  const last = heads.length < PAGE ? null : (heads.at(-1) ?? null);
  const unseen = new Map(heads.map((head) => [head.id, head]));
  let checked = 0;

  /** What came while this page was read may look broken from here; alone it is looked at once more. */
  async function ended(check: ChainCheck): Promise<VerifyResult | null> {
    const head = unseen.get(check.instance) ?? null;
    unseen.delete(check.instance);
    if (check.end(head) === null) return null;
    const alone = await verifyChain(context, check.instance);
    return alone.ok ? null : alone;
  }

  let held: HistoryRow[] = [];
  /** Holds entries of instances that are there against what they are looked for by, many at once. */
  async function strayUntil(most: number): Promise<VerifyResult | null> {
    if (held.length < most) return null;
    const stray = await straySought(context, held);
    held = [];
    if (stray === null) return null;
    const { instance, seq, why } = stray;
    return { ok: false, checked, broken: { instance, seq, why } };
  }

  const known = new Set(unseen.keys());
  let check: ChainCheck | null = null;
  for await (const row of entriesAfter(store, after)) {
    if (last !== null && isBehind(row, last)) break;
    if (check?.instance !== row.instance) {
      const found: VerifyResult | null = check === null ? null : await ended(check);
      if (found !== null) return { ...found, checked, next: null };
      check = new ChainCheck(row.instance);
    }
    const why = check.next(row);
    if (why !== null) return { ...broken(check, row.seq, why), checked, next: null };
    checked += 1;
    if (known.has(row.instance)) held.push(row);
    const found: VerifyResult | null = await strayUntil(CHUNK);
    if (found !== null) return { ...found, next: null };
  }
  const found = (check === null ? null : await ended(check)) ?? (await strayUntil(1));
  if (found !== null) return { ...found, checked, next: null };
  // What is left has no entries at all.
  for (const id of [...unseen.keys()]) {
    const gone = await ended(new ChainCheck(id));
    if (gone !== null) return { ...gone, checked, next: null };
  }
  const stray = await strayRows(context, heads);
  if (stray !== null) {
    const { id: instance, seq } = stray.head;
    return { ok: false, checked, broken: { instance, seq, why: stray.why }, next: null };
  }
  return { ok: true, checked, broken: null, next: last === null ? null : `${last.bucket}.${last.id}` };
}

/** All entries behind an instance, in order, read as they are asked for. */
async function* entriesAfter(
  store: ServiceContext['store'],
  after: { readonly bucket: number; readonly id: string } | null,
): AsyncGenerator<HistoryRow> {
  let place: HistoryPlace | null = after === null ? null : { ...after, instance: after.id, seq: MOST_SEQ };
  for (;;) {
    const rows = await store.scanHistory(place, CHUNK);
    yield* rows;
    const end = rows.at(-1);
    if (rows.length < CHUNK || end === undefined) return;
    place = { bucket: end.bucket, instance: end.instance, seq: end.seq };
  }
}

function isBehind(row: HistoryRow, last: AuditedInstance): boolean {
  return row.bucket > last.bucket || (row.bucket === last.bucket && row.instance > last.id);
}

function parseCursor(cursor: string): { readonly bucket: number; readonly id: string } {
  const [, bucket, id] = /^(\d{1,2})\.(.{1,64})$/.exec(cursor) ?? [];
  if (bucket !== undefined && id !== undefined) return { bucket: Number(bucket), id };
  throw badCursor();
}
