import { setTimeout as pause } from 'node:timers/promises';
import type { Knex } from 'knex';
import { ProcessError } from '../errors.ts';
import type { Database } from './database.ts';
import { type Migration, migrations } from './migrations.ts';

const TABLE = 'schema_migrations';

/** How long another node may take over its migration before this one gives up. */
const PATIENCE = { attempts: 120, everyMs: 250 };

/** Brings the schema up to this program's. Throws `unavailable` when the schema is newer, or is not ours to change. */
export async function migrate(database: Database, known: readonly Migration[] = migrations): Promise<void> {
  const applied = await appliedMigrations(database.writer);
  refuseNewer(applied, known);
  if (applied.length === known.length) return;
  if (database.schema === 'fixed') throw notUpToDate();
  for (let attempt = 1; ; attempt += 1) {
    try {
      // Knex finds files by name with their ending, which differs between .ts and .js: the list is ours.
      await database.writer.migrate.latest({
        tableName: TABLE,
        migrationSource: {
          getMigrations: async () => [...known],
          getMigrationName: (migration: Migration) => migration.name,
          getMigration: async (migration: Migration) => ({
            up: (knex: Knex) => migration.up(knex, database.dialect),
            down: async () => {},
          }),
        },
      });
      return;
    } catch (error) {
      const now = await appliedMigrations(database.writer);
      refuseNewer(now, known);
      if (now.length === known.length) return;
      if (!isRace(error)) throw error;
      if (attempt === PATIENCE.attempts) throw lockLeft();
      // Nobody else migrates a SQLite file that is claimed: what is locked was left by a process that was killed.
      if (database.reader !== database.writer)
        await database.writer.migrate.forceFreeMigrationsLock({ tableName: TABLE });
      else await pause(PATIENCE.everyMs);
    }
  }
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

/** Two nodes that start at once: the other holds knex's lock, or made the same table a moment earlier. */
function isRace(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return error.name === 'MigrationLocked' || /already locked/i.test(error.message) || ['23505', '42P07'].includes(code);
}

function notUpToDate(): ProcessError {
  return new ProcessError('unavailable', {
    zh: '数据库的结构不是本程序的版本，且数据库不是由本命令独占打开的。请先用本版本启动一次服务来升级结构。',
    en: 'The schema of the database is older than this program, and this command may not change it. Start the server of this version once to bring it up.',
  });
}

function lockLeft(): ProcessError {
  return new ProcessError('unavailable', {
    zh: `另一个节点长时间占用结构升级锁。若没有节点在升级，请执行 update ${TABLE}_lock set is_locked = 0 后重新启动。`,
    en: `Another node has held the migration lock for too long. If none is migrating, run: update ${TABLE}_lock set is_locked = 0; then start again.`,
  });
}
