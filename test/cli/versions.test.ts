import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freshFolder, type Outcome, runCli, type ServedCli, serveHere } from './testing-cli.ts';

const root = new URL('../..', import.meta.url).pathname;
const guide = readFileSync(join(root, 'processes/README.md'), 'utf8');
const chapter = guide.split('\n## ').find((one) => one.startsWith('Draft, review, publish')) ?? '';

/** The shipped processes with a key of a second administrator, and an edit of the sales process. */
async function setup(env: Record<string, string> = {}) {
  const folder = freshFolder();
  const data = { PHASEGATE_DATA: join(folder, 'data') };
  cpSync(join(root, 'processes'), join(folder, 'processes'), { recursive: true });
  const server = await serveHere({
    ...data,
    PHASEGATE_PROCESSES: join(folder, 'processes'),
    PHASEGATE_REVIEW: 'four-eyes',
    ...env,
  });
  const made = await runCli(['keys', 'create', 'li.si', '--role', 'admin'], data);
  const [second = ''] = /pg_[\w-]+/.exec(`${made.out}${made.err}`) ?? [];
  const edited = join(folder, 'sales.yaml');
  const shipped = readFileSync(join(root, 'processes/sales.yaml'), 'utf8');
  writeFileSync(edited, shipped.replace('en: Sales process', 'en: Sales process of 2027'));
  const run = (argv: readonly string[], key: string = server.env.PHASEGATE_KEY ?? '') =>
    runCli(argv, { ...server.env, PHASEGATE_KEY: key });
  return { server, folder, second, edited, run };
}

const words = (line: string) =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');

test('every command of the guide’s chapter on publishing does what it says', async () => {
  const { second, edited, run } = await setup();
  const block = /```sh\n(npx phasegate draft[\s\S]*?)```/.exec(chapter)?.[1] ?? '';
  const lines = block.trim().split('\n');
  expect(lines).toHaveLength(8);
  const ran: Outcome[] = [];
  for (const line of lines) {
    const [command = '', remark = ''] = line.split(/ {2,}# /);
    const argv = words(command.replace('npx phasegate ', ''))
      .map((word) => (word === 'processes/sales.yaml' ? edited : word))
      // Whichever day it is.
      .map((word) => (/^\d{4}-12-01T/.test(word) ? '2099-12-01T00:00+08:00' : word));
    ran.push(await run(argv, remark.includes('somebody else') ? second : undefined));
  }
  expect(ran.map(({ code, err }) => [code, err])).toEqual(lines.map(() => [0, '']));
  const plain = ran.map(({ out }) => out.trimEnd().replaceAll(/ {2,}/g, '  '));
  expect(plain[0]).toBe('sales@2: draft');
  expect(plain[1]?.split('\n')).toEqual([
    'version  standing  effective  author  reviewed  published  open  closed  why',
    '  2  draft  —  admin  —  —  0  0  Quotes above budget take a reason',
    '  → Fewer discounts',
    '  ◎ Median discount below 8 %',
  ]);
  expect(plain[2]).toMatch(/^SANDBOX: apart from all real business\n\S+ {2}Sales process of 2027 v2 {2}TRY-1$/m);
  expect(plain[3]).toBe('sales@2: reviewed');
  expect(plain[4]).toBe('sales@2: scheduled, in effect from 2099-11-30 16:00 UTC');
  const when = '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d';
  expect(plain[5]).toMatch(
    new RegExp(`\n  2  scheduled  2099-11-30 16:00  admin  li\\.si ${when}  admin ${when}  0  0  `),
  );
  expect(plain[5]).toMatch(new RegExp(`\n→ 1  published  ${when}  serve  —  serve ${when}  0  0  —$`));
  expect(plain[6]).toMatch(new RegExp(`^sales@1: published, new instances start on it \\(since ${when} UTC\\)$`));
  expect(plain[7]).toBe('sales@2: withdrawn');
  const record = (await run(['versions', 'sales', '--json'])).out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(record.map(({ record: lines }) => lines.map(({ act }: { act: string }) => act))).toEqual([
    ['draft', 'approve', 'publish', 'withdraw'],
    ['publish', 'publish'],
  ]);
});

test('a file is published in one step where nobody has to review, and waits for a review elsewhere', async () => {
  const strict = await setup();
  const waiting = await strict.run(['publish', strict.edited, '--note', 'Other words']);
  expect([waiting.code, waiting.out]).toEqual([1, '']);
  expect(waiting.err).toContain('sales@2: draft');
  expect(waiting.err).toContain('review-required');
  expect(waiting.err).toContain('phasegate review sales@2 --approve');
  const chinese = await strict.run(['publish', 'sales@2', '--lang', 'zh']);
  expect(chinese.err).toContain('请另一人执行 phasegate review sales@2 --approve');
  await strict.server.stop();

  const free = await setup({ PHASEGATE_REVIEW: 'off' });
  const published = await free.run(['publish', free.edited, '--note', 'Other words']);
  expect([published.code, published.err]).toEqual([0, 'sales@2: draft\n']);
  expect(published.out).toMatch(/^sales@2: published, new instances start on it/);
  expect((await free.run(['start', 'sales@1', '--json'])).out).toContain('"version": 1');
});

test('the tests beside a file go with it, and a restart publishes nothing that was drafted', async () => {
  const { server, folder, edited, run } = await setup();
  const tests =
    'process: sales\nat: 2026-03-02T09:00+08:00\nscenarios:\n  - { name: start, start: { as: rep, crm_id: C-1 } }\n';
  writeFileSync(join(folder, 'sales.test.yaml'), tests);
  expect((await run(['draft', edited, '--note', 'Other words'])).code).toBe(0);
  expect(await testsOf(server)).toBe(tests);
  await server.stop();
  cpSync(edited, join(folder, 'processes/sales.yaml'));
  const again = await serveHere({
    PHASEGATE_DATA: join(folder, 'data'),
    PHASEGATE_PROCESSES: join(folder, 'processes'),
  });
  const told = again
    .log()
    .split('\n')
    .filter((line) => line.includes('not published'));
  expect(told.map((line) => JSON.parse(line))).toMatchObject([
    { level: 40, process: 'sales', version: 2, standing: 'draft' },
  ]);
  const versions = await runCli(['versions', 'sales', '--json'], again.env);
  expect(
    versions.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).isNewest),
  ).toEqual([false, true]);
});

