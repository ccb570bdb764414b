import {
  chmodSync,
  closeSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { freshFolder, runCli } from './testing-cli.ts';

const sales = readFileSync(new URL('../../processes/sales.yaml', import.meta.url), 'utf8');

function setup(text = sales) {
  const path = join(freshFolder(), 'sales.yaml');
  writeFileSync(path, text);
  return { path, read: () => readFileSync(path, 'utf8') };
}

test('shows what it would change, and writes when it is told to', async () => {
  const { path, read } = setup();
  const { code, out, err } = await runCli(['edit', path, 'set-sla', 'step:negotiation', '45 days']);
  expect([code, err]).toEqual([0, 'nothing is written yet; --write writes the file\n']);
  const lines = out.split('\n');
  expect(lines.slice(0, 3)).toEqual([`--- ${path}`, `+++ ${path}`, '@@ -290,7 +290,7 @@']);
  expect(lines.filter((line) => /^[-+] /.test(line))).toEqual([
    expect.stringContaining('-        sla: { within: 30 days, pause'),
    expect.stringContaining('+        sla: { within: 45 days, pause'),
  ]);
  expect(read()).toBe(sales);
  const written = await runCli(['edit', path, 'set-sla', 'step:negotiation', '45 days', '--write']);
  expect([written.code, written.err]).toEqual([0, '']);
  expect(read()).toBe(sales.replace('within: 30 days, pause', 'within: 45 days, pause'));
  const again = await runCli(['edit', path, 'set-sla', 'step:negotiation', '45 days', '--write']);
  expect(again).toEqual({ code: 0, out: '', err: `${path} says so already; nothing is changed\n` });
});

test('replaces the file as a whole, through a link, with the rights that it has', async () => {
  const { path, read } = setup();
  chmodSync(path, 0o640);
  const link = join(dirname(path), 'link.yaml');
  symlinkSync(path, link);
  const reader = openSync(path, 'r');
  const words = ['edit', link, 'set-sla', 'step:negotiation', '45 days', '--write'];
  expect(await runCli(words)).toMatchObject({ code: 0, err: '' });
  // Whoever was reading has the old file to its end.
  expect(readFileSync(reader, 'utf8')).toBe(sales);
  closeSync(reader);
  expect(read()).toBe(sales.replace('within: 30 days, pause', 'within: 45 days, pause'));
  expect([lstatSync(link).isSymbolicLink(), statSync(path).mode & 0o777]).toEqual([true, 0o640]);
  expect(readdirSync(dirname(path)).sort()).toEqual(['link.yaml', 'sales.yaml']);
});

/** Does something without the right to write everything, which root has. */
async function asNobody<T>(run: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return run();
  process.seteuid?.(65_534);
  try {
    return await run();
  } finally {
    process.seteuid?.(0);
  }
}

test('exit code 2 where the file cannot be written, after the change was shown', async () => {
  const { path, read } = setup();
  chmodSync(dirname(path), 0o755);
  chmodSync(path, 0o444);
  const words = ['edit', path, 'set-sla', 'step:negotiation', '45 days'];
  const shown = await runCli(words);
  expect(await asNobody(() => runCli([...words, '--write']))).toEqual({
    code: 2,
    out: shown.out,
    err: `✗ ${path} cannot be written (EACCES); check the folder and the permissions\n`,
  });
  expect(read()).toBe(sales);
});

test.each([
  [['set', 'negotiation', 'rework/limit', '5'], 'limit: 5, resets'],
  [['set-title', 'step:demo', '{ en: Demonstration }'], 'title: { zh: 产品演示与方案展示, en: Demonstration }'],
  [['set-role', 'quote', '[rep]'], '            by: [rep]\n'],
  [['set-condition', 'demo/exit/buyer-present', 'buyers >= 2'], 'when: buyers >= 2'],
  [['rename', 'step:demo', 'show'], '      show:\n'],
  [
    ['add', 'activity:recap', '{ title: { zh: 回顾, en: Recap }, source: "2.2.2.3" }', 'in=demo', 'after=present'],
    'recap:',
  ],
  [['move', 'questions', 'before=present'], '          questions:\n'],
  [['move', 'cross-sell', 'to=satisfaction'], '          cross-sell:\n'],
  [['remove', 'signal:delivered'], 'hold:'],
] as const)('%j', async (words, expected) => {
  const { path, read } = setup();
  const { code, err } = await runCli(['edit', path, ...words, '--write']);
  expect([code, err.split('\n').filter((line) => line.includes('error'))]).toEqual([0, []]);
  expect(read()).toContain(expected);
  expect(read()).not.toBe(sales);
});

test('takes a number for a number: the file says where it wants a text', async () => {
  const { path, read } = setup();
  const { code, err } = await runCli(['edit', path, 'set', 'step:demo', 'note', '2.1', '--write']);
  expect([code, err]).toEqual([1, expect.stringContaining('error wrong-type')]);
  expect((await runCli(['edit', path, 'set', 'step:demo', 'note', '"2.1"', '--write'])).code).toBe(0);
  expect(read()).toContain('note: "2.1"');
});

test('carries out several operations, or none', async () => {
  const { path, read } = setup();
  const list = join(freshFolder(), 'edits.json');
  writeFileSync(list, JSON.stringify([{ op: 'remove', at: 'step:demo', move_to: 'negotiation' }]));
  const alone = await runCli(['edit', path, '--ops', list, '--write']);
  expect(alone.code).toBe(1);
  expect(alone.err).toContain('error unknown-step: There is no phase or step "demo"');
  expect(alone.err).toContain('so nothing is changed');
  expect(read()).toBe(sales);
  const both = await runCli([
    ...['edit', path, '--write', '--ops', list],
    ...['--op', '{"op": "set", "at": "negotiation", "word": "rework/to", "value": ["first-contact"]}'],
  ]);
  expect(both.code).toBe(0);
  expect(read()).toContain('retired: { demo: { move_to: negotiation } }');
});

test('--json answers the file and what is to be said of it', async () => {
  const { path } = setup();
  const { out } = await runCli(['edit', path, 'set-title', 'process', '{ en: Selling }', '--json']);
  expect(JSON.parse(out)).toEqual({ yaml: sales.replace('en: Sales process', 'en: Selling'), problems: [] });
});

test.each([
  [['set-sl', 'x', '1 day'], 'there is no operation set-sl; did you mean set-sla?'],
  [['rename', 'step:demo'], 'expected rename AT TO; TO is missing'],
  [['move', 'step:demo', 'demo'], 'expected NAME=VALUE'],
  [['--ops', 'absent.json'], 'absent.json cannot be read'],
  [['--op', '[]'], '--op should be a JSON object'],
  [[], 'say what to do: set, set-sla'],
])('says what is wrong with %j', async (words, says) => {
  const { path } = setup();
  const { code, err } = await runCli(['edit', path, ...words]);
  expect([code, err]).toEqual([2, expect.stringContaining(says)]);
});

test('is refused with what was expected and found, in the language asked for', async () => {
  const { path } = setup();
  expect(await runCli(['edit', path, 'set-sla', 'negotation', '1 day', '--lang', 'zh'])).toEqual({
    code: 1,
    out: '',
    err: expect.stringContaining('没有 negotation，是否指 negotiation？'),
  });
});
