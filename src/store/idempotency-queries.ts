import { requestBucket } from './batch.ts';
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
    async findIdempotent(scope, key) {
      const rows: readonly IdempotencyRow[] = await reader('idempotency')
        .select(columns)
        .where({ bucket: requestBucket(scope, key), scope, request_key: storedKey(key) });
      const [row] = rows;
      return row === undefined ? null : { ...row, key: keyOf(row.key) };
    },
    forgetIdempotent: (before, limit) =>
      writer('idempotency')
        .whereIn(
          primaryKey,
          writer('idempotency')
            .select(primaryKey)
            .where('recorded_at', '<', before)
            .orderBy('recorded_at')
            .limit(limit),
        )
        .delete(),
  };
}
