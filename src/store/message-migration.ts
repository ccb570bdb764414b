import type { Knex } from 'knex';
import type { Dialect } from './database.ts';

/**
 * Messages that go out: who is told of what, and what is still to be told. A row of `outbox` says which entry of the history
 * the message is made of, and lives until that is delivered; where it never will be, `died_at` says since when.
 */
export async function messages(knex: Knex, dialect: Dialect): Promise<void> {
  await knex.schema.createTable('subscriptions', (table) => {
    for (const column of ['id', 'tenant', 'url', 'types', 'state', 'secret', 'created_at', 'created_by'])
      table.specificType(column, dialect.text).notNullable();
    for (const column of ['process', 'why', 'former_secret', 'former_until'])
      table.specificType(column, dialect.text).nullable();
    table.primary(['id']);
    table.index(['tenant', 'id'], 'subscriptions_by_tenant');
  });
  await knex.schema.createTable('outbox', (table) => {
    table.specificType('bucket', 'smallint').notNullable();
    for (const column of ['subscription', 'instance']) table.specificType(column, dialect.text).notNullable();
    table.integer('seq').notNullable();
    for (const column of ['since', 'due']) table.specificType(column, dialect.text).notNullable();
    table.integer('attempts').notNullable().defaultTo(0);
    table.specificType('leased', 'smallint').notNullable().defaultTo(0);
    for (const column of ['why', 'died_at']) table.specificType(column, dialect.text).nullable();
    table.primary(['bucket', 'subscription', 'instance', 'seq']);
    table.index(['subscription', 'due', 'instance', 'seq', 'bucket'], 'outbox_by_due');
    table.index(['subscription', 'instance', 'seq'], 'outbox_dead', { predicate: knex.whereNotNull('died_at') });
    table.index(['died_at'], 'outbox_by_death', { predicate: knex.whereNotNull('died_at') });
  });
}

/** Whom a subscription is for, and the language of its letters. */
export async function letters(knex: Knex, dialect: Dialect): Promise<void> {
  // Not by knex's own builder, which would copy the table on SQLite.
  for (const column of ['for_role', 'for_actor', 'language'])
    await knex.raw(`alter table subscriptions add column ${column} ${dialect.text} null`);
}

/** The services whose calls a subscription takes. */
export async function calledServices(knex: Knex, dialect: Dialect): Promise<void> {
  await knex.raw(`alter table subscriptions add column services ${dialect.text} not null default ''`);
}
