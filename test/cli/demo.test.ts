import { copyFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isListPage } from '../../src/cli/answer-guards.ts';
import { beginOf, dated, daysMoved } from '../../src/cli/demo-dates.ts';
import { demoDeals } from '../../src/cli/demo-deals.ts';
import { type DemoEvent, event } from '../../src/cli/demo-event.ts';
import { demoFairs } from '../../src/cli/demo-fairs.ts';
import { openApiDocument } from '../../src/schemas.ts';
import { type Env, freshFolder, runCli, type ServedCli, serveHere } from './testing-cli.ts';

const TODAY = '2026-03-02T01:00:00Z';
const DAY = 86_400_000;

function setup(env: Env = {}) {
  return serveHere({ PHASEGATE_DATA: join(freshFolder(), 'data'), ...env });
}

/** A server, and how a client reaches it with a key that may act for others. */
async function setupWithPeople() {
  const env = { PHASEGATE_DATA: join(freshFolder(), 'data') };
  const server = await serveHere(env);
  const made = await runCli(['keys', 'create', 'demo', '--role', 'admin', '--act-for-others'], env);
  return { server, env: { ...server.env, PHASEGATE_KEY: made.out.trim() } };
}

const accepted = (events: readonly DemoEvent[]) =>
  events.flatMap(({ body, refused }) => (refused === null ? [String(body.type)] : []));

/** The types of commands that the API description lists, in its order. */
function describedTypes(): readonly string[] {
  const { mapping } = Object(openApiDocument()).components.schemas.Event.discriminator;
  return Object.keys(mapping);
}

async function placesOf(server: ServedCli, process: string): Promise<readonly string[]> {
  const response = await fetch(`${server.url}/v1/instances?process=${process}&limit=200`, {
    headers: { Authorization: `Bearer ${server.env.PHASEGATE_KEY}` },
  });
  const page: unknown = await response.json();
  if (!isListPage(page)) throw new Error('expected a page of instances');
  // What the deals have started comes by itself, in its own time.
  return page.instances
    .filter(({ parent }) => parent === null)
    .map(({ outcome, status, position, waiting }) => {
      const names = (places: typeof position) => places.map(({ step }) => step).join('+');
      return `${outcome} ${status === 'closed' ? 'closed' : names(position) || `(${names(waiting)})`}`;
    });
}

test('drives deals and fairs on every path of the shipped processes, each as its story says', async () => {
  const { server, env } = await setupWithPeople();
  const { code, out, err } = await runCli(['demo'], env);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('phasegate verify');
  expect(out).toContain('# what it has started: account care');
  expect(out).toContain(`a note into each of ${demoDeals(1).length + demoFairs(1, TODAY).length} instances`);
  const places = await placesOf(server, 'sales');
  const counts = Object.fromEntries(
    [...new Set(places)].sort().map((place) => [place, places.filter((p) => p === place).length]),
  );
  expect(counts).toEqual({
    'disqualified closed': 2,
    'lost closed': 4,
    'null demo': 1,
    'null first-contact': 2,
    'null market-analysis': 1,
    'null market-analysis+sales-tools': 2,
    'null negotiation': 3,
    'won closed': 3,
    'won delivery': 3,
    'won long-term': 2,
    'won satisfaction': 1,
  });
  const codes = new Set<string>();
  for (const { events } of [...demoDeals(1), ...demoFairs(1, TODAY)])
    for (const { refused } of events) if (refused !== null) codes.add(refused);
  expect([...codes].sort()).toEqual([
    'approval-earlier-approver',
    'approval-own-request',
    'approval-requested',
    'approval-void',
    'gate-shut',
    'invalid-input',
    'not-allowed-now',
    'role-required',
    'unknown-event',
  ]);
  expect([...(await placesOf(server, 'trade-fair'))].sort()).toEqual([
    'cancelled closed',
    'held closed',
    'held closed',
    'null (invitations+travel+party+press)',
    'null (stand+invitations+travel+party+press)',
    'null decide',
    'null propose',
    'null travel',
  ]);
  const again = await runCli(['demo'], env);
  expect({ code: again.code, said: again.err.includes('--seed 2 makes others') }).toEqual({ code: 1, said: true });
});

