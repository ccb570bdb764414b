import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freshFolder, runCli, serveHere } from './testing-cli.ts';

/** A database with two deals of three entries each, and the ids of the deals. */
async function setup() {
  const data = join(freshFolder(), 'data');
  const server = await serveHere({ PHASEGATE_DATA: data });
  const ids: string[] = [];
  for (const key of ['A', 'B']) {
    const { out } = await runCli(['start', 'sales', '--key', key, '--json'], server.env);
    const { id } = JSON.parse(out).instance;
    await runCli(['send', id, 'complete', 'activity=gather'], server.env);
    await runCli(['send', id, 'advance', 'step=market-analysis'], server.env);
    ids.push(id);
  }
  const [first = '', second = ''] = ids;
  const sql = (statement: string) => execFileSync('sqlite3', [join(data, 'phasegate.db'), statement]);
  return { data, server, first, second, sql };
}

test('says that the chain holds, beside a running server, through it, and of one instance', async () => {
  const { data, server, first } = await setup();
  expect([
    await runCli(['verify', '--data', data]),
    await runCli(['verify', '--url', server.url], server.env),
    await runCli(['verify', first, '--data', data, '--lang', 'zh']),
  ]).toEqual([
    { code: 0, out: '✓ 6 entries checked: the chain holds\n', err: '' },
    { code: 0, out: '✓ 6 entries checked: the chain holds\n', err: '' },
    { code: 0, out: '✓ 已核验 3 条历史记录：哈希链完整\n', err: '' },
  ]);
});

test('one byte of one entry changed: names the entry and why, whoever asks', async () => {
  const { data, server, first, second, sql } = await setup();
  sql(
    `update history set text = replace(text, '"activity":"gather"', '"activity":"gathes"') where instance = '${second}' and seq = 2`,
  );
  for (const argv of [
    ['verify', '--data', data],
    ['verify', second, '--data', data],
    ['verify', '--url', server.url],
  ]) {
    const { code, out } = await runCli(argv, server.env);
    expect(code).toBe(1);
    expect(out).toContain(`✗ entry 2 of instance ${second} does not hold\n  text and hash differ: `);
  }
  expect((await runCli(['verify', first, '--data', data])).code).toBe(0);
});

test('an entry gone: names the place', async () => {
  const { data, first, sql } = await setup();
  sql(`delete from history where instance = '${first}' and seq = 3`);
  const { code, out } = await runCli(['verify', '--data', data]);
  expect(code).toBe(1);
  expect(out).toContain(`instance ${first} does not hold`);
});

test('no database, no instance: said plainly', async () => {
  const { data } = await setup();
  const missing = await runCli(['verify', '--data', '/no/such/folder']);
  expect({
    code: missing.code,
    said: missing.err.includes('There is no database file /no/such/folder/phasegate.db'),
  }).toEqual({
    code: 1,
    said: true,
  });
  const nobody = await runCli(['verify', '01890000-0000-7000-8000-000000000000', '--data', data]);
  expect({ code: nobody.code, said: nobody.err.includes('(not-found)') }).toEqual({ code: 1, said: true });
});
