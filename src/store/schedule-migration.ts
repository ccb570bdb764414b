import type { Knex } from 'knex';
import type { Dialect } from './database.ts';

/** How far each process that starts by itself has come. */
export async function schedules(knex: Knex, dialect: Dialect): Promise<void> {
  await knex.schema.createTable('schedules', (table) => {
    for (const column of ['process', 'plan', 'until']) table.specificType(column, dialect.text).notNullable();
    for (const column of ['started', 'refused', 'skipped']) table.specificType(column, dialect.text).nullable();
    table.primary(['process']);
  });
}
