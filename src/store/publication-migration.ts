import type { Knex } from 'knex';
import type { Dialect } from './database.ts';

/**
 * Who did what with which version of a process, in one order for each process: only ever appended to. Versions that are
 * there were published as they came. Times in the record of a process do not go back, whatever the clocks did, so that the
 * highest number stays the newest.
 */
export async function publications(knex: Knex, dialect: Dialect): Promise<void> {
  await knex.schema.createTable('publications', (table) => {
    const text = (column: string) => table.specificType(column, dialect.text);
    text('process').notNullable();
    table.integer('seq').notNullable();
    table.integer('version').notNullable();
    text('act').notNullable().checkIn(['draft', 'approve', 'reject', 'publish', 'withdraw'], 'publications_act_known');
    for (const column of ['at', 'actor']) text(column).notNullable();
    for (const column of ['via', 'note', 'hypothesis', 'metric', 'effective_at', 'tests', 'outcome'])
      text(column).nullable();
    table.specificType('forced', 'smallint').notNullable().defaultTo(0);
    table.primary(['process', 'seq']);
    table
      .foreign(['process', 'version'], 'publications_version')
      .references(['process', 'version'])
      .inTable('definitions');
    table.index(['process', 'version', 'seq'], 'publications_by_version');
    table.index(['process', 'effective_at', 'seq'], 'publications_effective', {
      predicate: knex.whereNotNull('effective_at'),
    });
  });
  await knex.raw(
    `insert into publications (process, seq, version, act, at, actor, effective_at)
      select process, version, version, 'publish', at, published_by, at from (
        select process, version, published_by, max(published_at) over (partition by process order by version) as at
          from definitions) as published`,
  );
  // All of them are asked for together: of each version how many instances run on it.
  await knex.raw('create index instances_by_version on instances (tenant, version, process, status)');
}
