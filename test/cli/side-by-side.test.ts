import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SIDE } from '../engine/side.ts';
import { runCli, type ServedCli, serveHere, testKey } from './testing-cli.ts';

let server: ServedCli;
const folder = mkdtempSync(join(tmpdir(), 'phasegate-side-'));
const stops: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  server = await serveHere({ PHASEGATE_DATA: folder }, (stop) => stops.push(stop));
  const headers = { authorization: `Bearer ${testKey}`, 'content-type': 'text/yaml' };
  await fetch(`${server.env.PHASEGATE_URL}/v1/processes`, { method: 'POST', headers, body: SIDE });
});
afterAll(async () => {
  for (const stop of stops) await stop();
  rmSync(folder, { recursive: true, force: true });
});

const run = async (...argv: readonly string[]) => (await runCli(argv, server.env)).out;

test('show and history tell what waits, what is not needed, and which round it is', async () => {
  const started = await run('start', 'side', '--field', 'score=30', '--field', 'urgent=false', '--json');
  const id: string = JSON.parse(started).instance.id;
  expect(await run('show', id)).toContain('position: —\nwaiting: Gather › Ask + Gather › Look + Gather › Read');
  await run('send', id, 'enter', 'step=ask');
  await run('send', id, 'complete', 'activity=call', 'choices=mail');
  await run('send', id, 'repeat');
  await run('send', id, 'enter', 'step=look');
  const shown = await run('show', id);
  expect(shown).toContain('position: Gather › Ask + Gather › Look\nwaiting: Gather › Read');
  expect(shown).toContain('ask  Ask  round 2');
  expect(shown).toContain('visit  Visit  not needed');
  await run('send', id, 'skip', 'step=look', 'reason=nothing to see');
  const history = await run('history', id);
  expect(history).toContain('(waiting: ask, look, read)');
  expect(history).toContain('→ ask  (waiting: look, read)');
  expect(history).toContain('reason: nothing to see  look  → done (ask stays open)');
});
