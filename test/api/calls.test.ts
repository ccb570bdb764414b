import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { allowList, createDelivery } from '../../src/delivery/index.ts';
import { type Server, startServer } from './server.ts';

const ORDER = `
process: order
title: { zh: 订单, en: Order }
subject: order
roles: { rep: { title: { zh: 代表, en: Rep } } }
fields: { price: { type: integer, title: { zh: 价格, en: Price } } }
outcomes: { placed: { title: { zh: 已下单, en: Placed } } }
phases:
  all:
    title: { zh: 全部, en: All }
    steps:
      place:
        title: { zh: 下单, en: Place }
        owner: rep
        activities: { place: { title: { zh: 下单, en: Place it }, supplies: [price], call: { service: supplier, tries: 1 } } }
        milestone: placed
`;

let server: Server;
beforeAll(async () => {
  const allow = allowList(['127.0.0.1']);
  if (allow === null) throw new Error('not a list');
  server = await startServer({ strangersPerSecond: 5 }, null, createDelivery({ allow }));
  await server.publish(ORDER);
});
afterAll(() => server.stop());

/** A supplier that hears of calls; `called` resolves with the first. */
async function supplier() {
  let heard: (call: { callback: string }) => void = () => {};
  const called = new Promise<{ callback: string }>((resolve) => {
    heard = resolve;
  });
  const listening = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      heard(JSON.parse(Buffer.concat(chunks).toString()).data.call);
      res.end();
    });
  });
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void listening.close());
  const url = `http://127.0.0.1:${(listening.address() as AddressInfo).port}/`;
  const made = await server.ask('POST', '/v1/subscriptions', { body: { url, services: ['supplier'] } });
  expect([made.status, made.json.services]).toEqual([201, ['supplier']]);
  return { called };
}

const deliver = async () => (await server.service.deliverMessages(() => {})).ended;

it('a service hears of its call and answers it without a key, once; its token is in no log', async () => {
  const { called } = await supplier();
  const { id } = (await server.ask('POST', '/v1/instances', { body: { process: 'order' } })).json.instance;
  await deliver();
  const { callback } = await called;
  const wrong = await server.ask('POST', callback, { key: null, body: { with: { price: 'much' } } });
  expect([wrong.status, wrong.json.code]).toEqual([422, 'invalid-input']);
  const taken = await server.ask('POST', callback, { key: null, body: { with: { price: 7 } } });
  expect([taken.status, taken.json]).toEqual([200, { accepted: true, seq: expect.any(Number) }]);
  const again = await server.ask('POST', callback, { key: null, body: { with: { price: 8 } } });
  expect([again.status, again.json.code]).toEqual([410, 'gone']);
  const shown = (await server.ask('GET', `/v1/instances/${id}`)).json;
  expect([shown.fields.price, shown.records.calls.place.status]).toEqual([7, 'done']);
  const token = callback.replace('/v1/callbacks/', '');
  expect(JSON.stringify(server.log)).not.toContain(token);
  expect(server.log.filter(({ path }) => path === '/v1/callbacks/…')).toHaveLength(3);
  expect((await server.ask('GET', `/v1/instances/${id}/history`)).text).not.toContain(token);
});

it('a failure is an incident that is listed, and seen to by an event that the instance offers', async () => {
  const { id } = (await server.ask('POST', '/v1/instances', { body: { process: 'order' } })).json.instance;
  const send = (body: object) => server.ask('POST', `/v1/instances/${id}/events`, { body });
  const offered = async (type: string) =>
    (await server.ask('GET', `/v1/instances/${id}`)).json.actions.find(
      (action: { type: string }) => action.type === type,
    );
  expect((await offered('retry-call')) ?? null).toBeNull();
  expect(await offered('fail-call')).toMatchObject({ allowed: true, activity: 'place', roles: ['rep'] });
  expect((await send({ type: 'fail-call', activity: 'place', reason: 'Out of stock' })).status).toBe(200);
  const { incidents } = (await server.ask('GET', '/v1/incidents?process=order')).json;
  expect(incidents.find(({ instance }: { instance: { id: string } }) => instance.id === id)).toMatchObject({
    step: 'place',
    calls: [{ activity: 'place', service: 'supplier', attempt: 1, failures: [{ why: 'Out of stock' }] }],
    children: [],
  });
  expect(await offered('retry-call')).toMatchObject({ allowed: true, activity: 'place' });
  expect((await send({ type: 'retry-call', activity: 'place', reason: 'Stocked again' })).status).toBe(200);
  expect((await server.ask('GET', '/v1/incidents')).json.incidents).toEqual([]);
  expect((await server.ask('GET', '/v1/incidents?cursor=x')).status).toBe(400);
});

it('whoever guesses tokens is slowed down', async () => {
  const statuses: number[] = [];
  for (let n = 0; n < 8; n++)
    statuses.push((await server.ask('POST', `/v1/callbacks/x${n}`, { key: null, body: {} })).status);
  expect(statuses.slice(0, 2)).toEqual([404, 404]);
  expect(statuses.at(-1)).toBe(429);
});
