import type { Knex } from 'knex';
import { MAX_CHANGES } from './commit.ts';
import type { Database } from './database.ts';
import { placesOf } from './places.ts';
import type { HistoryLines, ReplayQuery, ReplayRow, ReplayStore } from './replay-types.ts';
import { keyOf } from './stored-key.ts';

/** Pieces of evidence of one name and scope that are looked at. */
const MOST_EVIDENCE = 1_000;

export function replayQueries(database: Database): ReplayStore {
  const { reader, dialect } = database;
  // One text per history: a row each, and a column each, would take longer to hand over than to decide on.
  const historiesSql = reader
    .from(reader.raw(`${dialect.places} as w`))
    .joinRaw('cross join instances as i')
    .whereRaw('i.bucket = w.bucket and i.id = w.id')
    .select({ instance: 'i.id' })
    .select(
      reader.raw(`(select string_agg(h.text || '\n' || coalesce(h.patch, ''), '\n' order by h.seq)
        from history h where h.bucket = i.bucket and h.instance = i.id) as lines`),
    )
    .select(reader.raw(`${dialect.personal} as ??`, ['personalJson']))
    .toString();

  /** Histories are dense, so that their first and last entries say when they were written. */
  function within({ process, tenant, since, until }: ReplayQuery): Knex.QueryBuilder {
    const entry = 'select 1 from history h where h.bucket = i.bucket and h.instance = i.id';
    const found = reader('instances as i')
      .whereRaw(`${dialect.unindexed('i.process')} = ?`, [process])
      .whereRaw(`exists (${entry} and h.seq = i.seq and h.recorded_at >= ?)`, [since])
      .whereRaw(`exists (${entry} and h.seq = 1 and h.recorded_at < ?)`, [until]);
    return tenant === null ? found : found.where('i.tenant', tenant);
  }

  return {
    async replaySize(query) {
      const counts = reader.raw('count(*) as instances, coalesce(sum(i.seq), 0) as entries');
      const [row]: readonly { readonly instances: unknown; readonly entries: unknown }[] =
        await within(query).select(counts);
      return { instances: Number(row?.instances), entries: Number(row?.entries) };
    },
    async replayInstances(query, after, limit) {
      const page = within(query)
        .select({ tenant: 'i.tenant', id: 'i.id', key: 'i.business_key', seq: 'i.seq' })
        .orderBy(['i.tenant', 'i.id'])
        .limit(limit);
      if (after !== null) page.whereRaw('(i.tenant, i.id) > (?, ?)', [after.tenant, after.id]);
      const rows: readonly ReplayRow[] = await page;
      return rows.map((row) => ({ ...row, key: row.key === null ? null : keyOf(row.key) }));
    },
    async replayHistories(instances) {
      if (instances.length === 0) return [];
      if (instances.length > MAX_CHANGES) throw new Error(`at most ${MAX_CHANGES} histories are read at once`);
      const rows = await database.ask(historiesSql, JSON.stringify(placesOf(instances)));
      return rows.map((row) => {
        // The columns are those that the query names; the database has just made the text itself.
        const { instance, lines, personalJson } = row as HistoryLines & { readonly personalJson: string | null };
        const personal: HistoryLines['personal'] = personalJson === null ? [] : JSON.parse(personalJson);
        return { instance, lines, personal };
      });
    },
    async allEvidence(tenant, { process, name, scope }) {
      return await reader('evidence')
        .select({
          instance: 'instance',
          validFrom: 'valid_from',
          validTo: 'valid_to',
          madeAt: 'made_at',
          withdrawnAt: 'withdrawn_at',
        })
        .where({ tenant, process, name, scope })
        .orderBy('valid_to', 'desc')
        .limit(MOST_EVIDENCE);
    },
  };
}
