/**
 * All SQL. In: changes that the engine has decided, and questions by id, by filter or by place. Out: rows, and for each
 * change whether it is written. A batch is one statement and one sync of the disk; a change that cannot be written never
 * fails its neighbours. The same contract holds on SQLite (two drivers) and PostgreSQL; what differs between them is in
 * `sqlite-*.ts` and `postgres-*.ts` alone.
 * Never: decides anything, reads the clock, looks inside a document, changes or deletes a history entry.
 */
export { MAX_CHANGES } from './commit.ts';
export { storeDefaults } from './defaults.ts';
export { openStore, type StoreOptions } from './open-store.ts';
export type * from './types.ts';
