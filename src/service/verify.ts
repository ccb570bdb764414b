import { ProcessError } from '../errors.ts';
import { bucketOf } from '../ids.ts';
import type { HistoryPlace, HistoryRow, InstanceHead } from '../store/types.ts';
import type { Text } from '../text.ts';
import { noInstance } from './apply.ts';
import { ChainCheck } from './chain.ts';
import type { ServiceContext } from './context.ts';
import type { VerifyResult } from './types.ts';

/** Entries read at a time. */
const CHUNK = 1000;
/** Instances checked by one call of `verifyAll`. */
const PAGE = 250;

/** Checks the whole chain of one instance. */
export async function verifyInstance({ store }: ServiceContext, id: string): Promise<VerifyResult> {
  const [row] = await store.loadInstances([id]);
  const check = new ChainCheck(id);
  for (;;) {
    const rows = await store.history(id, check.seq, CHUNK);
    for (const entry of rows) {
      const why = check.next(entry);
      if (why !== null) return broken(check, entry.seq, why);
    }
    if (rows.length < CHUNK) break;
  }
  if (row === undefined && check.seq === 0) throw noInstance(id);
  const head = row === undefined ? null : { bucket: bucketOf(id), id, seq: row.seq, head: row.head, doc: row.doc };
  const why = check.end(head);
  return why === null ? { ok: true, checked: check.seq, broken: null } : broken(check, check.seq, why);
}

function broken(check: ChainCheck, seq: number, why: Text, checked = check.seq): VerifyResult {
  return { ok: false, checked, broken: { instance: check.instance, seq, why } };
}

/**
 * Checks the next {@link PAGE} instances after a cursor: their chains, that each chain belongs to an instance and that
 * each instance has its chain. Heads and entries come in the same order, so that one pass over both finds what is gone.
 */
export async function verifyAll(
  { store }: ServiceContext,
  cursor: string | null,
): Promise<VerifyResult & { readonly next: string | null }> {
  const after = cursor === null ? null : parseCursor(cursor);
  const heads = await store.scanHeads(after, PAGE);
  const last = heads.length < PAGE ? null : (heads.at(-1) ?? null);
  const chains = new Chains(heads);
  let place: HistoryPlace | null = after === null ? null : { bucket: after.bucket, instance: after.id, seq: MOST_SEQ };
  for (;;) {
    const rows = await store.scanHistory(place, CHUNK);
    for (const row of rows) {
      if (last !== null && isBehind(row, last)) return chains.finish(`${last.bucket}.${last.id}`);
      const found = chains.next(row);
      if (found !== null) return { ...found, next: null };
    }
    const end = rows.at(-1);
    if (rows.length < CHUNK || end === undefined) break;
    place = { bucket: end.bucket, instance: end.instance, seq: end.seq };
  }
  return chains.finish(last === null ? null : `${last.bucket}.${last.id}`);
}

const MOST_SEQ = 2 ** 31 - 1;

function isBehind(row: HistoryRow, last: InstanceHead): boolean {
  return row.bucket > last.bucket || (row.bucket === last.bucket && row.instance > last.id);
}

/** Many chains one after the other, held against the heads in the same order. */
class Chains {
  readonly #heads: Map<string, InstanceHead>;
  #check: ChainCheck | null = null;
  #checked = 0;

  constructor(heads: readonly InstanceHead[]) {
    this.#heads = new Map(heads.map((head) => [head.id, head]));
  }

  /** Null when the row goes on as it should. */
  next(row: HistoryRow): VerifyResult | null {
    if (this.#check?.instance !== row.instance) {
      const found = this.#end();
      if (found !== null) return found;
      this.#check = new ChainCheck(row.instance);
    }
    const why = this.#check.next(row);
    if (why !== null) return broken(this.#check, row.seq, why, this.#checked);
    this.#checked += 1;
    return null;
  }

  #end(): VerifyResult | null {
    const check = this.#check;
    if (check === null) return null;
    const head = this.#heads.get(check.instance) ?? null;
    this.#heads.delete(check.instance);
    const why = check.end(head);
    return why === null ? null : broken(check, check.seq, why, this.#checked);
  }

  finish(next: string | null): VerifyResult & { readonly next: string | null } {
    const found = this.#end() ?? this.#withoutChain();
    if (found !== null) return { ...found, next: null };
    return { ok: true, checked: this.#checked, broken: null, next };
  }

  #withoutChain(): VerifyResult | null {
    for (const head of this.#heads.values()) {
      const check = new ChainCheck(head.id);
      const why = check.end(head);
      if (why !== null) return broken(check, 0, why, this.#checked);
    }
    return null;
  }
}

function parseCursor(cursor: string): { readonly bucket: number; readonly id: string } {
  const [, bucket, id] = /^(\d{1,2})\.(.{1,64})$/.exec(cursor) ?? [];
  if (bucket !== undefined && id !== undefined) return { bucket: Number(bucket), id };
  throw new ProcessError('malformed-request', {
    zh: 'cursor 应为上一页的 next 值，原样传回',
    en: 'cursor should be the `next` of the page before, as it was given',
  });
}
