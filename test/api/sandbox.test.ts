import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isTenantName, sandboxOf } from '../../src/names.ts';
import { type Ask, type Server, startServer, visitYaml } from './server.ts';

const sandbox = { sandbox: 'true' };
const changed = visitYaml.replace('score >= 60', 'score >= 40');

let server: Server;
let rep: string;
beforeAll(async () => {
  server = await startServer();
  await server.publish(visitYaml);
  rep = await server.makeKey('rita', 'rep');
  await server.ask('POST', '/v1/processes/visit/drafts', { body: { yaml: changed, note: 'Easier' } });
});
afterAll(() => server.stop());

const inside = (method: string, path: string, ask: Ask = {}) =>
  server.ask(method, path, { ...ask, headers: { ...sandbox, ...ask.headers } });
const start = (body: Readonly<Record<string, unknown>>) => ({ body: { process: 'visit', ...body }, key: rep });
const idsOf = (list: { readonly instances: readonly { readonly id: string }[] }) => list.instances.map(({ id }) => id);

describe('the sandbox', () => {
  it('is where a draft can be started, and nowhere else', async () => {
    const outside = await server.ask('POST', '/v1/instances', start({ version: 2 }));
    expect([outside.status, outside.json.code]).toEqual([409, 'not-allowed-now']);
    const { status, json } = await inside('POST', '/v1/instances', start({ version: 2, key: 'V-1' }));
    expect([status, json.instance.version, json.instance.tenant]).toEqual([201, 2, 'main~sandbox']);
    const event = (body: unknown) => inside('POST', `/v1/instances/${json.instance.id}/events`, { body, key: rep });
    await event({ type: 'complete', activity: 'agree', choices: ['phone'] });
    await event({ type: 'advance' });
    await event({ type: 'complete', activity: 'ask', with: { score: 50 } });
    // The published version wants a score of 60.
    expect((await event({ type: 'advance' })).json.instance).toMatchObject({ status: 'closed', outcome: 'held' });
    expect((await inside('GET', `/v1/instances/${json.instance.id}/verify`, { key: rep })).json.ok).toBe(true);
  });

  it('starts the newest version where none is named, and shows drafts to who holds a role of them', async () => {
    expect((await inside('POST', '/v1/instances', start({}))).json.instance.version).toBe(1);
    expect((await inside('GET', '/v1/processes/visit/versions/2', { key: rep })).status).toBe(200);
    expect((await server.ask('GET', '/v1/processes/visit/versions/2', { key: rep })).status).toBe(404);
  });

  it('meets nothing outside of it, nor is met', async () => {
    const real = (await server.ask('POST', '/v1/instances', start({ key: 'V-9' }))).json.instance.id;
    // A business key is free in it that is taken outside.
    const tried = (await inside('POST', '/v1/instances', start({ key: 'V-9', version: 2 }))).json.instance.id;
    for (const key of [rep, server.key]) {
      const [own, other] = await Promise.all([
        server.ask('GET', '/v1/instances', { key }),
        inside('GET', '/v1/instances', { key }),
      ]);
      expect([idsOf(own.json).includes(real), idsOf(own.json).includes(tried)]).toEqual([true, false]);
      expect([idsOf(other.json).includes(real), idsOf(other.json).includes(tried)]).toEqual([false, true]);
      expect((await server.ask('GET', `/v1/instances/${tried}`, { key })).status).toBe(404);
      expect((await inside('GET', `/v1/instances/${real}`, { key })).status).toBe(404);
    }
    const note = { body: { type: 'note', text: 'x' } };
    expect((await server.ask('POST', `/v1/instances/${tried}/events`, note)).status).toBe(404);
    expect((await inside('POST', `/v1/instances/${real}/events`, note)).status).toBe(404);
    const work = (await server.ask('GET', '/v1/work', { key: rep })).text;
    expect(work).not.toContain(tried);
    expect((await inside('GET', '/v1/work', { key: rep })).text).toContain(tried);
  });

  it('is counted with itself alone', async () => {
    const counts = async (ask: typeof server.ask) =>
      (await ask('GET', '/v1/processes/visit/versions')).json.versions.map(
        ({ version, instances }: { version: number; instances: { open: number; closed: number } }) => [
          version,
          instances.open + instances.closed,
        ],
      );
    const before = [await counts(server.ask), await counts(inside)];
    await inside('POST', '/v1/instances', start({ version: 2 }));
    const [real, tried] = before;
    expect(await counts(server.ask)).toEqual(real);
    expect(await counts(inside)).toEqual(
      tried.map(([version, n]: [number, number]) => [version, version === 2 ? n + 1 : n]),
    );
  });

  it('tells nobody outside, who subscribed to everything', async () => {
    await server.ask('POST', '/v1/subscriptions', { body: { url: 'https://hooks.example.com/all' } });
    const waiting = async () => (await server.service.backlog()).messagesWaiting;
    const before = await waiting();
    await inside('POST', '/v1/instances', start({ version: 2 }));
    expect(await waiting()).toBe(before);
    await server.ask('POST', '/v1/instances', start({}));
    expect(await waiting()).toBe(before + 1);
    const subscribed = await inside('POST', '/v1/subscriptions', { body: { url: 'https://hooks.example.com/in' } });
    expect([subscribed.status, subscribed.json.code]).toEqual([409, 'not-allowed-now']);
  });

  it('publishes nothing, and is one for each tenant, which no key can name', async () => {
    const tries = [
      inside('POST', '/v1/processes', { body: changed, headers: { 'content-type': 'text/yaml' } }),
      inside('POST', '/v1/processes/visit/versions/2/publish', { body: {} }),
      inside('GET', '/v1/processes/visit/drafts'),
      inside('GET', '/metrics'),
    ];
    expect((await Promise.all(tries)).map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    const { secret } = await server.service.createKey('rita', ['rep'], { tenant: 'acme' });
    const theirs = await inside('POST', '/v1/instances', { ...start({ version: 2 }), key: secret });
    expect(theirs.json.instance.tenant).toBe('acme~sandbox');
    expect((await inside('GET', `/v1/instances/${theirs.json.instance.id}`, { key: rep })).status).toBe(404);
    expect(isTenantName(sandboxOf('main'))).toBe(false);
  });

  it.each(['yes', 'TRUE', '1', ''])('is not entered with %j', async (header) => {
    const answer = await server.ask('GET', '/v1/instances', { headers: { sandbox: header } });
    expect([answer.status, answer.json.code]).toEqual([400, 'malformed-request']);
  });
});
