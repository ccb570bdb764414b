import type { Knex } from 'knex';
import { keyOf } from './stored-key.ts';
import type { InstanceRow } from './types.ts';

const columns = {
  bucket: 'i.bucket',
  id: 'i.id',
  tenant: 'i.tenant',
  parent: 'i.parent',
  owner: 'i.owner',
  team: 'i.team',
  process: 'i.process',
  version: 'i.version',
  digest: 'i.digest',
  key: 'i.business_key',
  outcome: 'i.outcome',
  revision: 'i.revision',
  seq: 'i.seq',
  head: 'i.head',
  quarantine: 'i.quarantine',
  startedAt: 'i.started_at',
  updatedAt: 'i.updated_at',
};

/** A held instance is active to the column that older programs filter by. */
const status = `case when i.on_hold = 1 then 'on-hold' else i.status end as ??`;

/** A snapshot that is gone is no document at all, not an instance that is gone. */
const document = `coalesce(s.doc, '') as ??, coalesce(s.seq, 0) as ??, coalesce((
  select string_agg(h.patch, ',' order by h.seq) from history h
  where h.bucket = i.bucket and h.instance = i.id and h.seq > coalesce(s.seq, 0)), '') as ??`;

/** Has a query of instances `i` return an {@link InstanceRow} each; {@link instanceRow} makes it from what comes. */
export function selectRows(query: Knex.QueryBuilder, knex: Knex): Knex.QueryBuilder {
  return query
    .select(columns)
    .select(knex.raw(status, ['status']))
    .select(knex.raw(document, ['snapshot', 'snapshotSeq', 'patches']))
    .joinRaw('left join snapshots as s on s.bucket = i.bucket and s.instance = i.id');
}

export function instanceRow<R extends Pick<InstanceRow, 'key'>>(row: R): R {
  return row.key === null ? row : { ...row, key: keyOf(row.key) };
}
