import { expect, it } from 'vitest';
import { runCli, serveHere } from './testing-cli.ts';

const processes = new URL('../../processes', import.meta.url).pathname;

it('prints when the processes of a folder start by themselves, without a server', async () => {
  const { code, out, err } = await runCli(['schedules', processes, '--from', '2026-02-13']);
  expect([code, err]).toEqual([0, '']);
  const lines = out.split('\n').map((line) => line.replaceAll(/ +/g, ' ').trim());
  // The Spring Festival of 2026 is from 15 to 23 February; 14 and 28 February are made up for.
  expect(lines.slice(0, 6)).toEqual([
    'process cron zone next last',
    'daily-figures 0 18 * * * Asia/Shanghai 2026-02-13 18:00 —',
    '2026-02-14 18:00',
    '2026-02-24 18:00',
    '2026-02-25 18:00',
    '2026-02-26 18:00',
  ]);
  expect(lines).toContain('monthly-review 0 9 1 * * Asia/Shanghai 2026-03-02 09:00 —');
  expect(lines).toContain('monthly-training 0 14 15 * * Asia/Shanghai 2026-02-14 14:00 —');
  expect(lines).toContain('quarterly-targets 0 9 L 3,6,9,12 * Asia/Shanghai 2026-03-31 09:00 —');
  expect(lines).toContain('quarterly-process-review 0 9 1 1,4,7,10 * Asia/Shanghai 2026-04-01 09:00 —');
});

it('asks the server what it will start, and says it as JSON', async () => {
  const { env } = await serveHere();
  const { code, out } = await runCli(['schedules', '--json'], env);
  const rows = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect([code, rows.map(({ process }) => process)]).toEqual([
    0,
    ['daily-figures', 'monthly-review', 'monthly-training', 'quarterly-process-review', 'quarterly-targets'],
  ]);
  expect(rows[0]).toMatchObject({ zone: 'Asia/Shanghai', calendar: 'china', roll: 'skip', missed: 'all' });
  expect((await runCli(['schedules', '--lang', 'zh'], env)).out).toMatch(/^流程 +cron +时区 +接下来 +最近一次\n/);
});

it('says what is wrong with a day', async () => {
  const { code, err } = await runCli(['schedules', processes, '--from', '2026-02-30']);
  expect([code, err]).toEqual([
    2,
    expect.stringContaining('--from should be a day that exists, e.g. 2026-02-01; found 2026-02-30'),
  ]);
});
