import { afterAll, beforeAll, expect, it } from 'vitest';
import { PARCEL } from '../service/parcel.ts';
import { type Server, startServer } from './server.ts';

let server: Server;
let carrier: string;
beforeAll(async () => {
  server = await startServer({ jsonBytes: 64 * 1024 });
  await server.publish(PARCEL);
  carrier = await server.makeKey('carrier', 'carrier');
});
afterAll(() => server.stop());

const told = (body: Readonly<Record<string, unknown>>, key = carrier) =>
  server.ask('POST', '/v1/signals', { body: { signal: 'delivered', ...body }, key });
const data = { delivered_at: '2026-02-13T09:30:00Z' };

it('a signal is kept, listed page by page, delivered, and answered as the first', async () => {
  for (const id of ['a', 'b', 'c']) {
    const kept = await told({ id, key: `K-${id}`, data });
    expect([kept.status, kept.json.state, kept.json.sender]).toEqual([202, 'kept', 'carrier']);
  }
  const first = (await server.ask('GET', '/v1/signals?state=kept&limit=2')).json;
  const rest = (await server.ask('GET', `/v1/signals?state=kept&limit=2&cursor=${first.next}`)).json;
  const ids = [...first.signals, ...rest.signals].map(({ id }: { id: string }) => id);
  expect([ids, rest.next]).toEqual([['a', 'b', 'c'], null]);
  const started = await server.ask('POST', '/v1/instances', { body: { process: 'parcel', key: 'K-a' } });
  const event = (body: unknown) => server.ask('POST', `/v1/instances/${started.json.instance.id}/events`, { body });
  await event({ type: 'complete', activity: 'pack', with: { packed_by: 'bo' } });
  await event({ type: 'advance', step: 'packing' });
  await server.service.settleSignals(10);
  const again = await told({ id: 'a', key: 'K-a', data });
  expect([again.status, again.json.state, again.headers.get('idempotency-replayed')]).toEqual([
    200,
    'delivered',
    'true',
  ]);
  expect(again.json.results).toEqual([
    { instance: started.json.instance.id, process: 'parcel', state: 'delivered', seq: expect.any(Number) },
  ]);
  // Brought by the service alone.
  const direct = await event({ type: 'signal', signal: 'delivered', id: 'x', data });
  expect([direct.status, direct.json.code]).toEqual([422, 'unknown-event']);
});

it('a signal is retried and deleted by its receipt', async () => {
  const sent = await told({ id: 1, signal: 'weighed', key: 'W-1', data: { weight: 2 } });
  expect([sent.status, sent.json.state]).toEqual([202, 'unmatched']);
  const one = `/v1/signals/${sent.json.receipt}`;
  expect((await server.ask('POST', `${one}/retry`)).json.state).toBe('unmatched');
  expect((await server.ask('DELETE', one)).status).toBe(200);
  const gone = await server.ask('POST', `${one}/retry`);
  expect([gone.status, gone.json.code]).toEqual([404, 'not-found']);
});

it.each([
  [{ id: 'h' }, 422, '/key'],
  [{ id: 'h', key: 'K', signl: 'x' }, 422, '/signl'],
  [{ id: 'h', key: 'K', signal: 'delivred' }, 422, '/signal'],
  [{ id: 'h', key: 'K', data: { delivered_at: 'x'.repeat(20_000) } }, 422, '/data'],
  [{ id: ['h'], key: 'K' }, 422, '/id'],
  [{ id: 'h', key: 'K', at: 'now' }, 422, '/at'],
])('refuses %o', async (body, status, pointer) => {
  const answer = await told(body);
  expect([answer.status, answer.json.errors[0].pointer]).toEqual([status, pointer]);
});

it('refuses a page that nobody gave, and states that there are not', async () => {
  expect((await server.ask('GET', '/v1/signals?state=lost')).status).toBe(400);
  expect((await server.ask('GET', '/v1/signals?cursor=abc')).status).toBe(400);
});
