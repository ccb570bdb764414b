import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { produceOver } from '../bench/evidence.ts';
import { type Server, startServer } from './server.ts';

const processes = ['quarterly-market-review', 'ideal-customer', 'sales'];
const NAME = '/v1/evidence/quarterly-market-review/market-review/instances';

let server: Server;
let deal: string;
beforeAll(async () => {
  server = await startServer();
  for (const name of processes)
    await server.publish(readFileSync(new URL(`../../processes/${name}.yaml`, import.meta.url), 'utf8'));
  deal = (await server.ask('POST', '/v1/instances', { body: { process: 'sales' } })).json.instance.id;
});
afterAll(() => server.stop());

const get = async (path: string, key?: string) =>
  (await server.ask('GET', path, key === undefined ? {} : { key })).json;

describe('evidence over HTTP', () => {
  it('is produced, listed, rested on, and told in the whole instance, whose ETag does not stand for it', async () => {
    const before = await server.ask('GET', `/v1/instances/${deal}`);
    expect(before.json.evidence.map(({ state }: { state: string }) => state)).toEqual(['none', 'none']);
    expect((await get(NAME)).instances).toMatchObject([{ instance: { id: deal }, met: false }]);
    await produceOver(async (path, body) => (await server.ask('POST', path, { body })).json);
    const headers = { 'if-none-match': before.headers.get('etag') ?? '' };
    const after = await server.ask('GET', `/v1/instances/${deal}`, { headers });
    expect(after.status).toBe(200);
    expect(after.json.evidence).toMatchObject([
      { activity: 'gather', step: 'market-analysis', state: 'valid' },
      { activity: 'screen', evidence: 'ideal-customer/customer-profile', state: 'valid' },
    ]);
    const page = await get('/v1/evidence?state=valid&process=quarterly-market-review&evidence=market-review');
    expect(page).toMatchObject({ evidence: [{ scope: {}, state: 'valid', withdrawnAt: null }], next: null });
    expect(page.evidence[0].instance).toBe(after.json.evidence[0].instance);
    expect((await get(NAME)).instances).toMatchObject([{ instance: { id: deal }, met: true }]);
    expect((await get(`${NAME}?scope=${encodeURIComponent('{"region":"x"}')}`)).instances).toEqual([]);
    expect((await get('/v1/evidence?state=expired')).evidence).toEqual([]);
    expect((await get('/v1/evidence/nobody/knows/instances')).instances).toEqual([]);
  });

  it('is read page by page', async () => {
    const first = await get('/v1/evidence?limit=1');
    const second = await get(`/v1/evidence?limit=1&cursor=${first.next}`);
    expect([first, second].map(({ evidence }) => evidence[0].evidence)).toEqual(['market-review', 'customer-profile']);
    expect(second.next).toBeNull();
  });

  it('is seen by who sees its instances, what rests on it by who sees those', async () => {
    const [marketing, rep] = [await server.makeKey('mo', 'marketing'), await server.makeKey('ren', 'rep')];
    expect((await get('/v1/evidence', marketing)).evidence).toHaveLength(2);
    expect((await get('/v1/evidence', rep)).evidence).toEqual([]);
    expect((await get(NAME, rep)).instances).toHaveLength(1);
    expect((await get(NAME, await server.makeKey('gu', 'guest'))).instances).toEqual([]);
  });

  it.each([
    ['/v1/evidence?state=old', 'state'],
    ['/v1/evidence?proces=x', 'proces'],
    ['/v1/evidence?limit=0', 'limit'],
    [`${NAME}?scope=east`, 'scope'],
    [`${NAME}?scope=%7B"region"%3A1%7D`, 'scope'],
    [`${NAME}?step=x`, 'step'],
  ])('%s is refused', async (path, parameter) => {
    expect(await get(path)).toMatchObject({ status: 400, code: 'malformed-request', parameter });
  });
});
