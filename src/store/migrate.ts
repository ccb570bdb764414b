import type { Knex } from 'knex';
import { ProcessError } from '../errors.ts';
import type { Database } from './database.ts';
import { type Migration, migrations } from './migrations.ts';

const TABLE = 'schema_migrations';

/** How often a node tries again that found another one bringing up the schema at the same time. */
const MAX_ATTEMPTS = 8;

/** Brings the schema up to this program's. Throws `unavailable` when the schema is newer, or is not ours to change. */
export async function migrate(database: Database, known: readonly Migration[] = migrations): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const applied = await appliedMigrations(database.writer);
    refuseNewer(applied, known);
    if (applied.length === known.length) return;
    if (!database.ownsSchema) throw notUpToDate();
    try {
      await runMigrations(database, known);
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !isRace(error)) throw error;
    }
  }
}

/**
 * All in one transaction, knex's own lock row with it: a process that is killed leaves nothing locked behind, and of two
 * nodes the second waits for the first.
 */
async function runMigrations({ writer, dialect }: Database, known: readonly Migration[]): Promise<void> {
  await writer.transaction(async (transaction) => {
    await transaction.migrate.latest({
      tableName: TABLE,
      // Knex finds files by name with their ending, which differs between .ts and .js: the list is ours.
      migrationSource: {
        getMigrations: async () => [...known],
        getMigrationName: (migration: Migration) => migration.name,
        getMigration: async (migration: Migration) => ({
          up: (knex: Knex) => migration.up(knex, dialect),
          down: async () => {},
        }),
      },
    });
  });
}

async function appliedMigrations(knex: Knex): Promise<readonly string[]> {
  if (!(await knex.schema.hasTable(TABLE))) return [];
  const rows: readonly { readonly name: string }[] = await knex(TABLE).select('name').orderBy('id');
  return rows.map((row) => row.name);
}

function refuseNewer(applied: readonly string[], known: readonly Migration[]): void {
  const unknown = applied.filter((name) => !known.some((migration) => migration.name === name));
  if (unknown.length === 0) return;
  const names = unknown.join(', ');
  throw new ProcessError('unavailable', {
    zh: `数据库的结构比本程序新：程序不认识 ${names}。请使用写入该数据库的版本或更新的 phasegate。`,
    en: `The schema of the database is newer than this program, which does not know ${names}. Use the phasegate version that wrote it, or a newer one.`,
  });
}

/** Another node made the same table a moment earlier. */
function isRace(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['23505', '42P07'].includes(String(error.code));
}

function notUpToDate(): ProcessError {
  return new ProcessError('unavailable', {
    zh: '数据库的结构不是本程序的版本，且数据库不是由本命令独占打开的。请先用本版本启动一次服务来升级结构。',
    en: 'The schema of the database is older than this program, and this command may not change it. Start the server of this version once to bring it up.',
  });
}
