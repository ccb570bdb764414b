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
