import type { Knex } from 'knex';
import { cards } from './card-migration.ts';
import { childLinks } from './child-migration.ts';
import type { Dialect } from './database.ts';
import { evidence } from './evidence-migration.ts';
import { figures } from './figure-migration.ts';
import { calledServices, letters, messages } from './message-migration.ts';
import { publications } from './publication-migration.ts';
import { schedules } from './schedule-migration.ts';
import { correlationsByInstance, signals } from './signal-migration.ts';
import { soughtEntries } from './sought-migration.ts';
import { recordedEntries } from './stream-migration.ts';
import { tenantsAndOwners } from './tenant-migration.ts';
import { timers } from './timer-migration.ts';
import { countedIncidents, listedIncidents, listedWork } from './work-migration.ts';

/** A step of the schema's history: number and name say which decision it is. Never changed once released. */
export interface Migration {
  readonly name: string;
  up(knex: Knex, dialect: Dialect): Promise<void>;
}

/** In order; the last one is the schema of this program. */
export const migrations: readonly Migration[] = [
  { name: '001-instances-and-history', up: instancesAndHistory },
  { name: '002-snapshots-and-patches', up: snapshotsAndPatches },
  { name: '003-on-hold', up: onHold },
  { name: '004-tenants-and-owners', up: tenantsAndOwners },
  { name: '005-work', up: listedWork },
  { name: '006-evidence', up: evidence },
  { name: '007-child-links', up: childLinks },
  { name: '008-messages', up: messages },
  { name: '012-signals', up: signals },
  { name: '013-timers', up: timers },
  { name: '014-calendars', up: pinnedCalendars },
  { name: '015-schedules', up: schedules },
  { name: '016-stream', up: recordedEntries },
  { name: '017-letters', up: letters },
  { name: '018-calls', up: callsAndIncidents },
  { name: '019-correlations-by-instance', up: correlationsByInstance },
  { name: '020-counted-incidents', up: countedIncidents },
  { name: '021-publications', up: publications },
  { name: '022-keys-that-end', up: keysThatEnd },
  { name: '023-cards', up: cards },
  { name: '024-figures', up: figures },
  { name: '025-sought-entries', up: soughtEntries },
];

/**
 * Rows that belong to an instance (or to a key of a caller) carry the bucket first in every primary, unique and foreign
 * key, so that the same tables can be spread over many nodes. Other indexes serve one list filter each.
 */
