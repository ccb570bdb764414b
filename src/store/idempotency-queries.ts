import { SIGNAL_SCOPE } from '../names.ts';
import { requestBucket } from './batch.ts';
import { MAX_CHANGES } from './commit.ts';
import type { Database } from './database.ts';
import { keyOf, storedKey } from './stored-key.ts';
import type { IdempotencyRow, Store } from './types.ts';

const columns = {
  scope: 'scope',
  key: 'request_key',
  requestHash: 'request_hash',
  instance: 'instance',
  firstSeq: 'first_seq',
  lastSeq: 'last_seq',
  recordedAt: 'recorded_at',
};

const primaryKey = ['bucket', 'scope', 'request_key'];

export function idempotencyQueries({ reader, writer }: Database): Pick<Store, 'findIdempotent' | 'forgetIdempotent'> {
  return {
    async findIdempotent(requests) {
      if (requests.length > MAX_CHANGES) throw new Error(`at most ${MAX_CHANGES} requests are looked up at once`);
      const keys = requests.map(({ scope, key }) => [requestBucket(scope, key), scope, storedKey(key)]);
      const rows: readonly IdempotencyRow[] = await reader('idempotency').select(columns).whereIn(primaryKey, keys);
      return rows.map((row) => ({ ...row, key: keyOf(row.key) }));
    },
    forgetIdempotent: (before, limit) =>
      writer('idempotency')
        .whereIn(
          primaryKey,
          writer('idempotency')
            .select(primaryKey)
            .where('recorded_at', '<', before)
            // What keeps a signal that still waits from being delivered twice.
            .whereNotIn(
              'scope',
              writer('signals')
                .select(writer.raw(`'${SIGNAL_SCOPE}' || receipt`))
                .where({ state: 'kept' }),
            )
            .orderBy('recorded_at')
            .limit(limit),
        )
        .delete(),
  };
}
