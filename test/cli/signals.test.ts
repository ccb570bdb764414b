import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freshFolder, runCli, serveHere } from './testing-cli.ts';

test('signals lists what other systems have told, and what became of it', async () => {
  const server = await serveHere({ PHASEGATE_DATA: join(freshFolder(), 'data') });
  const run = (...argv: readonly string[]) => runCli(['signals', ...argv], server.env);
  const data = { delivered_at: '2026-02-13T09:30:00+08:00', open_issues: 0 };
  const response = await fetch(`${server.url}/v1/signals`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${server.env.PHASEGATE_KEY}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ id: 'w-1', signal: 'delivered', key: 'CRM-9', at: '2026-02-13T09:30:00+08:00', data }),
  });
  const { receipt } = Object(await response.json());
  const { code, out } = await run();
  expect({ code, line: out.trimEnd().split('\n')[1]?.replaceAll(/ {2,}/g, ' ') }).toEqual({
    code: 0,
    line: expect.stringContaining(`delivered CRM-9`),
  });
  expect(JSON.parse((await run('--state', 'kept', '--json')).out)).toMatchObject({ receipt, id: 'w-1', data });
  expect((await run('--state', 'delivered', '--json')).out).toBe('');
  expect((await run('--state', 'lost')).code).toBe(1);
});
