import type { Knex } from 'knex';
import { bucketOf } from '../ids.ts';
import { correlationBucket } from './batch.ts';
import { MAX_CHANGES } from './commit.ts';
import type { Database } from './database.ts';
import { placesOf } from './places.ts';
import type { SignalRow, SignalStore, StoredCorrelations } from './signal-types.ts';
import { keyOf, storedKey } from './stored-key.ts';

const columns = {
  receipt: 'receipt',
  tenant: 'tenant',
  sender: 'sender',
  id: 'id',
  signal: 'signal',
  value: 'value',
  at: 'at',
  data: 'data',
  receivedAt: 'received_at',
  expiresAt: 'expires_at',
  isKept: 'is_kept',
  state: 'state',
  attempts: 'attempts',
  revision: 'revision',
  results: 'results',
  settledAt: 'settled_at',
};

type Stored = Omit<SignalRow, 'isKept'> & { readonly isKept: number };

export function signalQueries(database: Database): SignalStore {
  const { reader, writer, dialect } = database;
  // SQLite keeps the order of a cross join.
  const loadSql = reader
    .from(reader.raw(`${dialect.places} as p`))
    .joinRaw('cross join instances as i')
    .joinRaw('left join correlations as c on c.instance = i.id')
    .whereRaw('i.bucket = p.bucket and i.id = p.id')
    .select({ instance: 'i.id', seq: 'i.seq', bucket: 'c.bucket', field: 'c.field', value: 'c.value' })
    .select(reader.raw('(case when c.tenant = i.tenant and c.process = i.process then 1 else 0 end) as ??', ['own']))
    .toString();
  const rowsOf = async (query: Knex.QueryBuilder): Promise<readonly SignalRow[]> => {
    const rows: readonly Stored[] = await query;
    return rows.map((row) => ({ ...row, id: keyOf(row.id), value: keyOf(row.value), isKept: row.isKept === 1 }));
  };
  const kept = () => reader('signals').select(columns).where('state', reader.raw("'kept'"));
  return {
    async addSignal(row) {
      const { receipt, tenant, sender, id, signal, value, at, data, receivedAt, expiresAt, isKept, ...rest } = row;
      const { state, attempts, revision, results, settledAt } = rest;
      const added: readonly unknown[] = await writer('signals')
        .insert({
          bucket: bucketOf(receipt),
          receipt,
          tenant,
          sender,
          id: storedKey(id),
          signal,
          value: storedKey(value),
          at,
          data,
          received_at: receivedAt,
          expires_at: expiresAt,
          is_kept: isKept ? 1 : 0,
          state,
          attempts,
          revision,
          results,
          settled_at: settledAt,
        })
        .onConflict(['bucket', 'receipt'])
        .ignore()
        .returning('receipt');
      return added.length > 0;
    },
    async getSignal(tenant, receipt) {
      const [row] = await rowsOf(
        reader('signals')
          .select(columns)
          .where({ bucket: bucketOf(receipt), receipt, tenant }),
      );
      return row ?? null;
    },
    async changeSignal({ receipt, revision }, { state, results, data, settledAt, expiresAt, isKept, attempts }) {
      const changed: number = await writer('signals')
        .where({ bucket: bucketOf(receipt), receipt, revision })
        .update({
          revision: revision + 1,
          state,
          results,
          data,
          settled_at: settledAt,
          ...(expiresAt === undefined ? {} : { expires_at: expiresAt }),
          ...(isKept === undefined ? {} : { is_kept: isKept ? 1 : 0 }),
          ...(attempts === undefined ? {} : { attempts }),
        });
      return changed > 0;
    },
    async removeSignal(tenant, receipt) {
      const gone: number = await writer('signals')
        .where({ bucket: bucketOf(receipt), receipt, tenant })
        .delete();
      return gone > 0;
    },
    async countOpenSignals(tenant, most) {
      const open = reader('signals')
        .select('receipt')
        .where({ tenant })
        .whereIn('state', ['kept', 'refused', 'unmatched'])
        .limit(most)
        .as('open');
      const [row]: readonly { readonly n: number | string }[] = await reader(open).count({ n: '*' });
      return Number(row?.n ?? 0);
    },
    listSignals({ tenant, state, after, limit }) {
      const rows = reader('signals').select(columns).where({ tenant }).orderBy(['received_at', 'receipt']).limit(limit);
      if (state !== null) rows.where({ state });
      if (after !== null) rows.whereRaw('(received_at, receipt) > (?, ?)', [after.receivedAt, after.receipt]);
      return rowsOf(rows);
    },
    keptSignals(tenant, value, after, limit) {
      const rows = kept()
        .where({ tenant, value: storedKey(value) })
        .orderBy(['received_at', 'receipt'])
        .limit(limit);
      if (after !== null) rows.whereRaw('(received_at, receipt) > (?, ?)', [after.receivedAt, after.receipt]);
      return rowsOf(rows);
    },
    matchedSignals(after, limit) {
      const rows = kept().orderBy('receipt').limit(limit);
      if (after !== null) rows.where('receipt', '>', after);
      rows.whereExists(
        reader('correlations as c')
          .select(reader.raw('1'))
          .whereRaw('c.tenant = signals.tenant and c.value = signals.value'),
      );
      return rowsOf(rows);
    },
    expiredSignals: (now, limit) => rowsOf(kept().where('expires_at', '<=', now).orderBy('expires_at').limit(limit)),
    forgetSignals: (isDelivered, before, limit) =>
      writer('signals')
        .whereIn(
          ['bucket', 'receipt'],
          writer('signals')
            .select('bucket', 'receipt')
            .where('settled_at', '<', before)
            .whereIn('state', isDelivered ? ['delivered'] : ['refused', 'unmatched'])
            .orderBy('settled_at')
            .limit(limit),
        )
        .delete(),
    async findCorrelated(tenant, value, places, limit) {
      const found: readonly { readonly instance: string; readonly field: string }[] = await reader('correlations')
        .select('instance', 'field')
        .where({ bucket: correlationBucket(value), tenant, value: storedKey(value) })
        .whereIn(
          ['process', 'field'],
          places.map(({ process, field }) => [process, field]),
        )
        .orderBy(['process', 'field', 'instance'])
        .limit(limit);
      return found;
    },
    async loadCorrelations(instances) {
      if (instances.length > MAX_CHANGES) throw new Error(`at most ${MAX_CHANGES} instances are loaded at once`);
      if (instances.length === 0) return [];
      return storedCorrelations(await database.ask(loadSql, JSON.stringify(placesOf(instances))));
    },
  };
}

interface JoinedCorrelation {
  readonly instance: string;
  readonly seq: number;
  readonly bucket: number;
  readonly field: string;
  /** Null: there is no row. */
  readonly value: string | null;
  readonly own: number;
}

function storedCorrelations(joined: readonly unknown[]): readonly StoredCorrelations[] {
  const found = new Map<string, { readonly seq: number; readonly rows: StoredCorrelations['rows'][number][] }>();
  for (const row of joined) {
    // The columns are those that `loadSql` names.
    const { instance, seq, bucket, field, value: stored, own } = row as JoinedCorrelation;
    const one = found.get(instance) ?? { seq, rows: [] };
    found.set(instance, one);
    if (stored === null) continue;
    const value = keyOf(stored);
    one.rows.push({ field, value, isOwn: own === 1 && bucket === correlationBucket(value) });
  }
  return [...found].map(([instance, one]) => ({ instance, ...one }));
}
