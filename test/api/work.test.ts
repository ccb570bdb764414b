import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SMALL } from '../engine/process.ts';
import { type Answer, type Server, startServer } from './server.ts';

let server: Server;
let clerk: string;
let boss: string;
const ids: string[] = [];
beforeAll(async () => {
  server = await startServer();
  await server.publish(SMALL);
  clerk = await server.makeKey('carla', 'clerk');
  boss = await server.makeKey('bo', 'boss');
  for (const number of ['N-1', 'N-2', 'N-3']) {
    const { json } = await server.ask('POST', '/v1/instances', { body: { process: 'small', key: number }, key: boss });
    ids.push(json.instance.id);
  }
});
afterAll(() => server.stop());

const ask = (query: string, key = clerk): Promise<Answer> => server.ask('GET', `/v1/work${query}`, { key });
const said = ({ json }: Answer) =>
  json.work.map(({ instance, step }: { instance: { key: string }; step: string }) => `${instance.key} ${step}`);

describe('GET /v1/work', () => {
  it('lists what waits for the caller, page after page', async () => {
    const whole = await ask('');
    expect([whole.status, whole.json.next]).toEqual([200, null]);
    const expected = ['N-1', 'N-2', 'N-3'].flatMap((key) => [`${key} intake`, `${key} papers`]);
    expect(said(whole)).toEqual(expected);
    expect(whole.json.work[0]).toMatchObject({
      instance: { id: ids[0], process: 'small', version: 1, key: 'N-1', owner: 'bo', status: 'active' },
      phase: 'begin',
      step: 'intake',
      title: { zh: '受理', en: 'Intake' },
      due: null,
      approvals: [],
      advance: false,
      enter: false,
    });
    const found: string[] = [];
    let cursor = '';
    do {
      const page = await ask(`?limit=4&process=small${cursor}`);
      expect(page.json.work.length).toBeLessThanOrEqual(4);
      found.push(...said(page));
      cursor = page.json.next === null ? '' : `&cursor=${encodeURIComponent(page.json.next)}`;
    } while (cursor !== '');
    expect(found).toEqual(expected);
    expect(said(await ask('', boss))).toEqual(['N-1 papers', 'N-2 papers', 'N-3 papers']);
    expect(said(await ask('?process=other'))).toEqual([]);
  });

  it('offers what the events of an instance then take', async () => {
    const { json } = await ask('');
    for (const { instance, activities } of json.work.slice(0, 2)) {
      const shown = await server.ask('GET', `/v1/instances/${instance.id}`, { key: clerk });
      const allowed = shown.json.actions.filter(
        ({ type, allowed }: { type: string; allowed: boolean }) => type === 'complete' && allowed,
      );
      const offered = allowed.map(({ activity }: { activity: string }) => activity);
      for (const { id } of activities) expect(offered).toContain(id);
    }
  });

  it('is for a role and a person that the caller is', async () => {
    expect(said(await ask('?role=clerk'))).toHaveLength(6);
    expect(await ask('?role=boss')).toMatchObject({ status: 403, json: { code: 'role-required', roles: ['boss'] } });
    expect(await ask('?actor=bo')).toMatchObject({ status: 403, json: { code: 'role-required', roles: ['admin'] } });
    expect(said(await ask('?actor=carla'))).toEqual([]);
    expect(said(await server.ask('GET', '/v1/work?role=boss'))).toHaveLength(3);
    expect(said(await server.ask('GET', '/v1/work'))).toHaveLength(6);
  });

  it('is asked for somebody by a key that acts for others', async () => {
    const { secret } = await server.service.createKey('portal', ['boss'], { actsForOthers: true });
    const headers = { 'on-behalf-of': 'carla' };
    const id = ids[2] ?? '';
    await server.ask('POST', `/v1/instances/${id}/events`, { body: { type: 'assign', owner: 'carla' } });
    const asked = await server.ask('GET', '/v1/work?actor=carla', { key: secret, headers });
    expect([asked.status, said(asked)]).toEqual([200, []]);
    expect((await server.ask('GET', '/v1/work?actor=carla', { key: secret })).status).toBe(403);
  });

  it.each([
    '?role=Boss',
    '?actor=%00',
    '?limit=0',
    '?limit=201',
    '?cursor=x',
    '?cursor=',
    `?cursor=${'x'.repeat(201)}`,
    '?cursor=~2026-02-13T09:30:00.000Z~019a0000-0000-7000-8000-000000000000~A',
    '?rol=clerk',
    '?role=clerk&role=boss',
  ])('refuses %s', async (query) => {
    expect(await ask(query)).toMatchObject({ status: 400, json: { code: 'malformed-request' } });
  });
});
