import { type Batch, batchLists, historyOnly, type ListName, listNames, renewed, soughtOnly } from './batch-lists.ts';

/**
 * The one statement that writes a batch on SQLite. A round trip to the driver's thread costs more than the work done
 * there, so one INSERT into a view carries every list as JSON and the view's trigger fans it out. View and trigger are
 * TEMP: they belong to this program, not to the file. What is in the way aborts the whole statement.
 *
 * Documents travel beside the lists in one blob, each as its place in it: as JSON strings they were escaped, parsed and
 * unescaped once more, which cost more than all the rest of the statement.
 */
export const commitSql = `insert into commit_batch (${[...listNames, 'documents'].join(', ')}) values (${[...listNames, 'documents'].map(() => '?').join(', ')})`;

export const commitSetup = `
create temp view if not exists commit_batch as select ${[...listNames, 'documents'].map((list) => `null as ${list}`).join(', ')};
create temp trigger if not exists commit_batch_insert instead of insert on commit_batch begin
  select raise(abort, 'stale')
    from ${rows('updated')} left join instances i on i.bucket = ${value('bucket')} and i.id = ${value('id')}
    where i.seq is not ${value('expected')};
  ${insertAll('created', 'instances')};
  update instances set ${['revision', 'seq', 'head', 'updated_at'].map((c) => `${c} = ${value(c)}`).join(', ')}
    from ${rows('updated')} where instances.bucket = ${value('bucket')} and instances.id = ${value('id')};
  update instances set ${['version', 'digest', 'business_key', 'status', 'on_hold', 'outcome', 'owner', 'team'].map((c) => `${c} = ${value(c)}`).join(', ')}
    from ${rows('moved')} where instances.bucket = ${value('bucket')} and instances.id = ${value('id')};
  delete from positions where (bucket, instance) in (select ${value('bucket')}, ${value('id')} from ${rows('moved')});
  ${insertAll('snapshots', 'snapshots')} where true
    on conflict (bucket, instance) do update set seq = excluded.seq, doc = excluded.doc;
  ${insertAll('positions', 'positions')};
  delete from work where (bucket, instance, step, who) in
    (select ${Object.keys(batchLists.work_gone).map(value).join(', ')} from ${rows('work_gone')});
  ${insertAll('work_new', 'work')} where true
    on conflict (bucket, instance, step, who) do update set ${renewed.work};
  delete from cards where rowid in
    (select c.rowid from ${rows('cards_gone')} cross join cards c
      where c.bucket = ${value('bucket')} and c.instance = ${value('instance')} and c.slot >= ${value('slot')});
  ${insertAll('cards_new', 'cards')} where true
    on conflict (bucket, instance, slot) do update set ${renewed.cards};
  ${insertAll('entries', 'history', soughtOnly)};
  ${insertAll('entries', 'sought', historyOnly)};
  ${insertAll('personal', 'personal')} where true
    on conflict (bucket, instance, field) do update set value = excluded.value, salt = excluded.salt;
  ${insertAll('evidence', 'evidence')} where true
    on conflict (bucket, instance, name) do update set ${renewed.evidence};
  delete from instance_keys where (bucket, tenant, process, business_key, instance) in
    (select ${Object.keys(batchLists.released).map(value).join(', ')} from ${rows('released')});
  ${insertAll('claimed', 'instance_keys')};
  ${insertAll('requests', 'idempotency', ['owner'])};
  ${insertAll('linked', 'child_links', ['owner'])};
  delete from timers where (bucket, instance) in
    (select ${Object.keys(batchLists.timers_gone).map(value).join(', ')} from ${rows('timers_gone')});
  ${insertAll('timers_new', 'timers')} where true
    on conflict (bucket, instance) do update set ${renewed.timers};
  ${insertAll('messages', 'outbox')};
  delete from correlations where (bucket, tenant, value, process, field, instance) in
    (select ${Object.keys(batchLists.uncorrelated).map(value).join(', ')} from ${rows('uncorrelated')});
  ${insertAll('correlated', 'correlations')} where true on conflict do nothing;
  ${insertAll('stays', 'stays')} where true on conflict (bucket, instance, step, round) do update set ${renewed.stays};
  ${insertAll('deadlines', 'deadlines')} where true
    on conflict (bucket, instance, clock, round) do update set ${renewed.deadlines};
  ${insertAll('endings', 'endings')} where true on conflict (bucket, instance) do update set ${renewed.endings};
  ${insertAll('turned_down', 'turned_down')};
end`;

/** The values that `commitSql` is run with: one JSON text per list, null for an empty one, and the documents. */
export function commitValues(batch: Batch): readonly (string | Buffer | null)[] {
  const documents: string[] = [];
  // Counted from 1, as SQLite does.
  let place = 1;
  const lists = listNames.map((list) => {
    if (batch[list].length === 0) return null;
    const columns = documentsOf(list);
    if (columns.length === 0) return JSON.stringify(batch[list]);
    const placed = batch[list].map((row: Readonly<Record<string, unknown>>) => {
      const places: Record<string, unknown> = { ...row };
      for (const column of columns) {
        const text = row[column];
        if (typeof text !== 'string') continue;
        const size = Buffer.byteLength(text);
        documents.push(text);
        places[column] = [place, size];
        place += size;
      }
      return places;
    });
    return JSON.stringify(placed);
  });
  return [...lists, Buffer.from(documents.join(''))];
}

/** The columns of a list that hold documents. */
function documentsOf(list: ListName): readonly string[] {
  return Object.entries(batchLists[list]).flatMap(([column, type]) => (type === 'document' ? [column] : []));
}

function rows(list: ListName): string {
  return `json_each(new.${list}) r`;
}

function value(column: string): string {
  return `json_extract(r.value, '$.${column}')`;
}

function document(column: string): string {
  return `cast(substr(new.documents, ${value(`${column}[0]`)}, ${value(`${column}[1]`)}) as text)`;
}

function insertAll(list: ListName, table: string, without: readonly string[] = []): string {
  const columns = Object.keys(batchLists[list]).filter((column) => !without.includes(column));
  const values = columns.map((column) => (documentsOf(list).includes(column) ? document(column) : value(column)));
  return `insert into ${table} (${columns.join(', ')}) select ${values.join(', ')} from ${rows(list)}`;
}
