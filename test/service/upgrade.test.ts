import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knex from 'knex';
import { expect, it, onTestFinished } from 'vitest';
import { withConnection } from '../../src/store/database.ts';
import { sqliteConnection } from '../../src/store/sqlite-driver.ts';
import { ADMIN } from '../engine/process.ts';
import { anyCard, anyWork, node, refusal, request } from './setup.ts';

const DEAL = '01a2097a-f422-71d2-ad53-f6bc6dfacef8';

it('goes on with deals and versions of a file that an early program left', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'phasegate-upgrade-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const filename = join(folder, 'early.db');
  const early = knex({ client: 'sqlite3', connection: { filename }, useNullAsDefault: true });
  const sql = readFileSync(new URL('early.sql', import.meta.url), 'utf8');
  await withConnection(early, (raw) => sqliteConnection('sqlite3', raw).exec(sql));
  await early.destroy();

  const { service, store } = await node({ url: filename });
  onTestFinished(async () => {
    await service.stop();
    await store.close();
  });
  expect(await service.verifyAll(null)).toEqual({ ok: true, checked: 8, broken: null, next: null });
  // What it waits for is filed once; what came before that says nothing of it.
  const work = async () => (await service.listWork(anyWork, ADMIN)).work.map(({ step, since }) => [step, since]);
  // Where it stands the board knows at once.
  const board = async () =>
    (await service.getBoard('early', anyCard, ADMIN)).steps.map(({ step, open }) => [step, open]);
  expect(await board()).toEqual([
    ['take', 0],
    ['give', 1],
  ]);
  expect([await work(), await service.fileRows(10), await service.fileRows(10)]).toEqual([[], 1, 0]);
  expect(await work()).toEqual([['give', '2026-02-13T09:39:00.000Z']]);
  expect(await store.pendingFilings(null, 10)).toEqual([]);
  const { fields, records, position, status, owner, tenant } = await service.getInstance(DEAL, ADMIN);
  expect({ fields, position, status, owner, tenant }).toEqual({
    fields: { staff: 7 },
    position: [{ phase: 'work', step: 'give' }],
    status: 'active',
    owner: null,
    tenant: 'main',
  });
  expect(records.steps.give).toMatchObject({ round: 2, reworks: 1, skips: 0, rounds: [] });
  await service.send(DEAL, { type: 'rework', step: 'give', to: 'take', reason: 'once more' }, request());
  await service.send(DEAL, { type: 'recall' }, request());
  expect(await refusal(service.send(DEAL, { type: 'advance' }, request()))).toMatchObject({ code: 'gate-shut' });
  await service.send(DEAL, { type: 'complete', activity: 'hand' }, request());
  const { instance } = await service.send(DEAL, { type: 'advance' }, request());
  expect(instance).toMatchObject({ status: 'closed', outcome: 'done', version: 1 });
  expect(await work()).toEqual([]);
  expect(await service.verifyAll(null)).toMatchObject({ ok: true, checked: 13 });
});
