import type { Knex } from 'knex';
import type { Dialect } from './database.ts';

/**
 * Whose an instance is: its tenant, its owner and the owner's team. Every list is one tenant's, so that its indexes begin
 * there; business keys are unique within a tenant. What was there before is the tenant `main`'s.
 */
export async function tenantsAndOwners(knex: Knex, dialect: Dialect): Promise<void> {
  const tenant = `add column tenant ${dialect.text} not null default 'main'`;
  // By hand: on SQLite knex's own builder would copy the tables and lose the conditions of their indexes.
  for (const statement of [
    `alter table instances ${tenant}`,
    `alter table instances add column owner ${dialect.text}`,
    `alter table instances add column team ${dialect.text}`,
    `alter table positions ${tenant}`,
    `alter table api_keys ${tenant}`,
    `alter table api_keys add column team ${dialect.text}`,
    'alter table api_keys add column acts_for_others smallint not null default 0',
    ...['id', 'process', 'status', 'outcome', 'key'].map((name) => `drop index instances_by_${name}`),
    'drop index instances_quarantined',
    'drop index instances_on_hold',
    'create index instances_by_tenant on instances (tenant, id)',
    'create index instances_by_process on instances (tenant, process, id)',
    'create index instances_by_status on instances (tenant, status, id)',
    ...['outcome', 'owner', 'team'].map(
      (column) =>
        `create index instances_by_${column} on instances (tenant, ${column}, id) where ${column} is not null`,
    ),
    'create index instances_by_key on instances (tenant, business_key, id) where business_key is not null',
    'create index instances_quarantined on instances (tenant, id) where quarantine is not null',
    'create index instances_on_hold on instances (tenant, id) where on_hold = 1',
    'drop index positions_by_phase',
    'drop index positions_by_step',
    'create index positions_by_phase on positions (tenant, phase, instance, step, bucket)',
    'create index positions_by_step on positions (tenant, step, instance, phase, bucket)',
    'create table instance_keys_before as select bucket, process, business_key, instance from instance_keys',
    'drop table instance_keys',
  ]) {
    await knex.raw(statement);
  }
  await knex.schema.createTable('instance_keys', (table) => {
    table.specificType('bucket', 'smallint').notNullable();
    for (const column of ['tenant', 'process', 'business_key', 'instance'])
      table.specificType(column, dialect.text).notNullable();
    table.primary(['bucket', 'tenant', 'process', 'business_key']);
  });
  await knex.raw(
    "insert into instance_keys select bucket, 'main', process, business_key, instance from instance_keys_before",
  );
  await knex.raw('drop table instance_keys_before');
}
