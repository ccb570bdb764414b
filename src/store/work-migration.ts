import type { Knex } from 'knex';
import type { Dialect } from './database.ts';

/**
 * Whom each open step waits for: one row per step and holder, and one index that the list walks in its order without
 * reading the rows. What waits of the instances that are there only the engine can say: `work_pending` names them until
 * it has.
 */
export async function listedWork(knex: Knex, dialect: Dialect): Promise<void> {
  const ofInstance = (table: Knex.CreateTableBuilder, name: string) => {
    table.specificType('bucket', 'smallint').notNullable();
    table.specificType('instance', dialect.text).notNullable();
    table.foreign(['bucket', 'instance'], `${name}_instance`).references(['bucket', 'id']).inTable('instances');
  };
  await knex.schema.createTable('work', (table) => {
    ofInstance(table, 'work');
    for (const column of ['step', 'who', 'tenant', 'process', 'since', 'due'])
      table.specificType(column, dialect.text).notNullable();
    for (const column of ['owner', 'team']) table.specificType(column, dialect.text).nullable();
    table.primary(['bucket', 'instance', 'step', 'who']);
    table.index(['tenant', 'who', 'due', 'since', 'instance', 'step', 'process', 'owner', 'team'], 'work_by_who');
  });
  await knex.schema.createTable('work_pending', (table) => {
    ofInstance(table, 'work_pending');
    table.primary(['bucket', 'instance']);
  });
  await knex.raw(
    "insert into work_pending (bucket, instance) select bucket, id from instances where status = 'active' and on_hold = 0",
  );
}

/** What failed is listed with what waits: the engine says of the instances that are there what that is. */
export async function listedIncidents(knex: Knex): Promise<void> {
  await knex.raw(
    `insert into work_pending (bucket, instance) select bucket, id from instances i
      where status = 'active' and on_hold = 0 and exists
        (select 1 from child_links c where c.bucket = i.bucket and c.parent = i.id)
        and not exists (select 1 from work_pending p where p.bucket = i.bucket and p.instance = i.id)`,
  );
}

/** Of the few rows that are incidents, whoever's they are: they are counted over all tenants. */
export async function countedIncidents(knex: Knex): Promise<void> {
  await knex.raw("create index work_incidents on work (bucket, instance, step) where who = 'incident'");
}
