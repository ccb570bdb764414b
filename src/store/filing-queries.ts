import type { Knex } from 'knex';
import { bucketOf } from '../ids.ts';
import { type CardOwner, cardRow } from './batch.ts';
import { NEVER } from './batch-lists.ts';
import type { Database } from './database.ts';
import type { Filing, FilingStore } from './filing-types.ts';

export function filingQueries({ reader, writer }: Database): FilingStore {
  return {
    async pendingFilings(after, limit) {
      const places = reader('work_pending').select('bucket', { id: 'instance' }).limit(limit);
      if (after !== null) places.whereRaw('(bucket, instance) > (?, ?)', [after.bucket, after.id]);
      return await places.orderBy(['bucket', 'instance']);
    },
    fileRows: (filings) =>
      writer.transaction(async (transaction) => {
        let filed = 0;
        for (const filing of filings) if (await file(transaction, filing)) filed += 1;
        return filed;
      }),
  };
}

async function file(transaction: Knex.Transaction, filing: Filing): Promise<boolean> {
  const { instance, seq } = filing;
  const bucket = bucketOf(instance);
  // Locked, so that whoever moves it comes before or after; SQLite has one writer anyway.
  const owner: CardOwner | undefined = await transaction('instances')
    .where({ bucket, id: instance, seq })
    .forUpdate()
    .first('id', 'tenant', 'process', 'version', 'owner', 'team');
  if (owner === undefined) return false;
  for (const [table, rows] of rowsOf(bucket, owner, filing)) {
    await transaction(table).where({ bucket, instance }).delete();
    if (rows.length > 0) await transaction(table).insert([...rows]);
  }
  await transaction('work_pending').where({ bucket, instance }).delete();
  return true;
}

/** What is to stand in each table. */
function rowsOf(
  bucket: number,
  owner: CardOwner,
  { work, cards }: Filing,
): readonly (readonly [table: string, rows: readonly object[]])[] {
  const { id: instance, version: _, ...whose } = owner;
  return [
    ['work', work.map(({ due, ...row }) => ({ bucket, instance, ...whose, ...row, due: due ?? NEVER }))],
    ['cards', cards.map((card) => cardRow(bucket, owner, card))],
  ];
}