async function instancesAndHistory(knex: Knex, dialect: Dialect): Promise<void> {
  const text = (table: Knex.CreateTableBuilder, column: string) =>
    table.specificType(column, dialect.text).notNullable();
  const optional = (table: Knex.CreateTableBuilder, column: string) =>
    table.specificType(column, dialect.text).nullable();
  const texts = (table: Knex.CreateTableBuilder, ...columns: readonly string[]) => {
    for (const column of columns) text(table, column);
  };
  const bucket = (table: Knex.CreateTableBuilder) => table.specificType('bucket', 'smallint').notNullable();
  const integer = (table: Knex.CreateTableBuilder, column: string) => table.integer(column).notNullable();
  const key = (table: Knex.CreateTableBuilder, ...columns: readonly string[]) => table.primary([...columns]);
  const ofInstance = (table: Knex.CreateTableBuilder, name: string) =>
    table.foreign(['bucket', 'instance'], `${name}_instance`).references(['bucket', 'id']).inTable('instances');

  await knex.schema.createTable('definitions', (table) => {
    text(table, 'process');
    integer(table, 'version');
    texts(table, 'digest', 'yaml', 'published_at', 'published_by');
    key(table, 'process', 'version');
    table.unique(['process', 'digest'], { indexName: 'definitions_digest' });
  });

  await knex.schema.createTable('instances', (table) => {
    bucket(table);
    texts(table, 'id', 'process');
    integer(table, 'version');
    text(table, 'digest');
    optional(table, 'business_key');
    text(table, 'status').checkIn(['active', 'closed'], 'instances_status_known');
    optional(table, 'outcome');
    integer(table, 'revision');
    integer(table, 'seq');
    text(table, 'head');
    optional(table, 'quarantine');
    // The long document stands last: reading the columns before it does not read its pages.
    texts(table, 'started_at', 'updated_at', 'doc');
    key(table, 'bucket', 'id');
    table.index(['id'], 'instances_by_id');
    table.index(['process', 'id'], 'instances_by_process');
    table.index(['status', 'id'], 'instances_by_status');
    table.index(['outcome', 'id'], 'instances_by_outcome', { predicate: knex.whereNotNull('outcome') });
    table.index(['business_key', 'id'], 'instances_by_key', { predicate: knex.whereNotNull('business_key') });
    table.index(['id'], 'instances_quarantined', { predicate: knex.whereNotNull('quarantine') });
  });
  if (dialect.tuneInstances !== null) await knex.raw(dialect.tuneInstances);

  await knex.schema.createTable('positions', (table) => {
    bucket(table);
    texts(table, 'instance', 'phase', 'step');
    key(table, 'bucket', 'instance', 'phase', 'step');
    ofInstance(table, 'positions');
    table.index(['phase', 'instance', 'step', 'bucket'], 'positions_by_phase');
    table.index(['step', 'instance', 'phase', 'bucket'], 'positions_by_step');
  });

  // Appended only. Clustered by its key on SQLite it was slower: every entry would rewrite a page of long texts.
  await knex.schema.createTable('history', (table) => {
    bucket(table);
    text(table, 'instance');
    integer(table, 'seq');
    texts(table, 'recorded_at', 'hash', 'text');
    key(table, 'bucket', 'instance', 'seq');
    ofInstance(table, 'history');
  });

  await knex.schema.createTable('personal', (table) => {
    bucket(table);
    texts(table, 'instance', 'field', 'value', 'salt');
    key(table, 'bucket', 'instance', 'field');
    ofInstance(table, 'personal');
  });

  await knex.schema.createTable('instance_keys', (table) => {
    bucket(table);
    texts(table, 'process', 'business_key', 'instance');
    key(table, 'bucket', 'process', 'business_key');
  });

  await knex.schema.createTable('idempotency', (table) => {
    bucket(table);
    texts(table, 'scope', 'request_key', 'request_hash', 'instance');
    integer(table, 'first_seq');
    integer(table, 'last_seq');
    text(table, 'recorded_at');
    key(table, 'bucket', 'scope', 'request_key');
    table.index(['recorded_at'], 'idempotency_by_age');
  });

  await knex.schema.createTable('api_keys', (table) => {
    texts(table, 'id', 'hash', 'actor', 'roles', 'created_at');
    optional(table, 'revoked_at');
    key(table, 'id');
  });
}

/**
 * Documents leave the rows that every event rewrites: a snapshot now and then in a table of its own, and beside each
 * entry a patch with what it changed.
 */
async function snapshotsAndPatches(knex: Knex, dialect: Dialect): Promise<void> {
  await knex.schema.createTable('snapshots', (table) => {
    table.specificType('bucket', 'smallint').notNullable();
    table.specificType('instance', dialect.text).notNullable();
    table.integer('seq').notNullable();
    table.specificType('doc', dialect.text).notNullable();
    table.primary(['bucket', 'instance']);
    table.foreign(['bucket', 'instance'], 'snapshots_instance').references(['bucket', 'id']).inTable('instances');
  });
  await knex.raw('insert into snapshots (bucket, instance, seq, doc) select bucket, id, seq, doc from instances');
  // Not by knex's own builder: on SQLite it would copy the table and lose its partial indexes' conditions.
  await knex.raw('alter table instances drop column doc');
  await knex.schema.alterTable('history', (table) => {
    table.specificType('patch', dialect.text).nullable();
  });
}

/** Beside `status`, which says active of a held instance: SQLite cannot widen the check of a column that is there. */
async function onHold(knex: Knex): Promise<void> {
  // Not by knex's own builder: see above.
  await knex.raw('alter table instances add column on_hold smallint not null default 0');
  await knex.schema.alterTable('instances', (table) => {
    table.index(['id'], 'instances_on_hold', { predicate: knex.where('on_hold', knex.raw('1')) });
  });
}

/** A version holds the calendars that it names: newer ones with the same ids belong to newer versions. */
async function pinnedCalendars(knex: Knex, dialect: Dialect): Promise<void> {
  // Not by knex's own builder: see above.
  await knex.raw(`alter table definitions add column calendars ${dialect.text} null`);
}

/** What a key was made for, and until when it works. */
async function keysThatEnd(knex: Knex, dialect: Dialect): Promise<void> {
  // Not by knex's own builder: see above.
  for (const column of ['name', 'expires_at'])
    await knex.raw(`alter table api_keys add column ${column} ${dialect.text} null`);
}

async function callsAndIncidents(knex: Knex, dialect: Dialect): Promise<void> {
  await calledServices(knex, dialect);
  await listedIncidents(knex);
}
