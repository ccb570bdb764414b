import { storeContract } from './contract.ts';
import { freshSqlite, sqliteContract } from './sqlite-contract.ts';

storeContract('sqlite3', freshSqlite('sqlite3'));
sqliteContract('sqlite3');
