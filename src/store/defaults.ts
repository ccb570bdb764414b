import { availableMemory, cacheMbFor } from './sqlite-cache.ts';
import type { SqliteOptions } from './sqlite-database.ts';

/** What is not said; only SQLite reads these. */
export const storeDefaults: SqliteOptions = {
  client: 'sqlite3',
  /** Each commit is on the disk when it is answered; NORMAL may lose the last ones when the power fails. */
  synchronous: 'FULL',
  /** Page cache of each of the two connections, in MiB; taken as it fills. */
  cacheMb: cacheMbFor(availableMemory()),
  /** Pages of the write-ahead log before it is copied into the file: 1,000 copies too often, more gains nothing. */
  walAutocheckpoint: 4000,
  /** The only server on the file. False: beside a running server, for commands that look or change a row. */
  exclusive: true,
};
