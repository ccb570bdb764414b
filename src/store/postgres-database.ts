import knex from 'knex';
import type { Batch } from './batch-lists.ts';
import { cannotOpen, conflictOfTable, type Database, type Dialect, quiet, withConnection } from './database.ts';
import { commitSql, commitValues } from './postgres-commit.ts';

/** How often a commit is tried again that the database gave up in favour of another (deadlock, serialization). */
const MAX_ATTEMPTS = 8;

/** Most connections of one node. */
const MAX_CONNECTIONS = 10;

/**
 * Every query of this store has its index, and plans are made once, on tables that may still be empty: left to its
 * guesses the planner would keep scanning them when they have grown.
 */
const sessionSettings = `
set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; set jit = off;
set plan_cache_mode = force_generic_plan; set synchronous_commit = on`;

const dialect: Dialect = {
  sharesTables: true,
  time: 'extract(epoch from clock_timestamp()) * 1000',
  text: 'text collate "C"',
  // Room on the page for the next version of the row, so that an update touches no index.
  tuneInstances: 'alter table instances set (fillfactor = 70)',
  personal: `(select json_agg(json_build_object('field', p.field, 'value', p.value, 'salt', p.salt) order by p.field)::text
    from personal p where p.bucket = i.bucket and p.instance = i.id)`,
  evidence: `(select json_agg(json_build_object('name', e.name, 'tenant', e.tenant, 'process', e.process, 'scope', e.scope, 'validFrom', e.valid_from,
      'validTo', e.valid_to, 'madeAt', e.made_at, 'seq', e.seq, 'withdrawnAt', e.withdrawn_at) order by e.name)::text
    from evidence e where e.bucket = i.bucket and e.instance = i.id)`,
  places: `(select (place->>0)::smallint as bucket, place->>1 as id from json_array_elements($1::json) as place)`,
  unindexed: (column) => column,
  conflict: (error) => {
    const { code, table } = databaseError(error);
    // Two changes of the batch begin the same instance: this may be found out before its row is there twice.
    if (code === '21000') return 'stale';
    return code === '23505' ? (conflictOfTable[table] ?? null) : null;
  },
};

interface PostgresConnection {
  query(query: {
    readonly name: string;
    readonly text: string;
    readonly values: readonly string[];
  }): Promise<{ readonly rows: readonly unknown[] }>;
}

/** Opens a PostgreSQL database by its URL; several nodes may. Throws `unavailable` when it does not answer. */
export async function openPostgres(url: string): Promise<Database> {
  const pool = knex({
    client: 'pg',
    // An error would carry the values into the log.
    compileSqlOnError: false,
    log: quiet,
    connection: { connectionString: url, application_name: 'phasegate' },
    pool: {
      min: 0,
      max: MAX_CONNECTIONS,
      afterCreate(raw: { query(sql: string): Promise<unknown> }, done: (error: unknown, raw: unknown) => void) {
        raw.query(sessionSettings).then(
          () => done(null, raw),
          (error: unknown) => done(error, raw),
        );
      },
    },
  });

  /** What the connections know a query by that they have planned. */
  const names = new Map<string, string>();

  async function write(batch: Batch): Promise<ReadonlySet<string>> {
    const values = commitValues(batch);
    for (let attempt = 1; ; attempt += 1) {
      try {
        // Named, so that each connection plans it once; planning takes longer than running it.
        const { rows } = await withConnection(pool, (connection: PostgresConnection) =>
          connection.query({ name: 'commit', text: commitSql, values }),
        );
        return new Set(rows.map((row) => String(Object(row).id)));
      } catch (error) {
        if (attempt === MAX_ATTEMPTS || !gaveWay(error)) throw error;
      }
    }
  }

  async function ask(sql: string, parameter: string): Promise<readonly unknown[]> {
    const name = names.get(sql) ?? `question-${names.size + 1}`;
    names.set(sql, name);
    const { rows } = await withConnection(pool, (connection: PostgresConnection) =>
      connection.query({ name, text: sql, values: [parameter] }),
    );
    return rows;
  }

  try {
    await pool.raw('select 1');
  } catch (error) {
    await pool.destroy();
    throw cannotOpen(placeOf(url), error);
  }
  return { writer: pool, reader: pool, ownsSchema: true, dialect, write, ask, close: () => pool.destroy() };
}

function gaveWay(error: unknown): boolean {
  return ['40001', '40P01'].includes(databaseError(error).code);
}

/** SQLSTATE and table of an error that PostgreSQL answered with; empty texts for any other. */
function databaseError(error: unknown): { readonly code: string; readonly table: string } {
  if (!(error instanceof Error)) return { code: '', table: '' };
  const code = 'code' in error ? String(error.code) : '';
  const table = 'table' in error ? String(error.table) : '';
  return { code, table };
}

/** Host and database of a URL, without what is secret in it. */
function placeOf(url: string): string {
  if (!URL.canParse(url)) return 'postgres://…';
  const { host, pathname } = new URL(url);
  return `postgres://${host}${pathname}`;
}
