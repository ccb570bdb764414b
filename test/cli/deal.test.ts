import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { produceEvidence, runCli, type ServedCli, serveHere } from './testing-cli.ts';

let server: ServedCli;
const folder = mkdtempSync(join(tmpdir(), 'phasegate-deal-'));
const stops: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  server = await serveHere({ PHASEGATE_DATA: folder }, (stop) => stops.push(stop));
  await produceEvidence(server);
});
afterAll(async () => {
  for (const stop of stops) await stop();
  rmSync(folder, { recursive: true, force: true });
});

const run = (argv: readonly string[]) => runCli(argv, server.env);

async function setup(key: string): Promise<string> {
  const { out } = await run(['start', 'sales', '--key', key, '--json']);
  return JSON.parse(out).instance.id;
}

const shown = async (id: string) => JSON.parse((await run(['show', id, '--json'])).out);

test('start gives fields their types, from pairs and from JSON', async () => {
  const { code, out } = await run([
    'start',
    'sales',
    '--key',
    '2026',
    '--fields',
    '{"revenue": 1000000.5}',
    '--field',
    'staff=120',
    '--field',
    'budget=80000',
    '--field',
    'pains=slow,dear',
    '--at',
    '2026-01-05T09:00+08:00',
    '--json',
  ]);
  const { instance } = JSON.parse(out);
  expect(code).toBe(0);
  expect(instance).toMatchObject({
    key: '2026',
    startedAt: '2026-01-05T01:00:00.000Z',
    fields: {
      crm_id: '2026',
      staff: 120,
      budget: { amount: 8_000_000, currency: 'CNY' },
      revenue: { amount: 100_000_050, currency: 'CNY' },
      pains: ['slow', 'dear'],
    },
  });
});

test('send sorts members from fields', async () => {
  const id = await setup('SEND-1');
  const { code, out } = await run([
    'send',
    id,
    'complete',
    'activity=screen',
    'choices=survey',
    'segment=smb',
    'staff=120',
    'budget=80000',
    'icp_match=85',
  ]);
  expect({ code, first: out.split('\n')[0] }).toEqual({ code: 0, first: '✓ 2  complete  admin' });
  const { activities, fields } = (await shown(id)).records;
  expect(activities.screen).toMatchObject({ status: 'done', choices: ['survey'] });
  expect(fields.class).toMatchObject({ value: 'A', by: 'table:customer_class' });
});

test('send takes the rest of an event as JSON', async () => {
  const id = await setup('SEND-2');
  const { code } = await run(['send', id, 'close', '--json', '{"outcome": "lost", "reason": "price"}']);
  expect({ code, ...(await shown(id)) }).toMatchObject({ code: 0, status: 'closed', outcome: 'lost', reason: 'price' });
});

test('a refusal is an indented tree of every criterion, with what is missing and what is possible; exit code 1', async () => {
  const id = await setup('REFUSED-1');
  const { code, out, err } = await run(['send', id, 'advance', 'step=market-analysis']);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err.split('\n')).toEqual(
    expect.arrayContaining([
      '✗ A gate is shut (gate-shut)',
      '  ✓ step-open  the step “Market analysis and customer identification” (market-analysis) should be open; the instance stands in market-analysis, sales-tools',
      '  ✗ strategy  the activity “Plan the first approach” (strategy) is not done yet',
      '  ✗ class-known  The customer has no class yet: fill in staff, budget and match  class: unknown',
      '      known(class)',
      '  missing:',
      '    · activity screen  Screen target customers and draw their profile  [marketing]',
      '  possible now:',
      '    · complete gather  Complete: Gather industry and competitor information  [marketing]',
    ]),
  );
});

test('refusals speak Chinese when asked', async () => {
  const id = await setup('REFUSED-2');
  const { err } = await run(['send', id, 'set', 'staff=many', '--lang', 'zh']);
  expect(err.split('\n')[0]).toBe('✗ 输入无效 (invalid-input)');
  expect(err).toContain('员工人数（staff）应为整数；收到 "many"');
});

test('show tells position, activities, fields, and every action with its reasons', async () => {
  const id = await setup('SHOW-1');
  await run(['send', id, 'complete', 'activity=gather', 'trends=growth']);
  const { code, out } = await run(['show', id]);
  expect(code).toBe(0);
  expect(out.split('\n')).toEqual(
    expect.arrayContaining([
      `${id}  Sales process v1  SHOW-1`,
      'position: Preparation › Market analysis and customer identification + Preparation › Sales tools and materials',
      '  ▸ market-analysis  Market analysis and customer identification',
      expect.stringMatching(
        /^ {6}✓ gather {2}Gather industry and competitor information {2}rests on quarterly-market-review\/market-review \d{4}-\d\d-\d\d – \d{4}-\d\d-\d\d {2}admin \d{4}-\d\d-\d\d \d\d:\d\d$/,
      ),
      expect.stringMatching(
        /^ {6}○ screen {2}Screen target customers and draw their profile {2}rests on ideal-customer\//,
      ),
      expect.stringMatching(/^ {2}trends {2}Industry trends: growth {2}admin /),
      '  ✓ complete screen  Complete: Screen target customers and draw their profile  [marketing]',
      '  ✗ advance market-analysis  Advance: finish the step “Market analysis and customer identification”  [marketing]',
      '      ✗ screen  the activity “Screen target customers and draw their profile” (screen) is not done yet',
    ]),
  );
});

