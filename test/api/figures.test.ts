import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Server, startServer, visitYaml } from './server.ts';

const FIGURES = '/v1/processes/visit/figures';

let server: Server;
beforeAll(async () => {
  server = await startServer();
  await server.publish(visitYaml);
});
afterAll(() => server.stop());

it('figures and the instances behind one are of the same period', async () => {
  const started = await server.ask('POST', '/v1/instances', { body: { process: 'visit' } });
  const { json } = await server.ask('GET', FIGURES);
  expect(json).toMatchObject({ process: 'visit', version: null, complete: true, refusals: [] });
  expect(json.series.parts.reduce((all: number, part: { started: number }) => all + part.started, 0)).toBe(1);
  const listed = await server.ask('GET', `${FIGURES}/instances?figure=started`);
  expect(listed.json.instances.map(({ id }: { id: string }) => id)).toEqual([started.json.instance.id]);
  const past = `since=2020-01-01&until=2020-12-31`;
  expect((await server.ask('GET', `${FIGURES}?${past}`)).json.funnel).toMatchObject(
    json.funnel.map(() => ({ entered: 0, conversion: null })),
  );
  const before = await server.ask('GET', `${FIGURES}/instances?figure=started&${past}`);
  expect(before.json).toMatchObject({ instances: [], next: null });
});

it.each([
  ['since=2026-02-30', 'since'],
  ['since=yesterday', 'since'],
  ['until=2026-01-01T00:00', 'until'],
  ['since=2026-02-01&until=2026-01-01', 'since'],
  ['since=2001-01-01&until=2026-01-01', 'since'],
  ['version=x', 'version'],
  ['from=2026-01-01', 'from'],
])('figures are refused for ?%s, and the next request works', async (query, parameter) => {
  const { status, json } = await server.ask('GET', `${FIGURES}?${query}`);
  expect([status, json.code, json.parameter]).toEqual([400, 'malformed-request', parameter]);
  expect((await server.ask('GET', FIGURES)).status).toBe(200);
});

it.each([
  ['', 'figure'],
  ['figure=most', 'figure'],
  ['figure=entered', 'step'],
  ['figure=late', 'clock'],
  ['figure=late&clock=Negotiation', 'clock'],
  ['figure=refused&gate=step/exit/plan', 'criterion'],
  ['figure=started&limit=0', 'limit'],
  ['figure=started&cursor=x', 'cursor'],
])('the list behind a figure is refused for ?%s', async (query, parameter) => {
  const { status, json } = await server.ask('GET', `${FIGURES}/instances?${query}`);
  expect([status, json.code, json.parameter]).toEqual([400, 'malformed-request', parameter]);
});
