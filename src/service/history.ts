import type { Actor } from '../engine/types.ts';
import { viewOf } from './chain.ts';
import type { ServiceContext } from './context.ts';
import { versionsOver } from './entry-sight.ts';
import { presentEntries } from './present.ts';
import { seenInstance } from './sight.ts';
import type { HistoryPage } from './types.ts';

/** Entries of one instance after a number, in order, as the actor sees them. */
export async function history(
  context: ServiceContext,
  id: string,
  after: number,
  limit: number,
  actor: Actor,
): Promise<HistoryPage> {
  const loaded = await seenInstance(context, id, actor);
  const rows = await context.store.history(id, after, limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const whose = loaded.ok ? loaded.instance : loaded.row;
  const entries = await Promise.all(
    page.map(viewOf).map(async (entry) => {
      const versions = await versionsOver(context, entry);
      const own = loaded.process === null ? [] : [loaded.process];
      return presentEntries(versions.length === 0 ? own : versions, whose, actor, [entry]);
    }),
  );
  return {
    entries: entries.flat(),
    next: rows.length > limit && last !== undefined ? String(last.seq) : null,
  };
}
