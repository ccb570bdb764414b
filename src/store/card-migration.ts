import type { Knex } from 'knex';
import type { Dialect } from './database.ts';

/**
 * What boards filter and sum of open instances, one row per place that they stand in; all but the words that a search looks
 * in is in the index that counts and columns walk. Where the instances stand that are there is known; class, amount,
 * deadlines and words only the engine can say: `work_pending` names them until it has.
 */
export async function cards(knex: Knex, dialect: Dialect): Promise<void> {
  await knex.schema.createTable('cards', (table) => {
    table.specificType('bucket', 'smallint').notNullable();
    for (const column of ['instance', 'tenant', 'process', 'phase', 'step'])
      table.specificType(column, dialect.text).notNullable();
    table.integer('version').notNullable();
    for (const column of ['slot', 'shared']) table.specificType(column, 'smallint').notNullable();
    for (const column of ['owner', 'team', 'class', 'currency']) table.specificType(column, dialect.text).nullable();
    table.bigInteger('amount').nullable();
    for (const column of ['clock', 'due', 'words']) table.specificType(column, dialect.text).notNullable();
    table.primary(['bucket', 'instance', 'slot']);
    table.foreign(['bucket', 'instance'], 'cards_instance').references(['bucket', 'id']).inTable('instances');
    table.index([...CARDS_BY_STEP], 'cards_by_step');
  });
  await knex.raw(
    `insert into cards (bucket, instance, slot, tenant, process, phase, step, version, shared, owner, team, clock, due, words)
      select i.bucket, i.id,
        (select count(*) from positions q where q.bucket = p.bucket and q.instance = p.instance
          and (q.phase, q.step) < (p.phase, p.step)),
        i.tenant, i.process, p.phase, p.step, i.version,
        case when (select count(*) from positions q where q.bucket = p.bucket and q.instance = p.instance) > 1 then 1 else 0 end,
        i.owner, i.team, 'none', '9999-12-31T23:59:59.999Z', ''
      from positions p join instances i on i.bucket = p.bucket and i.id = p.instance where i.status = 'active'`,
  );
  await knex.raw(
    `insert into work_pending (bucket, instance) select bucket, id from instances i where status = 'active'
      and not exists (select 1 from work_pending p where p.bucket = i.bucket and p.instance = i.id)`,
  );
}

const CARDS_BY_STEP = [
  'tenant',
  'process',
  'step',
  'instance',
  'bucket',
  'phase',
  'version',
  'shared',
  'owner',
  'team',
  'class',
  'currency',
  'amount',
  'clock',
  'due',
] as const;
