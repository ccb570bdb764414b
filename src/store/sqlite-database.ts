import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import knex, { type Knex } from 'knex';
import { ProcessError } from '../errors.ts';
import type { Batch } from './batch-lists.ts';
import { cannotOpen, conflictOfTable, type Database, type Dialect, quiet, withConnection } from './database.ts';
import { commitSetup, commitSql, commitValues } from './sqlite-commit.ts';
import { type SqliteClient, type SqliteStatement, sqliteConnection } from './sqlite-driver.ts';
import { lockFile } from './sqlite-lock.ts';

export interface SqliteOptions {
  readonly client: SqliteClient;
  readonly synchronous: 'FULL' | 'NORMAL';
  readonly cacheMb: number;
  readonly walAutocheckpoint: number;
  readonly exclusive: boolean;
}

const dialect: Dialect = {
  text: 'text',
  sharesTables: false,
  time: null,
  tuneInstances: null,
  personal: `(select json_group_array(json_object('field', p.field, 'value', p.value, 'salt', p.salt))
    from personal p where p.bucket = i.bucket and p.instance = i.id)`,
  evidence: `(select json_group_array(json_object('name', e.name, 'tenant', e.tenant, 'process', e.process, 'scope', e.scope, 'validFrom', e.valid_from,
      'validTo', e.valid_to, 'madeAt', e.made_at, 'seq', e.seq, 'withdrawnAt', e.withdrawn_at))
    from evidence e where e.bucket = i.bucket and e.instance = i.id)`,
  // Escaped for knex, which would take the question mark for one of its own.
  places: `(select json_extract(value, '$[0]') as bucket, json_extract(value, '$[1]') as id from json_each(\\?))`,
  // Without statistics SQLite guesses which index is best; a plus sign takes the choice from it.
  unindexed: (column) => `+${column}`,
  conflict(error) {
    if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CONSTRAINT'))) return null;
    const table = /UNIQUE constraint failed: (\w+)\./.exec(error.message)?.[1];
    if (table !== undefined) return conflictOfTable[table] ?? null;
    return error.message.endsWith('stale') ? 'stale' : null;
  },
};

/**
 * Opens a SQLite file: one connection that writes, one that only reads (readers of a WAL file do not wait for the
 * writer), and the claim on the file. Throws `unavailable` when another server has it.
 */
export async function openSqlite(path: string, options: SqliteOptions): Promise<Database> {
  const file = resolve(path);
  if (options.exclusive) makeFolder(file);
  else if (!existsSync(file)) throw noFile(file);
  const unlock = options.exclusive ? await lockFile(file, options.client) : async () => {};
  const writer = connect(file, options, 'off');
  const reader = connect(file, options, 'on');
  let statement: SqliteStatement | null = null;
  const questions = new Map<string, SqliteStatement>();

  async function write(batch: Batch): Promise<ReadonlySet<string>> {
    // The connection is taken from knex's pool so that no other statement can come between.
    await withConnection(writer, async (raw) => {
      if (statement === null) {
        const connection = sqliteConnection(options.client, raw);
        await connection.exec(commitSetup);
        // Prepared once: parsing the trigger anew costs as much as writing one event.
        statement = await connection.prepare(commitSql);
      }
      await statement.run(commitValues(batch));
    });
    return new Set([...batch.created, ...batch.updated].map((row) => String(row.id)));
  }

  async function ask(sql: string, parameter: string): Promise<readonly unknown[]> {
    return await withConnection(reader, async (raw) => {
      const asked = questions.get(sql) ?? (await sqliteConnection(options.client, raw).prepare(sql));
      questions.set(sql, asked);
      return await asked.all([parameter]);
    });
  }

  async function close(): Promise<void> {
    await statement?.finalize();
    statement = null;
    for (const asked of questions.values()) await asked.finalize();
    questions.clear();
    await reader.destroy();
    await writer.destroy();
    await unlock();
  }

  try {
    // The writer goes first: it makes the file a WAL file, which a reader cannot.
    await writer.raw('select 1');
    await reader.raw('select 1');
  } catch (error) {
    await close();
    throw cannotOpen(file, error);
  }
  return { writer, reader, ownsSchema: options.exclusive, dialect, write, ask, close };
}

function connect(file: string, options: SqliteOptions, queryOnly: 'on' | 'off'): Knex {
  const { client } = options;
  const pragmas = [
    'busy_timeout = 5000',
    // Only a new file takes it: a document then fits on its page instead of spilling over to others.
    'page_size = 8192',
    ...(queryOnly === 'off' ? ['journal_mode = wal'] : []),
    // Set even where it is the driver's default: better-sqlite3 is built to sync less in WAL mode.
    `synchronous = ${options.synchronous}`,
    `wal_autocheckpoint = ${options.walAutocheckpoint}`,
    `cache_size = ${-1024 * options.cacheMb}`,
    'foreign_keys = on',
    'temp_store = memory',
    `query_only = ${queryOnly}`,
  ];
  return knex({
    client,
    connection: { filename: file },
    useNullAsDefault: true,
    // An error would carry the values into the log.
    compileSqlOnError: false,
    log: quiet,
    pool: {
      min: 1,
      max: 1,
      afterCreate(raw: unknown, done: (error: unknown, raw: unknown) => void) {
        sqliteConnection(client, raw)
          .exec(pragmas.map((pragma) => `pragma ${pragma};`).join('\n'))
          .then(
            () => done(null, raw),
            (error: unknown) => done(error, raw),
          );
      },
    },
  });
}

function makeFolder(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (error) {
    throw cannotOpen(file, error);
  }
}

function noFile(file: string): ProcessError {
  return new ProcessError(
    'unavailable',
    {
      zh: `数据库文件 ${file} 不存在。请检查路径，或先启动一次服务来创建它。`,
      en: `There is no database file ${file}. Check the path, or start the server once to make it.`,
    },
    { file },
  );
}
