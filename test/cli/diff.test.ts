import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freshFolder, runCli, serveHere, testKey } from './testing-cli.ts';

const path = new URL('../../processes/sales.yaml', import.meta.url).pathname;
const sales = readFileSync(path, 'utf8');

function setup(edit: (text: string) => string) {
  const other = join(freshFolder(), 'other.yaml');
  writeFileSync(other, edit(sales));
  return other;
}

const stricter = (text: string) =>
  text.replace('when: buyers >= 1', 'when: buyers >= 2').replace('en: Sales process', 'en: Selling');

test('exit code 0 for two files that say the same', async () => {
  const other = setup((text) => text.replace('source: "2.1"\n', 'source: "2.1" # clause\n'));
  expect(await runCli(['diff', path, other])).toEqual({ code: 0, out: 'no difference\n', err: '' });
  expect((await runCli(['diff', path, other, '--lang', 'zh'])).out).toBe('没有差异\n');
});

test('exit code 1 for two that differ, each difference on a line, in the language asked for', async () => {
  const other = setup(stricter);
  const english = await runCli(['diff', path, other]);
  expect([english.code, english.out.trimEnd().split('\n')]).toEqual([
    1,
    [
      '2 differences: 0 added, 0 removed, 0 renamed, 0 moved, 2 changed; 1 tightened, 0 loosened, 1 text only',
      '* 5→5      process sales: title Sales process → Selling (text only)',
      '* 282→282  criterion demo/exit/buyer-present: when buyers >= 1 → buyers >= 2 (tightened)',
    ],
  ]);
  const chinese = await runCli(['diff', path, other, '--lang', 'zh']);
  expect(chinese.out).toContain(
    '* 282→282  条件项 demo/exit/buyer-present：条件 when buyers >= 1 → buyers >= 2（收紧）\n',
  );
});

test('--text lays the lines beside it, --json answers all of it', async () => {
  const other = setup(stricter);
  const { out } = await runCli(['diff', path, other, '--text']);
  expect(out).toContain(`\n--- ${path}\n+++ ${other}\n`);
  expect(out).toContain('\n-            when: buyers >= 1\n+            when: buyers >= 2\n');
  const json = JSON.parse((await runCli(['diff', path, other, '--json'])).out);
  expect(json).toMatchObject({ counts: { tightened: 1 }, left: 0 });
  expect(json.changes).toHaveLength(2);
});

test('compares a file with a version of a server', async () => {
  const server = await serveHere();
  const env = { ...server.env, PHASEGATE_KEY: testKey };
  expect(await runCli(['diff', 'sales@1', path], env)).toEqual({ code: 0, out: 'no difference\n', err: '' });
  const { code, out } = await runCli(['diff', 'sales@1', setup(stricter)], env);
  expect([code, out.split('\n')[0]]).toEqual([1, expect.stringContaining('1 tightened')]);
});

test('exit code 2 for a version that the server has not, 3 where no server answers', async () => {
  const server = await serveHere();
  const env = { ...server.env, PHASEGATE_KEY: testKey };
  for (const pair of [
    ['sales@9', path],
    ['sales@1', 'sales@9'],
  ])
    expect(await runCli(['diff', ...pair], env)).toEqual({
      code: 2,
      out: '',
      err: '✗ Not found (not-found)\n  process sales has no version 9; the newest is 1\n',
    });
  await server.stop();
  const { code, out, err } = await runCli(['diff', 'sales@1', path], env);
  expect([code, out, err]).toEqual([3, '', expect.stringContaining('nothing answers at')]);
  expect((await runCli(['diff', '--help'])).out.replaceAll(/\s+/g, ' ')).toContain(
    'Exit code 0 when they are equal, 1 when they differ, 2 when they cannot be compared, 3 when no server answers',
  );
});

test('exit code 2 for what cannot be compared', async () => {
  const missing = await runCli(['diff', path, 'absent.yaml']);
  expect([missing.code, missing.err]).toEqual([
    2,
    expect.stringContaining('absent.yaml cannot be read (ENOENT); check the path (from '),
  ]);
  const plain = await runCli(['diff', path, 'sales']);
  expect([plain.code, plain.err]).toEqual([
    2,
    expect.stringContaining('a version of a server is written sales@NUMBER'),
  ]);
  const broken = await runCli(['diff', path, setup((text) => text.replace('quote <= budget', 'qoute <= budget'))]);
  expect([broken.code, broken.out, broken.err]).toEqual([2, '', expect.stringContaining('condition-unknown-field')]);
});
