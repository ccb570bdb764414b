import type { Knex } from 'knex';
import type { Dialect } from './database.ts';

/** Of each instance the next thing that time does to it, as its document says. `wait_until`: nobody is to try before. */
export async function timers(knex: Knex, dialect: Dialect): Promise<void> {
  await knex.schema.createTable('timers', (table) => {
    table.specificType('bucket', 'smallint').notNullable();
    for (const column of ['instance', 'tenant', 'due', 'what']) table.specificType(column, dialect.text).notNullable();
    table.specificType('wait_until', dialect.text).notNullable().defaultTo('');
    table.primary(['bucket', 'instance']);
    table.foreign(['bucket', 'instance'], 'timers_instance').references(['bucket', 'id']).inTable('instances');
    table.index(['due', 'bucket', 'instance'], 'timers_by_due');
    table.index(['bucket', 'due'], 'timers_by_bucket');
  });
}
