import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freshFolder, produceEvidence, runCli, serveHere } from './testing-cli.ts';

const REVIEW = 'quarterly-market-review/market-review';

test('evidence lists what there is and until when, and whom it touches', async () => {
  const server = await serveHere({ PHASEGATE_DATA: join(freshFolder(), 'data') });
  const run = (...argv: readonly string[]) => runCli(['evidence', ...argv], server.env);
  const started = await runCli(['start', 'sales', '--key', 'E-1', '--json'], server.env);
  const { id } = JSON.parse(started.out).instance;
  expect((await run(REVIEW)).out.split('\n')[1]).toBe(`${id}  E-1  market-analysis  gather      ✗`);
  await produceEvidence(server);
  const { code, out } = await run('--lang', 'zh');
  expect({ code, lines: out.trimEnd().split('\n') }).toEqual({
    code: 0,
    lines: [
      expect.stringMatching(/^证据 +范围 +有效期 +状态 +实例$/),
      expect.stringMatching(
        /^quarterly-market-review\/market-review +\d{4}-\d\d-\d\d – \d{4}-\d\d-\d\d +有效 +[0-9a-f-]{36}$/,
      ),
      expect.stringMatching(
        /^ideal-customer\/customer-profile +\d{4}-\d\d-\d\d – \d{4}-\d\d-\d\d +有效 +[0-9a-f-]{36}$/,
      ),
    ],
  });
  expect((await run('--state', 'expired', '--json')).out).toBe('');
  expect(JSON.parse((await run(REVIEW, '--json')).out)).toMatchObject({ instance: { id }, met: true });
  expect((await run('market-review')).code).toBe(2);
  expect((await run('--state', 'old')).code).toBe(1);
});
