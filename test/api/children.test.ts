import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { internalVerbs } from '../../src/engine/index.ts';
import { CHILD, PARENT } from '../engine/parent.ts';
import { random, valueFor } from '../engine/random.ts';
import { settle } from '../service/children.ts';
import { type Server, startServer } from './server.ts';

let server: Server;
beforeAll(async () => {
  server = await startServer();
  for (const yaml of [PARENT, CHILD]) expect((await server.publish(yaml)).status).toBe(201);
});
afterAll(() => server.stop());

const start = async (fields: Record<string, unknown>): Promise<string> =>
  (await server.ask('POST', '/v1/instances', { body: { process: 'parent', fields } })).json.instance.id;
const send = (id: string, body: unknown) => server.ask('POST', `/v1/instances/${id}/events`, { body });
const show = async (id: string) => (await server.ask('GET', `/v1/instances/${id}`)).json;

describe('children over HTTP', () => {
  it('are shown by their parent and show it, and are its list', async () => {
    const id = await start({ wanted: true, amount: 9 });
    const { json } = await send(id, { type: 'advance' });
    expect(Object.values(json.entries[0].changes.children)).toMatchObject([
      { status: 'requested' },
      { status: 'requested' },
    ]);
    await settle(server);
    const parent = await show(id);
    expect(parent.parent).toBeNull();
    const children = Object.entries(parent.records.children);
    expect(children.map(([, record]) => record)).toMatchObject([
      { name: 'first', status: 'started', requestedBy: 'anna' },
      { name: 'second', status: 'started', requestedBy: 'anna' },
    ]);
    for (const [child] of children)
      expect((await show(child)).parent).toMatchObject({ instance: id, step: 'both', depth: 1 });
    const list = await server.ask('GET', `/v1/instances?parent=${id}&status=active&limit=1`);
    expect(list.json.instances).toHaveLength(1);
    const rest = await server.ask('GET', `/v1/instances?parent=${id}&status=active&cursor=${list.json.next}`);
    expect([...list.json.instances, ...rest.json.instances].map((one: { id: string }) => one.id).sort()).toEqual(
      children.map(([child]) => child).sort(),
    );
    const { secret } = await server.service.createKey('anna', ['admin'], { tenant: 'acme' });
    const elsewhere = await server.ask('GET', `/v1/instances?parent=${id}`, { key: secret });
    expect(elsewhere.json.instances).toEqual([]);
    for (const [child] of children) {
      const found = await server.ask('GET', `/v1/instances/${child}`, { key: secret });
      expect(found.status).toBe(404);
    }
  });

  it.each(['parent=7', 'parent=', 'parents=x'])('refuses a list by %s', async (query) => {
    expect((await server.ask('GET', `/v1/instances?${query}`)).json.code).toBe('malformed-request');
  });

  it('take nothing from outside that only instances tell each other', async () => {
    const id = await start({ wanted: false });
    await send(id, { type: 'advance' });
    await settle(server);
    const [child] = Object.keys((await show(id)).records.children);
    for (const type of internalVerbs.keys()) {
      const body = { type, child, outcome: 'fine', endedAt: '2026-02-13T09:30:00Z', internal: true, zh: 'x', en: 'x' };
      expect([type, (await send(id, body)).json.code]).toEqual([type, 'unknown-event']);
      const items = [{ instance: id, event: body }];
      const { json } = await server.ask('POST', '/v1/bulk/events', { body: { items } });
      expect([type, json.results[0].problem.code]).toEqual([type, 'unknown-event']);
    }
    const origin = { id, parent: { instance: id, step: 'both', child: 'first', depth: 1 }, owner: 'x', team: 'y' };
    const begun = await server.ask('POST', '/v1/instances', { body: { process: 'parent', origin, internal: true } });
    expect(begun.json.code).toBe('invalid-input');
    expect((await show(id)).records.children[child ?? ''].status).toBe('started');
  });

  it('that failed are seen to by a client that knows only what the actions say', async () => {
    const id = await start({ wanted: true, amount: 5_000 });
    await send(id, { type: 'advance' });
    await settle(server);
    const refused = await send(id, { type: 'advance' });
    expect(refused.status).toBe(409);
    expect(refused.json.missing).toMatchObject([{ kind: 'child' }, { kind: 'child' }]);
    const r = random(3);
    const offered = async (type: string) =>
      (await show(id)).actions.find((action: { type: string }) => action.type === type);
    const take = async (type: string) => send(id, valueFor((await offered(type)).input, r));
    expect((await take('retry-child')).status).toBe(200);
    expect(await offered('retry-child')).toBeUndefined();
    await settle(server);
    const { roles, child, allowed } = await offered('dismiss-child');
    expect({ roles, allowed }).toEqual({ roles: ['boss'], allowed: true });
    const clerk = await server.makeKey('carla', 'clerk');
    const body = { type: 'dismiss-child', child, reason: 'by hand' };
    const unfit = await server.ask('POST', `/v1/instances/${id}/events`, { key: clerk, body });
    expect([unfit.status, unfit.json.code]).toEqual([403, 'role-required']);
    expect((await take('dismiss-child')).status).toBe(200);
    const [, second] = Object.keys((await show(id)).records.children);
    await send(second ?? '', { type: 'advance' });
    await settle(server);
    expect((await send(id, { type: 'advance' })).json.instance.position[0].step).toBe('race');
  });
});
