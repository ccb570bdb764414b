import type { Knex } from 'knex';
import { bucketOf } from '../ids.ts';
import { MAX_CHANGES } from './commit.ts';
import type { Database } from './database.ts';
import { seenOnly } from './instance-list.ts';
import type { RecordedPlace } from './recorded-types.ts';
import type { FoundSought, SoughtQuery, SoughtStore } from './sought-types.ts';

/** Most instances that entries are looked for in. */
const MOST_INSTANCES = 50;

const places = { recordedAt: 's.recorded_at', instance: 's.instance', seq: 's.seq' };
const newestFirst = ['s.recorded_at', 's.instance', 's.seq'].map((column) => ({ column, order: 'desc' as const }));

export function soughtQueries(database: Database): SoughtStore {
  return {
    async seekEntries(query) {
      if ((query.instances?.length ?? 0) > MOST_INSTANCES)
        throw new Error(`entries are looked for in at most ${MOST_INSTANCES} instances at once`);
      return await seekQuery(database, query);
    },
    async loadSought(entries) {
      if (entries.length > MAX_CHANGES) throw new Error(`at most ${MAX_CHANGES} entries are loaded at once`);
      const named = database
        .reader('history as h')
        .joinRaw('cross join instances as i')
        .whereRaw('i.bucket = h.bucket and i.id = h.instance')
        .whereIn(
          ['h.bucket', 'h.instance', 'h.seq'],
          entries.map(({ instance, seq }) => [bucketOf(instance), instance, seq]),
        );
      const rows: readonly SoughtRow[] = await withRows(named)
        .whereRaw('s.tenant = i.tenant')
        .select('s.instance', 's.seq', 's.process', 's.type', 's.actor', 's.via', 's.accepted', 's.overridden');
      return rows.map((row) => ({ ...row, accepted: row.accepted === 1, overridden: row.overridden === 1 }));
    },
    async seekReach({ rows, ...query }) {
      const walk = within(database.reader('sought as s').where('s.tenant', query.tenant), query);
      const found: RecordedPlace | undefined = await walk
        .orderBy(newestFirst)
        .offset(rows - 1)
        .first(places);
      return found ?? null;
    },
  };
}

/** One page. Whoever names instances has few entries among many: these are found by their key. */
export function seekQuery(database: Database, query: SoughtQuery): Knex.QueryBuilder {
  const { reader } = database;
  const { tenant, sight, instances, actor, limit } = query;
  const rows = instances === null ? reader('sought as s') : ofInstances(database, instances);
  rows.where('s.tenant', tenant);
  // SQLite keeps the written order of a cross join.
  if (sight !== null) {
    rows.joinRaw('cross join instances as i').whereRaw('i.bucket = s.bucket and i.id = s.instance');
    seenOnly(rows, database, sight);
  }
  for (const name of ['process', 'type', 'accepted', 'overridden'] as const) {
    const value = query[name];
    if (value !== null) rows.where(`s.${name}`, typeof value === 'boolean' ? Number(value) : value);
  }
  if (actor !== null) rows.where((either) => either.where('s.actor', actor).orWhere('s.via', actor));
  const { back } = query;
  if (back !== null) {
    rows.where('s.recorded_at', '>=', back.recordedAt);
    rows.whereRaw('(s.recorded_at, s.instance, s.seq) >= (?, ?, ?)', [back.recordedAt, back.instance, back.seq]);
  }
  return within(rows, query).select(places).orderBy(newestFirst).limit(limit);
}

function ofInstances({ reader }: Database, instances: readonly string[]): Knex.QueryBuilder {
  const entries = reader('history as h').whereIn(
    ['h.bucket', 'h.instance'],
    instances.map((id) => [bucketOf(id), id]),
  );
  return withRows(entries);
}

/** Entries `h` with the rows `s` that they are looked for by. */
function withRows(entries: Knex.QueryBuilder): Knex.QueryBuilder {
  return entries
    .joinRaw('cross join sought as s')
    .whereRaw('s.recorded_at = h.recorded_at and s.instance = h.instance and s.seq = h.seq');
}

type SoughtRow = Omit<FoundSought, 'accepted' | 'overridden'> & {
  readonly accepted: number;
  readonly overridden: number;
};

function within(rows: Knex.QueryBuilder, { from, to, after }: Pick<SoughtQuery, 'from' | 'to' | 'after'>) {
  if (from !== null) rows.where('s.recorded_at', '>=', from);
  if (to !== null) rows.where('s.recorded_at', '<', to);
  if (after !== null) {
    // The first says where the index is entered.
    rows.where('s.recorded_at', '<=', after.recordedAt);
    rows.whereRaw('(s.recorded_at, s.instance, s.seq) < (?, ?, ?)', [after.recordedAt, after.instance, after.seq]);
  }
  return rows;
}