test('a version whose scenarios fail is published by force alone, which its record says', async () => {
  const { folder, edited, run } = await setup({ PHASEGATE_REVIEW: 'off' });
  const shipped = readFileSync(join(root, 'processes/sales.test.yaml'), 'utf8');
  writeFileSync(join(folder, 'sales.test.yaml'), shipped.replace('icp_match: 80', 'icp_mach: 80'));
  const wrong = await run(['draft', edited, '--note', 'Other words']);
  expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('definition-invalid')]);
  writeFileSync(join(folder, 'sales.test.yaml'), shipped);
  const text = readFileSync(edited, 'utf8');
  writeFileSync(edited, text.replace('icp_match >= 80 && staff', 'icp_match >= 90 && staff'));
  const refused = await run(['publish', edited, '--note', 'Only the best are A']);
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('tests-failed')]);
  const forced = await run(['publish', 'sales@2', '--force', '--json']);
  const { record } = JSON.parse(forced.out);
  expect(record.at(-1)).toMatchObject({ act: 'publish', isForced: true, tests: { passed: expect.any(Number) } });
  expect(record.at(-1).tests.failed.length).toBeGreaterThan(0);
  expect((await run(['versions', 'sales'])).out).toContain('(--force)');
  writeFileSync(edited, text);
  const passed = await run(['publish', edited, '--note', 'As the scenarios say', '--json']);
  expect(JSON.parse(passed.out).record.at(-1)).toMatchObject({ isForced: false, tests: { failed: [] } });
});

async function testsOf({ url, env }: ServedCli): Promise<unknown> {
  const headers = { Authorization: `Bearer ${env.PHASEGATE_KEY}` };
  return Object(await (await fetch(`${url}/v1/processes/sales/versions/2`, { headers })).json()).tests;
}

test.each([
  ['draft without a reason', ['draft', 'processes/sales.yaml'], '--note'],
  ['review of no version', ['review', 'sales', '--approve', '--comment', 'x'], 'sales@4'],
  ['review without a verdict', ['review', 'sales@2', '--comment', 'x'], '--approve'],
  ['review both ways', ['review', 'sales@2', '--approve', '--reject', '--comment', 'x'], '--reject'],
  ['review without a comment', ['review', 'sales@2', '--reject'], '--comment'],
  ['withdrawal of no version', ['withdraw', 'sales@0'], 'sales@4'],
])('a %s is no usage, and says what is', async (_what, argv, said) => {
  const { code, err } = await runCli(argv, { PHASEGATE_KEY: 'pg_any' });
  expect([code, err]).toEqual([2, expect.stringContaining(said)]);
});