test('every command of the API is accepted somewhere, also without the right to act for others', () => {
  const fairs = demoFairs(1, TODAY).filter(({ people }) => !people);
  const sent = new Set([...demoDeals(1), ...fairs].flatMap(({ events }) => accepted(events)));
  const types = describedTypes();
  expect(types).toContain('retry-child');
  expect(types.filter((type) => !sent.has(type))).toEqual([]);
});

test('one fair takes several people, each by name', () => {
  const [fair] = demoFairs(1, TODAY).filter(({ people }) => people);
  const senders = new Set(fair?.events.map(({ as }) => as));
  expect([...senders].sort()).toEqual(['anna', 'chen', 'li', 'mei', 'wang', 'zhou']);
});

test('the same seed gives the same deals, another seed others', () => {
  expect(demoDeals(7)).toEqual(demoDeals(7));
  expect(demoDeals(7)).not.toEqual(demoDeals(8));
  expect(new Set(demoDeals(7).map(({ key }) => key)).size).toBe(24);
  expect(demoFairs(7, TODAY)).toEqual(demoFairs(7, TODAY));
  expect(demoFairs(7, TODAY)).not.toEqual(demoFairs(8, TODAY));
});

test('says what it left out for want of the right to act for others, and what went another way', async () => {
  const processes = freshFolder();
  for (const name of ['quarterly-market-review', 'ideal-customer', 'trade-fair'])
    copyFileSync(new URL(`../../processes/${name}.yaml`, import.meta.url), join(processes, `${name}.yaml`));
  cpSync(new URL('../../processes/calendars', import.meta.url), join(processes, 'calendars'), { recursive: true });
  const sales = readFileSync(new URL('../../processes/sales.yaml', import.meta.url), 'utf8');
  writeFileSync(join(processes, 'sales.yaml'), sales.replace('when: discount > 10', 'when: discount > 30'));
  const server = await setup({ PHASEGATE_PROCESSES: processes });
  const { code, err } = await runCli(['demo'], server.env);
  expect(code).toBe(1);
  expect(err.trimEnd().split('\n')).toEqual([
    expect.stringContaining('fairs that take several people are left out (1)'),
    '✗ DEMO-1-18  {"type":"advance","step":"negotiation"}: approval-requested → accepted',
    '✗ DEMO-1-18  {"type":"approve","approval":"discount"}: approval-own-request → approval-not-requested',
    '✗ DEMO-1-18  {"type":"reassign","approval":"discount","from":"manager","to":"mei"}: accepted → approval-not-requested',
    '✗ DEMO-1-18  {"type":"advance","step":"negotiation"}: gate-shut → not-allowed-now',
    'the processes of this server are not the shipped ones: the steps above went another way',
  ]);
  expect(await placesOf(server, 'trade-fair')).toHaveLength(demoFairs(1, TODAY).length - 1);
});

test('is of these weeks, whenever it is played, on the same days of the week, or of those asked for', () => {
  for (const now of ['2026-11-29T08:00:00Z', '2028-02-29T00:00:00Z']) {
    const moved = daysMoved(null, now);
    expect(moved % 7).toBe(0);
    const last = beginOf(demoDeals(1).length - 1, moved) + 10 * DAY;
    expect([last < Date.parse(now), Date.parse(now) - last < 12 * DAY]).toEqual([true, true]);
  }
  const moved = daysMoved('2026-03-04', TODAY);
  expect(new Date(beginOf(1, moved)).toISOString()).toBe('2026-03-05T01:00:00.000Z');
  const told = event('signal', { data: { at: '2025-10-04T16:00:00+08:00' }, note: 'by 2025-10-04' });
  expect(dated(told, 7)).toEqual(event('signal', { data: { at: '2025-10-11T16:00:00+08:00' }, note: 'by 2025-10-04' }));
});

test.each(['2025-13-01', '2025-9-1', 'today'])('refuses --begin=%s', async (begin) => {
  const { code, err } = await runCli(['demo', `--begin=${begin}`], {});
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('--begin should be a date such as') });
});

test.each(['-1', 'x', '1.5'])('refuses --seed=%s', async (seed) => {
  const { code, err } = await runCli(['demo', `--seed=${seed}`], {});
  expect({ code, err }).toEqual({
    code: 2,
    err: `✗ --seed should be a whole number from 0 to 999999; found ${seed}\n`,
  });
});
