import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CHILD, PARENT } from '../engine/parent.ts';
import { runCli, type ServedCli, serveHere, testKey } from './testing-cli.ts';

let server: ServedCli;
const folder = mkdtempSync(join(tmpdir(), 'phasegate-children-'));
const stops: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  server = await serveHere({ PHASEGATE_DATA: folder }, (stop) => stops.push(stop));
  const headers = { authorization: `Bearer ${testKey}`, 'content-type': 'text/yaml' };
  for (const body of [PARENT, CHILD])
    await fetch(`${server.env.PHASEGATE_URL}/v1/processes`, { method: 'POST', headers, body });
});
afterAll(async () => {
  for (const stop of stops) await stop();
  rmSync(folder, { recursive: true, force: true });
});

const run = async (...argv: readonly string[]) => (await runCli(argv, server.env)).out;

/** Asks again until the server has done by itself what is to be shown. */
async function shown(id: string, what: string): Promise<string> {
  for (;;) {
    const text = await run('show', id);
    if (text.includes(what)) return text;
  }
}

test('a running server starts children by itself; show and history tell of them from both sides', async () => {
  const started = await run('start', 'parent', '--field', 'amount=5000', '--field', 'wanted=true', '--json');
  const id: string = JSON.parse(started).instance.id;
  await run('send', id, 'advance');
  await shown(id, 'second  child  started');
  const parent = await shown(id, 'first  child  failed');
  expect(parent).toContain('\nchildren\n  ✗ first  child  failed  both  ');
  expect(parent).toContain('sum (sum) should be a value from −∞ to 1000');
  expect(parent).toContain('✓ retry-child ');
  const child = /second {2}child {2}started {2}both {2}([0-9a-f-]{36})/.exec(parent)?.[1] ?? '';
  expect(await run('show', child)).toContain(`\nparent: ${id}  both › second\n`);
  expect(await run('history', child)).toContain('(phasegate)');
  await run('send', child, 'close', 'outcome=poor', 'reason=no');
  await shown(id, 'second  child  ended = poor');
  const history = await run('history', id);
  expect(history).toContain('first = requested  second = requested  → both');
  expect(history).toContain('first = failed');
  expect(history).toMatch(/phasegate +✓ child-ended/);
  expect(await run('verify', '--url', server.url)).toContain('the chain holds');
}, 20_000);
