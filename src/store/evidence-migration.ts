import type { Knex } from 'knex';
import type { Dialect } from './database.ts';

/**
 * Evidence that instances have produced, the last of each name of an instance: what activities of others rest on is looked
 * up by name and scope, lists walk a tenant or a name in order of the instances.
 */
export async function evidence(knex: Knex, dialect: Dialect): Promise<void> {
  const text = (table: Knex.CreateTableBuilder, column: string) => table.specificType(column, dialect.text);
  await knex.schema.createTable('evidence', (table) => {
    table.specificType('bucket', 'smallint').notNullable();
    for (const column of ['instance', 'name', 'tenant', 'process', 'scope', 'valid_from', 'valid_to', 'made_at'])
      text(table, column).notNullable();
    table.integer('seq').notNullable();
    text(table, 'withdrawn_at').nullable();
    table.primary(['bucket', 'instance', 'name']);
    table.foreign(['bucket', 'instance'], 'evidence_instance').references(['bucket', 'id']).inTable('instances');
  });
  for (const index of [
    'evidence_by_scope on evidence (tenant, process, name, scope, valid_to) where withdrawn_at is null',
    'evidence_by_name on evidence (tenant, process, name, instance)',
    'evidence_by_tenant on evidence (tenant, instance, name)',
  ])
    await knex.raw(`create index ${index}`);
}
