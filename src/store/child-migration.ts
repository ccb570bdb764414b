import type { Knex } from 'knex';
import type { Dialect } from './database.ts';

/**
 * Instances that start others: whose child an instance is, for the list of children, and what is still to be done between
 * the two. A row of `child_links` lives as long as that is so, so that the table holds little but what is under way. No
 * foreign key: that a parent is gone must not keep its child from closing.
 */
export async function childLinks(knex: Knex, dialect: Dialect): Promise<void> {
  // By hand: see the migration before.
  await knex.raw(`alter table instances add column parent ${dialect.text}`);
  await knex.raw('create index instances_by_parent on instances (tenant, parent, id) where parent is not null');
  await knex.schema.createTable('child_links', (table) => {
    table.specificType('bucket', 'smallint').notNullable();
    for (const column of ['parent', 'child', 'state']) table.specificType(column, dialect.text).notNullable();
    table.integer('seq').notNullable();
    table.primary(['bucket', 'parent', 'child', 'state', 'seq']);
  });
}
