import { storeContract } from './contract.ts';
import { freshSqlite, sqliteContract } from './sqlite-contract.ts';

storeContract('better-sqlite3', freshSqlite('better-sqlite3'));
sqliteContract('better-sqlite3');
