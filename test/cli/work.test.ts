import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli, type ServedCli, serveHere } from './testing-cli.ts';

let server: ServedCli;
const folder = mkdtempSync(join(tmpdir(), 'phasegate-work-'));
const stops: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  server = await serveHere({ PHASEGATE_DATA: folder }, (stop) => stops.push(stop));
});
afterAll(async () => {
  for (const stop of stops) await stop();
  rmSync(folder, { recursive: true, force: true });
});

const run = (...argv: readonly string[]) => runCli(argv, server.env);

test('work tells what waits, in a table or as JSON', async () => {
  expect(await run('work')).toMatchObject({ code: 0, out: '', err: 'Nothing waits for you.\n' });
  const id: string = JSON.parse((await run('start', 'sales', '--key', 'W-1', '--json')).out).instance.id;
  const { out } = await run('work', '--role', 'marketing', '--process', 'sales');
  const [head = '', row = '', ...others] = out.trimEnd().split('\n');
  expect(others.map((line) => line.split(/ {2,}/)[4])).toEqual(['W-1']);
  expect(head.split(/ {2,}/)).toEqual(['due', 'since', 'instance', 'process', 'key', 'step', 'what']);
  const cells = row.split(/ {2,}/);
  expect([cells[0], cells[2], cells[3], cells[4]]).toEqual(['—', id, 'Sales process', 'W-1']);
  expect(cells[6]).toMatch(/; /);
  const zh = await run('work', '--lang', 'zh');
  expect(zh.out).toMatch(/^截止 +等待自 +实例 +流程 +业务键 +环节 +待办\n/);
  const [item] = (await run('work', '--json')).out.trimEnd().split('\n');
  expect(JSON.parse(item ?? '')).toMatchObject({ instance: { id }, phase: 'preparation', advance: false });
  expect(await run('work', '--process', 'Sales')).toMatchObject({ code: 1 });
});
