import { viewOf } from './chain.ts';
import type { ServiceContext } from './context.ts';
import { noInstance } from './decide-batch.ts';
import type { HistoryPage } from './types.ts';

/** Entries of one instance after a number, in order. */
export async function history(
  { store }: ServiceContext,
  id: string,
  after: number,
  limit: number,
): Promise<HistoryPage> {
  const rows = await store.history(id, after, limit + 1);
  if (rows.length === 0 && (await store.loadInstances([id])).length === 0) throw noInstance(id);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { entries: page.map(viewOf), next: rows.length > limit && last !== undefined ? String(last.seq) : null };
}
