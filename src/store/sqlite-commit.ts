import { batchLists, type ListName, listNames } from './batch.ts';

/**
 * The one statement that writes a batch on SQLite. A round trip to the driver's thread costs more than the work done
 * there, so one INSERT into a view carries every list as JSON and the view's trigger fans it out. View and trigger are
 * TEMP: they belong to this program, not to the file. What is in the way aborts the whole statement.
 */
export const commitSql = `insert into commit_batch (${listNames.join(', ')}) values (${listNames.map(() => '?').join(', ')})`;

export const commitSetup = `
create temp view if not exists commit_batch as select ${listNames.map((list) => `null as ${list}`).join(', ')};
create temp trigger if not exists commit_batch_insert instead of insert on commit_batch begin
  select raise(abort, 'stale')
    from ${rows('updated')} left join instances i on i.bucket = ${value('bucket')} and i.id = ${value('id')}
    where i.seq is not ${value('expected')};
  ${insertAll('created', 'instances')};
  update instances set ${['revision', 'seq', 'head', 'updated_at', 'doc'].map((c) => `${c} = ${value(c)}`).join(', ')}
    from ${rows('updated')} where instances.bucket = ${value('bucket')} and instances.id = ${value('id')};
  update instances set ${['version', 'digest', 'business_key', 'status', 'outcome'].map((c) => `${c} = ${value(c)}`).join(', ')}
    from ${rows('moved')} where instances.bucket = ${value('bucket')} and instances.id = ${value('id')};
  delete from positions where (bucket, instance) in (select ${value('bucket')}, ${value('id')} from ${rows('moved')});
  ${insertAll('positions', 'positions')};
  ${insertAll('entries', 'history')};
  ${insertAll('personal', 'personal')} where true
    on conflict (bucket, instance, field) do update set value = excluded.value, salt = excluded.salt;
  delete from instance_keys where (bucket, process, business_key, instance) in
    (select ${Object.keys(batchLists.released).map(value).join(', ')} from ${rows('released')});
  ${insertAll('claimed', 'instance_keys')};
  ${insertAll('requests', 'idempotency', ['owner'])};
end`;

function rows(list: ListName): string {
  return `json_each(new.${list}) r`;
}

function value(column: string): string {
  return `json_extract(r.value, '$.${column}')`;
}

function insertAll(list: ListName, table: string, without: readonly string[] = []): string {
  const columns = Object.keys(batchLists[list]).filter((column) => !without.includes(column));
  return `insert into ${table} (${columns.join(', ')}) select ${columns.map(value).join(', ')} from ${rows(list)}`;
}
