import knex from 'knex';
import { ProcessError } from '../errors.ts';
import { cannotOpen, quiet } from './database.ts';
import type { SqliteClient } from './sqlite-driver.ts';

/**
 * Claims a SQLite file for this process: an exclusive transaction on `<file>.lock`, kept open. The operating system
 * gives it up when the process ends, however it ends; the file itself stays readable and editable for others.
 * Throws `unavailable` when another server holds it. Returns what gives it up.
 */
export async function lockFile(file: string, client: SqliteClient): Promise<() => Promise<void>> {
  const lock = knex({
    client,
    connection: { filename: `${file}.lock` },
    useNullAsDefault: true,
    log: quiet,
    pool: { min: 1, max: 1 },
  });
  try {
    await lock.raw('pragma busy_timeout = 0');
    await lock.raw('begin exclusive');
  } catch (error) {
    await lock.destroy();
    if (!isBusy(error)) throw cannotOpen(file, error);
    throw new ProcessError(
      'unavailable',
      {
        zh: `数据库文件 ${file} 正被另一个 phasegate 服务使用。请先停止那个服务，或为本服务指定其他数据目录；多个服务共用数据请改用 PostgreSQL。`,
        en: `The database file ${file} is in use by another phasegate server. Stop that server first, or give this one another data folder; for several servers on the same data use PostgreSQL.`,
      },
      { file },
    );
  }
  return () => lock.destroy();
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY';
}
