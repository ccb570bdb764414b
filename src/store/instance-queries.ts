import type { Knex } from 'knex';
import { bucketOf } from '../ids.ts';
import { keyBucket } from './batch.ts';
import { MAX_CHANGES } from './commit.ts';
import type { Database } from './database.ts';
import { instanceListQuery, narrowed } from './instance-list.ts';
import { instanceRow, selectRows } from './instance-rows.ts';
import { placesOf } from './places.ts';
import { storedKey } from './stored-key.ts';
import type { AuditedInstance, InstanceRow, Store, StoredInstance } from './types.ts';

type InstanceQueries = Pick<
  Store,
  | 'loadInstances'
  | 'listInstances'
  | 'openInstances'
  | 'keyHolder'
  | 'quarantine'
  | 'erasePersonal'
  | 'scanInstances'
  | 'auditInstance'
>;

export function instanceQueries(database: Database): InstanceQueries {
  const { reader, writer, dialect } = database;
  const rowsOf = (instances: Knex.QueryBuilder) =>
    selectRows(instances, reader).select(reader.raw(`${dialect.personal} as ??`, ['personalJson']));
  const audited = (instances: Knex.QueryBuilder) =>
    rowsOf(instances).select(reader.raw(`${dialect.evidence} as ??`, ['evidenceJson']));
  // SQLite keeps the order of a cross join.
  const loadSql = rowsOf(
    reader
      .from(reader.raw(`${dialect.places} as w`))
      .joinRaw('cross join instances as i')
      .whereRaw('i.bucket = w.bucket and i.id = w.id'),
  ).toString();

  async function loadInstances(ids: readonly string[]): Promise<readonly StoredInstance[]> {
    if (ids.length === 0) return [];
    if (ids.length > MAX_CHANGES) throw new Error(`at most ${MAX_CHANGES} instances are loaded at once`);
    return withPersonal(await database.ask(loadSql, JSON.stringify(placesOf(ids))));
  }

  return {
    loadInstances,
    async listInstances(query) {
      const lists: readonly (readonly InstanceRow[])[] = await Promise.all(
        narrowed(query).map(async (part) => await instanceListQuery(database, part)),
      );
      return merged(lists, query.limit).map(instanceRow);
    },
    async openInstances({ tenant, process, after, limit }) {
      const found = reader('instances as i')
        .select('i.id')
        .where({ 'i.tenant': tenant, 'i.status': 'active' })
        .whereRaw(`${dialect.unindexed('i.process')} = ?`, [process])
        .orderBy('i.id')
        .limit(limit);
      if (after !== null) found.where('i.id', '>', after);
      const rows: readonly { readonly id: string }[] = await found;
      return rows.map(({ id }) => id);
    },
    async keyHolder(tenant, process, key) {
      const place = { bucket: keyBucket(process, key), tenant, process, business_key: storedKey(key) };
      const row: { readonly instance: string } | undefined = await reader('instance_keys')
        .where(place)
        .first('instance');
      return row?.instance ?? null;
    },
    async quarantine(id, reason, parent = null) {
      const quarantine = reason === null ? null : printable(reason);
      await writer.transaction(async (transaction) => {
        await transaction('instances')
          .where({ bucket: bucketOf(id), id })
          .update({ quarantine });
        if (reason === null || parent === null) return;
        const link = { bucket: bucketOf(parent), parent, child: id, state: 'tell', seq: 0 };
        await transaction('child_links').insert(link).onConflict().ignore();
      });
    },
    erasePersonal: (instance) =>
      writer.transaction(async (transaction) => {
        const place = { bucket: bucketOf(instance), instance };
        const erased: number = await transaction('personal').where(place).delete();
        // Whether something is to be done may depend on the values; no entry says that they are gone.
        if (erased > 0) await transaction('work_pending').insert(place).onConflict(['bucket', 'instance']).ignore();
        return erased;
      }),
    async scanInstances(after, limit) {
      const instances = reader('instances as i').orderBy(['i.bucket', 'i.id']).limit(limit);
      if (after !== null) instances.whereRaw('(i.bucket, i.id) > (?, ?)', [after.bucket, after.id]);
      return withEvidence(await audited(instances));
    },
    async auditInstance(id) {
      const instances = reader('instances as i').where({ 'i.bucket': bucketOf(id), 'i.id': id });
      const [found] = withEvidence(await audited(instances));
      return found ?? null;
    },
  };
}

function withPersonal(rows: readonly unknown[]): readonly StoredInstance[] {
  return rows.map((row) => {
    // The columns are those that `rowsOf` names.
    const { personalJson, ...stored } = row as StoredInstance & { readonly personalJson: string | null };
    return { ...instanceRow(stored), personal: personalOf(personalJson) };
  });
}

function withEvidence(rows: readonly unknown[]): readonly AuditedInstance[] {
  return withPersonal(rows).map((row) => {
    const { evidenceJson, ...stored } = row as StoredInstance & { readonly evidenceJson: string | null };
    // The database has just made this text itself.
    return {
      ...stored,
      evidence: evidenceJson === null ? [] : (JSON.parse(evidenceJson) as AuditedInstance['evidence']),
    };
  });
}

/** One page out of several in order of id that may hold the same rows. */
function merged(lists: readonly (readonly InstanceRow[])[], limit: number): readonly InstanceRow[] {
  const [only] = lists;
  if (lists.length === 1 && only !== undefined) return only;
  const byId = new Map(lists.flat().map((row) => [row.id, row]));
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, limit);
}

/** The database has just made this text itself. */
function personalOf(json: string | null): StoredInstance['personal'] {
  return json === null ? [] : (JSON.parse(json) as StoredInstance['personal']);
}

/** PostgreSQL takes no NUL in a text, and a reason may quote what was found in a broken row. */
function printable(text: string): string {
  return text.replaceAll('\u0000', '\ufffd');
}
