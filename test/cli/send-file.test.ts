import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freshFolder, produceEvidence, runCli, serveHere } from './testing-cli.ts';

async function setup() {
  const folder = freshFolder();
  const server = await serveHere({ PHASEGATE_DATA: join(folder, 'data') });
  await produceEvidence(server);
  const { env } = server;
  const { out } = await runCli(['start', 'sales', '--json'], env);
  const id: string = JSON.parse(out).instance.id;
  const path = join(folder, 'events.jsonl');
  const write = (lines: readonly unknown[]) =>
    writeFileSync(path, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
  const send = (...more: readonly string[]) => runCli(['send', '--file', path, ...more], env);
  const seq = async () => JSON.parse((await runCli(['show', id, '--json'], env)).out).seq;
  return { env, id, path, write, send, seq };
}

test('send --file sends every line, tells those refused by their place, and can be repeated', async () => {
  const { id, path, write, send, seq } = await setup();
  const note = (n: number) => ({ instance: id, event: { type: 'note', text: `n${n}` }, key: `k${n}` });
  const notes = Array.from({ length: 250 }, (_, n) => note(n));
  write([
    { instance: id, event: { type: 'complete', activity: 'gather' }, key: 'gather' },
    '',
    { instance: id, event: { type: 'advance', step: 'market-analysis' }, key: 'advance' },
    ...notes,
    { instance: 'nowhere', event: { type: 'note', text: 'x' } },
  ]);
  const refusals = [
    expect.stringMatching(`^✗ ${path}:3  ${id}  gate-shut: 3 criteria do not hold: `),
    expect.stringMatching(`^✗ ${path}:254  nowhere  not-found: `),
    '',
  ];
  const rehearsed = await send('--dry-run');
  expect(await seq()).toBe(1);
  const sent = await send();
  expect(await seq()).toBe(253);
  const again = await send('--lang', 'zh');
  expect(await seq()).toBe(253);
  for (const { code, out } of [rehearsed, sent]) expect([code, out.split('\n')]).toEqual([1, refusals]);
  expect([rehearsed.err, sent.err, again.err]).toEqual([
    'dry run, nothing written: 251 accepted, 2 refused\n',
    '251 accepted, 2 refused\n',
    '接受 251 个事件，拒绝 2 个\n',
  ]);
  write([note(1_000)]);
  expect(await send()).toEqual({ code: 0, out: '', err: '1 accepted, 0 refused\n' });
});

test('a line that is no event, or has the key of another: nothing is sent', async () => {
  const { id, path, write, send, seq } = await setup();
  const event = { type: 'note', text: 'x' };
  for (const bad of [
    '{',
    '7',
    { instance: id },
    { instance: id, event, kee: 'k' },
    { instance: id, event: { text: 'x' } },
  ]) {
    write([{ instance: id, event }, bad]);
    const { code, err } = await send();
    expect([code, err.startsWith(`✗ ${path}:2 should be {"instance": "…"`)]).toEqual([2, true]);
  }
  write([{ instance: id, event, key: 'k' }, '', { instance: id, event, key: 'k' }]);
  expect((await send()).err).toBe(`✗ ${path}:3 has the key of line 1; each line should have another\n`);
  expect(await seq()).toBe(1);
});

test('send takes an instance and a type, or a file', async () => {
  const { env } = await setup();
  const says = '✗ expected send ID TYPE [NAME=VALUE...], or send --file FILE [--dry-run]\n';
  for (const argv of [
    [],
    ['x'],
    ['x', 'note', '--dry-run'],
    ['x', 'note', '--file', 'f'],
    ['--file', 'f', '--json', '{}'],
  ])
    expect(await runCli(['send', ...argv], env)).toEqual({ code: 2, out: '', err: says });
});
