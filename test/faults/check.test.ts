import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/store/database.ts';
import { openDatabase } from '../../src/store/open-store.ts';
import { fillFile } from '../bench/filled-file.ts';
import { check } from './check.ts';
import { type Ledger, openLedger } from './ledger.ts';

// The check of the fault runs must see what it looks for.

const folder = mkdtempSync(join(tmpdir(), 'phasegate-check-'));
let database: Database;

beforeAll(async () => {
  const file = join(folder, 'check.db');
  await fillFile(file, 1);
  database = await openDatabase({ url: file, client: 'better-sqlite3' });
});

afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What clients would have been told of the deal in the file. */
async function told(): Promise<Ledger> {
  const ledger = openLedger();
  const rows: readonly { instance: string; seq: number; hash: string; text: string }[] = await database
    .reader('history')
    .orderBy('seq');
  for (const { instance, seq, hash, text } of rows) {
    const { requestId } = JSON.parse(text);
    ledger.acknowledged.push({ instance, seq, hash, requestId });
    ledger.requests.set(requestId, { requestId, path: '', body: '', key: null, instance: null, answered: true });
  }
  return ledger;
}

/** What is found after a change to the file, which is then taken back. */
async function findingsAfter(sql: string) {
  const ledger = await told();
  const before = new Error('take it back');
  let findings = await check(database, ledger, null);
  expect(findings).toMatchObject({ lost: [], halves: [], instances: 1, entries: 10 });
  await database.writer
    .transaction(async (transaction) => {
      await transaction.raw('pragma defer_foreign_keys = on');
      await transaction.raw(sql);
      findings = await check({ reader: transaction }, ledger, null);
      throw before;
    })
    .catch((error: unknown) => {
      if (error !== before) throw error;
    });
  return findings;
}

describe('the check after a crash', () => {
  it.each([
    ['a last entry that is gone', 'delete from history where seq = 10', 1, /head and seq/],
    ['an entry in the middle that is gone', 'delete from history where seq = 4', 1, /numbers of the entries/],
    [
      'an entry with another text',
      `update history set text = replace(text, 'smb', 'enterprise') where seq = 3`,
      0,
      /hashes/,
    ],
    ['a document that is one event behind', 'update instances set revision = revision - 1', 0, /revision/],
    [
      'a value that no entry explains',
      `update history set patch = replace(patch, '"value":120', '"value":121')`,
      0,
      /fields/,
    ],
    ['a position that is not written', 'delete from positions', 0, /positions is \[\]/],
    ['a personal value that is not written', 'delete from personal', 0, /personal values is \{\}/],
    ['a business key that is not claimed', 'delete from instance_keys', 0, /business keys is \[\]/],
    ['an instance that is gone', 'delete from instances', 10, /rows without an instance/],
  ])('finds %s', async (_what, sql, lost, half) => {
    const findings = await findingsAfter(sql);
    expect(findings.lost).toHaveLength(lost);
    expect(findings.halves.join('\n')).toMatch(half);
  });

  it('finds a request that was carried out twice', async () => {
    const ledger = await told();
    const [first, second] = ledger.requests.keys();
    await database.writer.raw(`update history set text = replace(text, '${second}', '${first}')`);
    const { halves } = await check(database, ledger, null);
    expect(halves).toContain(`${first} was carried out 2 times`);
  });
});
