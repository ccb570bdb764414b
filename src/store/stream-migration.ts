import type { Knex } from 'knex';

/** Entries are looked for by when they were recorded, whatever instance they are of. */
export async function recordedEntries(knex: Knex): Promise<void> {
  await knex.schema.alterTable('history', (table) => {
    table.index(['recorded_at'], 'history_by_time');
  });
}
