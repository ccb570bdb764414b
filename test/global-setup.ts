import { serveDatabases } from './postgres.ts';

/** Runs once around all test files. */
export default serveDatabases;
