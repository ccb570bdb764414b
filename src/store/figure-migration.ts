import type { Knex } from 'knex';
import type { Dialect } from './database.ts';

/**
 * What figures are counted from, one small row at each moment that counts: rounds of steps, rounds of clocks, criteria that
 * refused, and what became of an instance. Whose an instance is and its version stand in `instances` alone. What the
 * instances that are there went through only the engine can say: `figures_pending` names them until it has.
 */
export async function figures(knex: Knex, dialect: Dialect): Promise<void> {
  const text = (table: Knex.CreateTableBuilder, column: string) => table.specificType(column, dialect.text);
  const integer = (table: Knex.CreateTableBuilder, column: string) => table.integer(column);
  const create = (name: string, columns: (table: Knex.CreateTableBuilder) => void) =>
    knex.schema.createTable(name, (table) => {
      table.specificType('bucket', 'smallint').notNullable();
      text(table, 'instance').notNullable();
      table.foreign(['bucket', 'instance'], `${name}_instance`).references(['bucket', 'id']).inTable('instances');
      columns(table);
    });
  const ofProcess = (table: Knex.CreateTableBuilder) => {
    text(table, 'tenant').notNullable();
    text(table, 'process').notNullable();
  };

  await create('stays', (table) => {
    ofProcess(table);
    text(table, 'step').notNullable();
    integer(table, 'round').notNullable();
    text(table, 'entered_at').notNullable();
    text(table, 'left_at').nullable();
    text(table, 'ended').nullable();
    for (const column of ['elapsed', 'waiting', 'paused']) integer(table, column).nullable();
    table.primary(['bucket', 'instance', 'step', 'round']);
    table.index(['tenant', 'process', 'entered_at', 'step', 'ended'], 'stays_by_entry');
  });
  await knex.raw(
    'create index stays_by_end on stays (tenant, process, left_at, step, elapsed, waiting, paused) where left_at is not null',
  );
  await create('deadlines', (table) => {
    ofProcess(table);
    text(table, 'clock').notNullable();
    integer(table, 'round').notNullable();
    text(table, 'due').notNullable();
    text(table, 'ended_at').nullable();
    text(table, 'how').nullable();
    table.primary(['bucket', 'instance', 'clock', 'round']);
  });
  await knex.raw('create index deadlines_by_end on deadlines (tenant, process, ended_at) where ended_at is not null');
  await knex.raw('create index deadlines_running on deadlines (tenant, process, due) where ended_at is null');
  await create('turned_down', (table) => {
    integer(table, 'seq').notNullable();
    text(table, 'gate').notNullable();
    text(table, 'criterion').notNullable();
    ofProcess(table);
    integer(table, 'version').notNullable();
    text(table, 'at').notNullable();
    text(table, 'step').nullable();
    table.primary(['bucket', 'instance', 'seq', 'gate', 'criterion']);
    table.index(['tenant', 'process', 'at'], 'turned_down_by_time');
  });
  await create('endings', (table) => {
    ofProcess(table);
    for (const column of ['at', 'outcome', 'reason', 'currency']) text(table, column).nullable();
    table.bigInteger('amount').nullable();
    table.primary(['bucket', 'instance']);
  });
  await knex.raw('create index endings_by_time on endings (tenant, process, at) where at is not null');
  await knex.raw('create index instances_by_start on instances (tenant, process, started_at)');

  await create('figures_pending', (table) => table.primary(['bucket', 'instance']));
  await knex.raw('insert into figures_pending (bucket, instance) select bucket, id from instances');
}
