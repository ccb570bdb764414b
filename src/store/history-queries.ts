import { bucketOf } from '../ids.ts';
import type { Database } from './database.ts';
import type { Store } from './types.ts';

const columns = {
  bucket: 'bucket',
  instance: 'instance',
  seq: 'seq',
  recordedAt: 'recorded_at',
  text: 'text',
  hash: 'hash',
  patch: 'patch',
};

export function historyQueries({ reader }: Database): Pick<Store, 'history' | 'findEntries' | 'scanHistory'> {
  return {
    history: async (instance, after, limit) =>
      await reader('history')
        .select(columns)
        .where({ bucket: bucketOf(instance), instance })
        .where('seq', '>', after)
        .orderBy('seq')
        .limit(limit),
    findEntries: async (places) =>
      await reader('history')
        .select(columns)
        .whereIn(
          ['bucket', 'instance', 'seq'],
          places.map(({ instance, seq }) => [bucketOf(instance), instance, seq]),
        ),
    async scanHistory(after, limit) {
      const entries = reader('history').select(columns).orderBy(['bucket', 'instance', 'seq']).limit(limit);
      if (after === null) return await entries;
      return await entries.whereRaw('(bucket, instance, seq) > (?, ?, ?)', [after.bucket, after.instance, after.seq]);
    },
  };
}
