import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Server, startServer } from './server.ts';

const DAY = 86_400_000;

let server: Server;
beforeAll(async () => {
  server = await startServer();
  await server.publish(readFileSync(new URL('../../processes/trade-fair.yaml', import.meta.url), 'utf8'));
});
afterAll(() => server.stop());

it('states the clocks of an instance, tells what time did to it, and who may do it too since', async () => {
  const at = new Date(Date.now() - 36 * DAY).toISOString();
  const started = await server.ask('POST', '/v1/instances', { body: { process: 'trade-fair', at } });
  const { id } = started.json.instance;
  while ((await server.service.fireTimers(10)).fired > 0);
  const { json } = await server.ask('GET', `/v1/instances/${id}/sla`);
  expect(json.clocks.map((clock: Record<string, unknown>) => [clock.id, clock.state, clock.target])).toEqual([
    ['process', 'running', '12 months'],
    ['phase/plan', 'late', '30 days'],
    ['step/propose', 'late', '1 week'],
  ]);
  const [, plan] = json.clocks;
  expect(plan).toMatchObject({
    startedAt: at,
    due: new Date(Date.parse(at) + 30 * DAY).toISOString(),
    calendar: 'china',
    zone: 'Asia/Shanghai',
    raised: ['director'],
    used: { unit: 'days' },
    lines: [{ from: at, to: json.now, kind: 'time', counted: true }],
  });
  expect(plan.marks.map(({ id: mark, firedAt }: Record<string, unknown>) => [mark, firedAt !== null])).toEqual([
    ['breach', true],
    ['escalate/1', true],
    ['escalate/2', false],
    ['escalate/3', false],
  ]);
  const { entries } = (await server.ask('GET', `/v1/instances/${id}/history`)).json;
  expect(
    entries.map(({ type, actor, command }: Record<string, unknown>) => [type, actor, Object(command).clock]),
  ).toEqual([
    ['start', 'anna', undefined],
    ['breach', 'phasegate', 'step/propose'],
    ['breach', 'phasegate', 'phase/plan'],
    ['escalate', 'phasegate', 'phase/plan'],
  ]);
  expect((await server.ask('GET', `/v1/instances/${id}`)).status).toBe(200);
  expect((await server.ask('GET', `/v1/instances/${id}/verify`)).json).toMatchObject({ ok: true });
});

it('is not there for an instance that is not', async () => {
  const { status, json } = await server.ask('GET', '/v1/instances/019c5a3e-7f00-7c1e-9a51-5f3ad1f2b6c4/sla');
  expect([status, json.code]).toEqual([404, 'not-found']);
});

it('shows what another version would make of running clocks, and changes nothing', async () => {
  const file = readFileSync(new URL('../../processes/trade-fair.yaml', import.meta.url), 'utf8');
  const at = new Date(Date.now() - 3 * DAY).toISOString();
  const { id, version } = (await server.ask('POST', '/v1/instances', { body: { process: 'trade-fair', at } })).json
    .instance;
  const edited = file.replace('within: 1 week', 'within: 5 days').replace('within: 30 days', 'within: 20 days');
  const published = (await server.publish(edited)).json;
  const before = (await server.ask('GET', `/v1/instances/${id}/sla`)).json;
  const { json } = await server.ask('GET', `/v1/instances/${id}/sla?under=${published.version}`);
  const due = (days: number) => new Date(Date.parse(at) + days * DAY).toISOString();
  expect(json).toMatchObject({ version, under: { version: published.version } });
  // The step says that it is recalculated; the phase says nothing, and is kept.
  expect(json.under.changes).toEqual([
    { clock: 'phase/plan', how: 'kept', due: { from: due(30), to: due(30) } },
    { clock: 'step/propose', how: 'recalculated', due: { from: due(7), to: due(5) } },
  ]);
  expect(json.clocks.map((clock: Record<string, unknown>) => [clock.id, clock.target, clock.due])).toEqual([
    ['process', '12 months', before.clocks[0].due],
    ['phase/plan', '30 days', due(30)],
    ['step/propose', '5 days', due(5)],
  ]);
  const after = (await server.ask('GET', `/v1/instances/${id}/sla`)).json;
  expect(after.under).toBeNull();
  expect(after.clocks.map((clock: Record<string, unknown>) => clock.due)).toEqual(
    before.clocks.map((clock: Record<string, unknown>) => clock.due),
  );
  expect((await server.ask('GET', `/v1/instances/${id}`)).json).toMatchObject({ version, revision: 1 });
  const unchanged = await server.ask('GET', `/v1/instances/${id}/sla?under=${version}`);
  expect(unchanged.json.under).toEqual({ version, changes: [] });
  const none = await server.ask('GET', `/v1/instances/${id}/sla?under=99`);
  expect([none.status, none.json.code]).toEqual([404, 'not-found']);
  const wrong = await server.ask('GET', `/v1/instances/${id}/sla?under=new`);
  expect([wrong.status, wrong.json.code]).toEqual([400, 'malformed-request']);
});
