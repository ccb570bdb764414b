import { batchOf } from './batch.ts';
import type { Database } from './database.ts';
import type { Change, CommitResult } from './types.ts';

/** Most changes that one commit takes. */
export const MAX_CHANGES = 256;

/**
 * Writes changes as one statement. When something stands in the way of one, the statement leaves nothing behind and the
 * two halves are written apart, down to the change itself: its neighbours are committed, in order, and it gets its reason.
 */
export async function commit(database: Database, changes: readonly Change[]): Promise<readonly CommitResult[]> {
  if (changes.length > MAX_CHANGES) throw new Error(`a commit takes at most ${MAX_CHANGES} changes`);
  return changes.length === 0 ? [] : commitPart(database, changes);
}

async function commitPart(database: Database, changes: readonly Change[]): Promise<readonly CommitResult[]> {
  try {
    const written = await database.write(batchOf(changes));
    return changes.map((change) => (written.has(change.row.id) ? 'ok' : 'stale'));
  } catch (error) {
    const conflict = database.dialect.conflict(error);
    if (conflict === null) throw error;
    if (changes.length === 1) return [conflict];
    const half = changes.length >> 1;
    const first = await commitPart(database, changes.slice(0, half));
    return [...first, ...(await commitPart(database, changes.slice(half)))];
  }
}