test('show and send say what is on hold, and what was overridden by whom and why', async () => {
  const id = await setup('SHOW-2');
  const why = 'agreed by the board';
  await run(['send', id, 'override', 'step=market-analysis', 'criteria=screen,class-known', `reason=${why}`]);
  const refused = await run(['send', id, 'advance', 'step=market-analysis']);
  expect(refused.err).toContain(`is not done yet  (overridden by admin: ${why})`);
  const held = await run(['send', id, 'hold', 'reason=waiting-customer', 'until=2999-12-31']);
  const line = /^on hold: Waiting for the customer {2}admin \d{4}-\d\d-\d\d \d\d:\d\d {2}until 2999-12-31$/m;
  expect(held.out).toMatch(line);
  const { out } = await run(['show', id]);
  expect(out).toMatch(line);
  expect(out).toMatch(
    /^overridden\n {2}! market-analysis {2}screen, class-known {2}agreed by the board {2}admin \d{4}/m,
  );
  const history = await run(['history', id]);
  expect(history.out).toMatch(/✓ override .*screen, class-known {2}reason: agreed by the board/);
});

test('history lists what was taken and what was refused', async () => {
  const id = await setup('HISTORY-1');
  await run(['send', id, 'complete', 'activity=gather']);
  await run(['send', id, 'advance', 'step=sales-tools']);
  const { code, out } = await run(['history', id]);
  const lines = out.trimEnd().split('\n');
  expect(code).toBe(0);
  expect(lines).toHaveLength(4);
  expect(lines[2]).toMatch(/^2 +\d{4}-\d\d-\d\d \d\d:\d\d +admin +✓ complete +gather$/);
  expect(lines[3]).toMatch(/^3 .* ✗ advance +sales-tools {2}gate-shut: 3 criteria do not hold: /);
  const json = (await run(['history', id, '--json'])).out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(json.map(({ seq, type, accepted }) => [seq, type, accepted])).toEqual([
    [1, 'start', true],
    [2, 'complete', true],
    [3, 'advance', false],
  ]);
});

test('sla states every clock of an instance, line by line, in either language', async () => {
  const { out: begun } = await run(['start', 'trade-fair', '--at', '2026-01-05T09:00+08:00', '--json']);
  const { id } = JSON.parse(begun).instance;
  const { code, out } = await run(['sla', id]);
  expect(code).toBe(0);
  expect(out).toContain('Propose (step/propose)  late');
  expect(out).toMatch(
    /target 1 week {2}calendar time, Asia\/Shanghai {2}started 2026-01-05 09:00 {2}due 2026-01-12 09:00 {2}late by P\d+D/,
  );
  expect(out).toMatch(/2026-01-05 09:00 +\d{4}-\d\d-\d\d \d\d:\d\d +calendar time +counts +P\d+D/);
  expect((await run(['sla', id, '--lang', 'zh'])).out).toContain('提出方案 (step/propose)  已逾期');
  expect(JSON.parse((await run(['sla', id, '--json'])).out)).toMatchObject({ instance: id, process: 'trade-fair' });
});

