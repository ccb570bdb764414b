import type { Knex } from 'knex';
import { ProcessError } from '../errors.ts';
import type { Batch } from './batch-lists.ts';
import type { CommitResult } from './types.ts';

/** One open database. All that differs between databases is behind this, in one file each, with the reason. */
export interface Database {
  /** The only connections that write. */
  readonly writer: Knex;
  /** For queries; may be the same. */
  readonly reader: Knex;
  /** False: the schema is somebody else's to change, and only checked here. */
  readonly ownsSchema: boolean;
  readonly dialect: Dialect;
  /**
   * Writes a batch as one durable statement: all of it, but for the changes that are stale where the database can tell
   * them apart. Returns the ids of the instances written. Any other conflict throws and leaves nothing behind.
   */
  write(batch: Batch): Promise<ReadonlySet<string>>;
  /** Runs a query of one JSON parameter that is asked again and again: each connection prepares it once. */
  ask(sql: string, parameter: string): Promise<readonly unknown[]>;
  close(): Promise<void>;
}

export interface Dialect {
  /** Column type of texts, compared by bytes so that every database has one order. */
  readonly text: string;
  /** Table option of instances, written again at every event. */
  readonly tuneInstances: string | null;
  /** The personal values of instance `i` as a JSON text: an array of `{field, value}`. */
  readonly personal: string;
  /** The evidence that instance `i` produced, likewise: an array of `EvidenceRow` without its instance. */
  readonly evidence: string;
  /** A table of the JSON parameter `[[bucket, id], …]` of `Database.ask`, with these columns. */
  readonly places: string;
  /** Several servers work on the same tables. */
  readonly sharesTables: boolean;
  /** The milliseconds since 1970 that the servers share; null: there is one server, whose clock it is. */
  readonly time: string | null;
  /** A column in a condition that must not choose the index: another column does. */
  readonly unindexed: (column: string) => string;
  /** What stood in the way of a statement; null: nothing that a change can cause. */
  readonly conflict: (error: unknown) => Exclude<CommitResult, 'ok'> | null;
}

/** The conflict that a duplicate row in a table stands for. */
export const conflictOfTable: Readonly<Record<string, Exclude<CommitResult, 'ok'>>> = {
  instances: 'stale',
  history: 'stale',
  instance_keys: 'key-in-use',
  idempotency: 'idempotency-taken',
};

/** What goes wrong is thrown; knex would print it as well. */
export const quiet = { warn() {}, error() {}, deprecate() {}, debug() {} };

/** A database that cannot be opened; `name` is a file or a host, never a password. */
export function cannotOpen(name: string, cause: unknown): ProcessError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ProcessError('unavailable', {
    zh: `无法打开数据库 ${name}：${reason}。请检查地址、权限以及数据库是否在运行。`,
    en: `The database ${name} cannot be opened: ${reason}. Check the address, the permissions, and whether it runs.`,
  });
}

/** The connection that knex holds, taken out of its pool for one statement of our own. */
export async function withConnection<C, R>(knex: Knex, use: (connection: C) => Promise<R>): Promise<R> {
  const client: { acquireConnection(): Promise<C>; releaseConnection(connection: C): Promise<void> } = knex.client;
  const connection = await client.acquireConnection();
  try {
    return await use(connection);
  } finally {
    await client.releaseConnection(connection);
  }
}
