import type { Knex } from 'knex';
import { bucketOf } from '../ids.ts';
import { MAX_CHANGES } from './commit.ts';
import type { Database } from './database.ts';
import { instanceColumns, instanceListQuery } from './instance-list.ts';
import { keyOf } from './stored-key.ts';
import type { InstanceHead, InstanceRow, Store, StoredInstance } from './types.ts';

type InstanceQueries = Pick<Store, 'loadInstances' | 'listInstances' | 'quarantine' | 'erasePersonal' | 'scanHeads'>;

export function instanceQueries(database: Database): InstanceQueries {
  const { reader, writer, dialect } = database;

  async function loadInstances(ids: readonly string[]): Promise<readonly StoredInstance[]> {
    if (ids.length === 0) return [];
    if (ids.length > MAX_CHANGES) throw new Error(`at most ${MAX_CHANGES} instances are loaded at once`);
    const rows: readonly (InstanceRow & { readonly personalJson: string | null })[] = await reader('instances as i')
      .select(instanceColumns)
      .select(reader.raw(`${dialect.personal} as ??`, ['personalJson']))
      .whereIn(['i.bucket', 'i.id'], placesOf(ids));
    return rows.map(({ personalJson, ...row }) => ({ ...withKey(row), personal: personalOf(personalJson) }));
  }

  return {
    loadInstances,
    async listInstances(query) {
      const rows: readonly InstanceRow[] = await instanceListQuery(database, query);
      return rows.map(withKey);
    },
    async quarantine(id, reason) {
      await writer('instances')
        .where({ bucket: bucketOf(id), id })
        .update({ quarantine: reason === null ? null : printable(reason) });
    },
    erasePersonal: (instance) =>
      writer('personal')
        .where({ bucket: bucketOf(instance), instance })
        .delete(),
    async scanHeads(after, limit) {
      const { id, seq, head, doc, status, outcome, key, revision } = instanceColumns;
      const heads = reader('instances as i')
        .select({ bucket: 'i.bucket', id, seq, head, doc, status, outcome, key, revision })
        .select(reader.raw(`${dialect.personal} as ??`, ['personalJson']))
        .orderBy(['i.bucket', 'i.id'])
        .limit(limit);
      if (after !== null) heads.whereRaw('(i.bucket, i.id) > (?, ?)', [after.bucket, after.id]);
      const rows: readonly (Omit<InstanceHead, 'personal'> & { readonly personalJson: string | null })[] = await heads;
      return rows.map(({ personalJson, ...row }) => ({ ...withKey(row), personal: personalOf(personalJson) }));
    },
  };
}

/** The database has just made this text itself. */
function personalOf(json: string | null): StoredInstance['personal'] {
  return json === null ? [] : (JSON.parse(json) as StoredInstance['personal']);
}

function placesOf(ids: readonly string[]): Knex.Value[][] {
  return [...new Set(ids)].map((id) => [bucketOf(id), id]);
}

function withKey<R extends { readonly key: string | null }>(row: R): R {
  return row.key === null ? row : { ...row, key: keyOf(row.key) };
}

/** PostgreSQL takes no NUL in a text, and a reason may quote what was found in a broken row. */
function printable(text: string): string {
  return text.replaceAll('\u0000', '\ufffd');
}