test('sla --under says what another version would make of running clocks', async () => {
  const { out: begun } = await run(['start', 'trade-fair', '--at', '2026-01-05T09:00+08:00', '--json']);
  const { id, version } = JSON.parse(begun).instance;
  const same = await run(['sla', id, '--under', String(version)]);
  expect([same.code, same.out.split('\n')[0]]).toEqual([
    0,
    `If it went over to version ${version} (nothing was changed): its SLAs stay as they are`,
  ]);
  const file = readFileSync(new URL('../../processes/trade-fair.yaml', import.meta.url), 'utf8');
  const made = await fetch(`${server.env.PHASEGATE_URL}/v1/processes`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.env.PHASEGATE_KEY}`, 'content-type': 'text/yaml' },
    body: file.replace('within: 1 week', 'within: 5 days'),
  });
  const other: unknown = Object(await made.json()).version;
  expect((await run(['sla', id, '--under', String(other)])).out).toContain(
    'step/propose: recalculated from its start  due 2026-01-12 09:00 → 2026-01-10 09:00\n',
  );
  expect((await run(['sla', id, '--under', String(other), '--lang', 'zh'])).out).toContain('从起算重算');
  expect(await run(['sla', id, '--under', '99'])).toMatchObject({ code: 1 });
});

test('history tells what time did, and whom it told', async () => {
  const { out: begun } = await run(['start', 'trade-fair', '--at', '2026-01-05T09:00+08:00', '--json']);
  const { id } = JSON.parse(begun).instance;
  const told = async () => (await run(['history', id])).out;
  await vi.waitFor(
    async () => expect(await told()).toMatch(/phasegate +✓ breach .*mark: breach {2}told: planner/),
    5_000,
  );
});

test('show and history give choices their titles, and history says what a step that ends by itself leaves open', async () => {
  const id = await setup('CHOICES-1');
  for (const event of [
    ['complete', 'activity=gather'],
    [
      'complete',
      'activity=screen',
      'choices=survey,data-analysis',
      'segment=smb',
      'staff=120',
      'budget=80000',
      'icp_match=85',
    ],
    ['complete', 'activity=strategy', 'channels=phone', 'key_messages=Fast'],
    ['complete', 'activity=materials', 'choices=brochure'],
    ['complete', 'activity=scripts', 'choices=talk-track,negotiation-script'],
    ['complete', 'activity=crm'],
    ['advance', 'step=market-analysis'],
    ['close', 'outcome=lost', 'reason=price'],
  ])
    expect((await run(['send', id, ...event])).err).toBe('');
  const lines = async (...argv: readonly string[]) =>
    (await run(argv)).out.split('\n').map((line) => line.replace(/^.*[✓✗] /, '').trim());
  const screened = 'budget, icp_match, segment, staff';
  expect(await lines('history', id)).toEqual(
    expect.arrayContaining([
      'start     key: CHOICES-1  → market-analysis + sales-tools',
      `complete  screen  Survey (survey), Data analysis (data-analysis)  ${screened}`,
      'advance   by itself after 7  sales-tools  → done (market-analysis stays open)',
      'advance   market-analysis  → first-contact',
      'close     outcome: lost  reason: Price (price)  → closed  = Lost (lost)',
    ]),
  );
  expect(await lines('history', id, '--lang', 'zh')).toEqual(
    expect.arrayContaining([
      `complete  screen  市场调查 (survey), 数据分析 (data-analysis)  ${screened}`,
      'advance   由第 7 条自动引起  sales-tools  → 已完成（market-analysis 仍在进行）',
      'close     outcome: lost  reason: 价格 (price)  → 已结束  = 输单 (lost)',
    ]),
  );
  const shown = (await lines('show', id)).map((line) => line.replace(/ {2}\S+ \d{4}-\d\d-\d\d \d\d:\d\d$/, ''));
  expect(shown).toEqual(
    expect.arrayContaining([
      'screen  Screen target customers and draw their profile  [Data analysis (data-analysis), Survey (survey)]',
      'segment  Customer segment: Small or medium business (smb)',
      'icp_match  Match with the ideal customer: 85 %',
      'class  Customer class: A',
      'channels  Channels of approach: Phone (phone)',
    ]),
  );
  expect((await lines('show', id, '--lang', 'zh'))[1]).toMatch(/^状态: 已结束 {2}结果: 输单 \(价格\)/);
});

test('graph draws what the server has published', async () => {
  const { code, out } = await run(['graph', 'sales', '--format', 'mermaid', '--lang', 'zh']);
  expect({ code, drawn: out.includes('前期准备阶段') }).toEqual({ code: 0, drawn: true });
});

test('a process or an instance that is not there: refused, exit code 1', async () => {
  const answers = [await run(['start', 'sails']), await run(['show', 'nobody'])];
  expect(answers.map(({ code, err }) => [code, err.split('\n')[0]])).toEqual([
    [1, '✗ Not found (not-found)'],
    [1, '✗ Not found (not-found)'],
  ]);
});

test('no key: usage; a wrong key: refused; no server: unreachable', async () => {
  const { PHASEGATE_URL = '' } = server.env;
  const none = await runCli(['show', 'x'], { PHASEGATE_URL });
  const wrong = await runCli(['show', 'x'], { PHASEGATE_URL, PHASEGATE_KEY: 'pg_wrong' });
  const nowhere = await runCli(['show', 'x'], { PHASEGATE_URL: 'http://127.0.0.1:9', PHASEGATE_KEY: 'pg_wrong' });
  expect([none.code, wrong.code, nowhere.code]).toEqual([2, 1, 3]);
  expect(none.err).toContain('PHASEGATE_KEY');
  expect(wrong.err.split('\n')[0]).toBe('✗ No valid key was given (unauthenticated)');
  expect(nowhere.err).toContain('nothing answers at http://127.0.0.1:9');
});

test.each([
  [['start', 'sales', '--field', 'staff'], 'expected NAME=VALUE, e.g. staff=120; found staff'],
  [['start', 'sales', '--fields', '[1]'], `--fields should be a JSON object, e.g. '{"staff": 120}'; found [1]`],
  [['send', 'x', 'note', '--json', 'hello'], `--json should be a JSON object, e.g. '{"staff": 120}'; found hello`],
  [
    ['send', 'x', 'note', '--json', '{"type":"set"}'],
    'the type in --json is not note, which the argument says; leave it out',
  ],
])('wrong usage: %j', async (argv, says) => {
  expect(await run(argv)).toEqual({ code: 2, out: '', err: `✗ ${says}\n` });
});
