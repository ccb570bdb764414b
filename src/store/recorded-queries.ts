import type { Database } from './database.ts';
import type { RecordedStore } from './recorded-types.ts';

const columns = { recordedAt: 'recorded_at', instance: 'instance', seq: 'seq' };

export function recordedQueries({ reader }: Database): RecordedStore {
  return {
    async recordedEntries({ tenant, from, to, order, after, limit }) {
      const places = reader('sought')
        .select(columns)
        .where({ tenant })
        .where('recorded_at', '>', from)
        .where('recorded_at', '<=', to)
        .orderBy(['recorded_at', 'instance', 'seq'].map((column) => ({ column, order })))
        .limit(limit);
      if (after === null) return await places;
      const behind = order === 'asc' ? '>' : '<';
      return await places.whereRaw(`(recorded_at, instance, seq) ${behind} (?, ?, ?)`, [
        after.recordedAt,
        after.instance,
        after.seq,
      ]);
    },
  };
}
