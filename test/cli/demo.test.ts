import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isListPage } from '../../src/cli/answer-guards.ts';
import { demoDeals } from '../../src/cli/demo-deals.ts';
import { type Env, freshFolder, runCli, type ServedCli, serveHere } from './testing-cli.ts';

function setup(env: Env = {}) {
  return serveHere({ PHASEGATE_DATA: join(freshFolder(), 'data'), ...env });
}

async function placesOf(server: ServedCli): Promise<readonly string[]> {
  const response = await fetch(`${server.url}/v1/instances?process=sales&limit=200`, {
    headers: { Authorization: `Bearer ${server.env.PHASEGATE_KEY}` },
  });
  const page: unknown = await response.json();
  if (!isListPage(page)) throw new Error('expected a page of instances');
  // What the deals have started comes by itself, in its own time.
  return page.instances
    .filter(({ parent }) => parent === null)
    .map(({ outcome, position }) => `${outcome} ${position.map(({ step }) => step).join('+') || 'closed'}`);
}

test('drives its deals on every path of the shipped process, each as its story says', async () => {
  const server = await setup();
  const { code, out, err } = await runCli(['demo'], server.env);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('phasegate verify');
  expect(out).toContain('# what it has started: account care');
  const places = await placesOf(server);
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
  for (const { events } of demoDeals(1)) for (const { refused } of events) if (refused !== null) codes.add(refused);
  expect([...codes].sort()).toEqual([
    'approval-own-request',
    'approval-requested',
    'gate-shut',
    'invalid-input',
    'not-allowed-now',
    'unknown-event',
  ]);
  const again = await runCli(['demo'], server.env);
  expect({ code: again.code, said: again.err.includes('--seed 2 makes others') }).toEqual({ code: 1, said: true });
});

test('the same seed gives the same deals, another seed others', () => {
  expect(demoDeals(7)).toEqual(demoDeals(7));
  expect(demoDeals(7)).not.toEqual(demoDeals(8));
  expect(new Set(demoDeals(7).map(({ key }) => key)).size).toBe(24);
});

test('says what went another way when the process is not the shipped one', async () => {
  const processes = freshFolder();
  for (const name of ['quarterly-market-review', 'ideal-customer'])
    copyFileSync(new URL(`../../processes/${name}.yaml`, import.meta.url), join(processes, `${name}.yaml`));
  const sales = readFileSync(new URL('../../processes/sales.yaml', import.meta.url), 'utf8');
  writeFileSync(join(processes, 'sales.yaml'), sales.replace('when: discount > 10', 'when: discount > 30'));
  const server = await setup({ PHASEGATE_PROCESSES: processes });
  const { code, err } = await runCli(['demo'], server.env);
  expect(code).toBe(1);
  expect(err.split('\n')[0]).toBe(
    '✗ DEMO-1-18  {"type":"advance","step":"negotiation"}: approval-requested → accepted',
  );
});

test.each(['-1', 'x', '1.5'])('refuses --seed=%s', async (seed) => {
  const { code, err } = await runCli(['demo', `--seed=${seed}`], {});
  expect({ code, err }).toEqual({
    code: 2,
    err: `✗ --seed should be a whole number from 0 to 999999; found ${seed}\n`,
  });
});
