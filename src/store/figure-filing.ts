import type { Knex } from 'knex';
import { bucketOf } from '../ids.ts';
import { deadlineRow, stayRow } from './batch.ts';
import type { Database } from './database.ts';
import type { FigureFiling } from './figure-types.ts';

const TABLES = ['stays', 'deadlines', 'endings', 'turned_down', 'figures_pending'] as const;
/** Rows in one statement: databases bound its values. */
const AT_ONCE = 50;

/** Replaces the rows of instances, of those that still stand at their `seq`; returns how many. */
export function fileFigures({ writer }: Database, filings: readonly FigureFiling[]): Promise<number> {
  return writer.transaction(async (transaction) => {
    let filed = 0;
    for (const filing of filings) if (await file(transaction, filing)) filed += 1;
    return filed;
  });
}

async function file(transaction: Knex.Transaction, filing: FigureFiling): Promise<boolean> {
  const { instance, seq, stays, deadlines, ending, turnedDown } = filing;
  const bucket = bucketOf(instance);
  // Locked, so that whoever moves it comes before or after; SQLite has one writer anyway.
  const found: { readonly tenant: string; readonly process: string } | undefined = await transaction('instances')
    .where({ bucket, id: instance, seq })
    .forUpdate()
    .first('tenant', 'process');
  if (found === undefined) return false;
  for (const table of TABLES) await transaction(table).where({ bucket, instance }).delete();
  const of = { bucket, instance, ...found };
  await insert(
    transaction,
    'stays',
    stays.map((stay) => stayRow(of, stay)),
  );
  await insert(
    transaction,
    'deadlines',
    deadlines.map((deadline) => deadlineRow(of, deadline)),
  );
  await insert(transaction, 'endings', ending === undefined ? [] : [{ ...of, ...ending }]);
  await insert(
    transaction,
    'turned_down',
    turnedDown.map((turned) => ({ ...of, ...turned })),
  );
  return true;
}

async function insert(transaction: Knex.Transaction, table: string, rows: readonly object[]): Promise<void> {
  for (let from = 0; from < rows.length; from += AT_ONCE)
    await transaction(table).insert(rows.slice(from, from + AT_ONCE));
}
