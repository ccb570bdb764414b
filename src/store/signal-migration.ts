import type { Knex } from 'knex';
import type { Dialect } from './database.ts';

/**
 * What other systems tell: each signal with what became of it, and the values that open instances are found by. A row of
 * `correlations` lies with its value, so that one look finds the instances of every process.
 */
export async function signals(knex: Knex, dialect: Dialect): Promise<void> {
  await knex.schema.createTable('signals', (table) => {
    table.specificType('bucket', 'smallint').notNullable();
    for (const column of ['receipt', 'tenant', 'sender', 'id', 'signal', 'value', 'at', 'received_at', 'expires_at'])
      table.specificType(column, dialect.text).notNullable();
    table.specificType('is_kept', 'smallint').notNullable();
    table.specificType('state', dialect.text).notNullable();
    for (const column of ['attempts', 'revision']) table.integer(column).notNullable();
    table.specificType('results', dialect.text).notNullable();
    for (const column of ['data', 'settled_at']) table.specificType(column, dialect.text).nullable();
    table.primary(['bucket', 'receipt']);
    const isKept = { predicate: knex.where('state', knex.raw("'kept'")) };
    table.index(['tenant', 'received_at', 'receipt'], 'signals_by_time');
    table.index(['tenant', 'state', 'received_at', 'receipt'], 'signals_by_state');
    table.index(['tenant', 'value', 'received_at', 'receipt'], 'signals_by_value', isKept);
    table.index(['receipt'], 'signals_kept', isKept);
    table.index(['expires_at'], 'signals_by_end', isKept);
    table.index(['settled_at'], 'signals_settled', { predicate: knex.whereNotNull('settled_at') });
  });
  await knex.schema.createTable('correlations', (table) => {
    table.specificType('bucket', 'smallint').notNullable();
    for (const column of ['tenant', 'value', 'process', 'field', 'instance'])
      table.specificType(column, dialect.text).notNullable();
    table.primary(['bucket', 'tenant', 'value', 'process', 'field', 'instance']);
    table.index(['tenant', 'value'], 'correlations_by_value');
  });
}

/** What an instance is found by can be held against its document. */
export async function correlationsByInstance(knex: Knex): Promise<void> {
  await knex.schema.alterTable('correlations', (table) => {
    table.index(['instance'], 'correlations_by_instance');
  });
}
