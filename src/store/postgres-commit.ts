import { type Batch, batchLists, historyOnly, type ListName, listNames, renewed, soughtOnly } from './batch-lists.ts';

/**
 * The one statement that writes a batch on PostgreSQL; it returns the ids of the instances written.
 *
 * `current` locks the rows in order of their keys, so that two nodes never wait for each other, and sees the newest
 * committed `seq`; what is not at its expected one is stale, and every other part leaves it out. The parts that take
 * unique keys run in a fixed order (created, released, claimed, requests), each reading the count of the part before,
 * since the parts of one statement run in no order otherwise. A duplicate fails the whole statement.
 */
export const commitSql = `with
${listNames.map((list) => `${list}_list as materialized (select * from ${recordset(list)})`).join(',\n')},
current as materialized (
  select u.bucket, u.id from (select * from updated_list order by bucket, id) u
  cross join lateral (
    select i.seq from instances i where i.bucket = u.bucket and i.id = u.id for no key update
  ) i where i.seq = u.expected),
good as materialized (select id from created_list union all select id from current),
instances_created as (${insertAll('created', 'instances')} returning 1),
instances_updated as (
  update instances i set revision = u.revision, seq = u.seq, head = u.head, updated_at = u.updated_at,
    version = coalesce(m.version, i.version), digest = coalesce(m.digest, i.digest),
    status = coalesce(m.status, i.status), on_hold = coalesce(m.on_hold, i.on_hold),
    business_key = case when m.id is null then i.business_key else m.business_key end,
    outcome = case when m.id is null then i.outcome else m.outcome end,
    owner = case when m.id is null then i.owner else m.owner end,
    team = case when m.id is null then i.team else m.team end
  from updated_list u left join moved_list m on m.id = u.id
  where i.bucket = u.bucket and i.id = u.id and ${isGood('u.id')}),
snapshots_kept as (${insertAll('snapshots', 'snapshots')} where ${isGood('instance')}
  on conflict (bucket, instance) do update set seq = excluded.seq, doc = excluded.doc),
positions_left as (
  delete from positions p using moved_list m where p.bucket = m.bucket and p.instance = m.id and ${isGood('m.id')}
    and not exists (select from positions_list n where n.instance = p.instance and n.phase = p.phase and n.step = p.step)),
positions_entered as (${insertAll('positions', 'positions')} where ${isGood('instance')} on conflict do nothing),
work_gone as (
  delete from work w using work_gone_list g where w.bucket = g.bucket and w.instance = g.instance and w.step = g.step
    and w.who = g.who and ${isGood('g.instance')}),
work_listed as (${insertAll('work_new', 'work')} where ${isGood('instance')}
  on conflict (bucket, instance, step, who) do update set ${renewed.work}),
cards_gone as (
  delete from cards c using cards_gone_list g where c.bucket = g.bucket and c.instance = g.instance and c.slot >= g.slot
    and ${isGood('g.instance')}),
cards_listed as (${insertAll('cards_new', 'cards')} where ${isGood('instance')}
  on conflict (bucket, instance, slot) do update set ${renewed.cards}),
history_appended as (${insertAll('entries', 'history', soughtOnly)} where ${isGood('instance')}),
sought_appended as (${insertAll('entries', 'sought', historyOnly)} where ${isGood('instance')}),
personal_kept as (${insertAll('personal', 'personal')} where ${isGood('instance')}
  on conflict (bucket, instance, field) do update set value = excluded.value, salt = excluded.salt),
evidence_kept as (${insertAll('evidence', 'evidence')} where ${isGood('instance')}
  on conflict (bucket, instance, name) do update set ${renewed.evidence}),
keys_released as (
  delete from instance_keys k using released_list r where k.bucket = r.bucket and k.tenant = r.tenant and k.process = r.process
    and k.business_key = r.business_key and k.instance = r.instance and ${isGood('r.instance')} returning 1),
keys_claimed as (${insertAll('claimed', 'instance_keys')} where ${isGood('instance')}
  and (select count(*) from instances_created) + (select count(*) from keys_released) >= 0
  order by bucket, tenant, process, business_key returning 1),
requests_kept as (${insertAll('requests', 'idempotency', ['owner'])} where ${isGood('owner')}
  and (select count(*) from keys_claimed) >= 0 order by bucket, scope, request_key),
links_opened as (${insertAll('linked', 'child_links', ['owner'])} where ${isGood('owner')}),
timers_gone as (
  delete from timers t using timers_gone_list g where t.bucket = g.bucket and t.instance = g.instance and ${isGood('g.instance')}),
timers_set as (${insertAll('timers_new', 'timers')} where ${isGood('instance')}
  on conflict (bucket, instance) do update set ${renewed.timers}),
messages_put as (${insertAll('messages', 'outbox')} where ${isGood('instance')}),
correlations_gone as (
  delete from correlations c using uncorrelated_list u where c.bucket = u.bucket and c.tenant = u.tenant
    and c.value = u.value and c.process = u.process and c.field = u.field and c.instance = u.instance
    and ${isGood('u.instance')}),
correlations_found as (${insertAll('correlated', 'correlations')} where ${isGood('instance')} on conflict do nothing),
stays_kept as (${insertAll('stays', 'stays')} where ${isGood('instance')}
  on conflict (bucket, instance, step, round) do update set ${renewed.stays}),
deadlines_kept as (${insertAll('deadlines', 'deadlines')} where ${isGood('instance')}
  on conflict (bucket, instance, clock, round) do update set ${renewed.deadlines}),
endings_kept as (${insertAll('endings', 'endings')} where ${isGood('instance')}
  on conflict (bucket, instance) do update set ${renewed.endings}),
turned_down_kept as (${insertAll('turned_down', 'turned_down')} where ${isGood('instance')})
select id from good`;

/** The values that `commitSql` is run with: one JSON text per list. */
export function commitValues(batch: Batch): readonly string[] {
  return listNames.map((list) => JSON.stringify(batch[list]));
}

/** `is true` keeps this a hashed lookup: joins are nested loops on our connections. */
function isGood(column: string): string {
  return `(${column} in (select id from good)) is true`;
}

function recordset(list: ListName): string {
  const columns = Object.entries(batchLists[list]).map(
    ([column, type]) => `${column} ${type === 'document' ? 'text' : type}`,
  );
  return `json_to_recordset($${listNames.indexOf(list) + 1}::json) as r(${columns.join(', ')})`;
}

function insertAll(list: ListName, table: string, without: readonly string[] = []): string {
  const columns = Object.keys(batchLists[list]).filter((column) => !without.includes(column));
  return `insert into ${table} (${columns.join(', ')}) select ${columns.join(', ')} from ${list}_list`;
}
