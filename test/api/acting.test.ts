import { afterEach, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createTokens, fixedKeys } from '../../src/tokens/index.ts';
import { expected, issuer } from '../tokens/issuer.ts';
import { type Server, startServer, visitYaml } from './server.ts';

let server: Server;
afterEach(() => server.stop());

const visit = { process: 'visit' };

it('lets a key with the right act for the person it names, and keeps both in the history and the log', async () => {
  server = await startServer();
  await server.publish(visitYaml);
  const { secret: key } = await server.service.createKey('crm', ['rep'], { team: 'east', actsForOthers: true });
  const headers = { 'on-behalf-of': encodeURIComponent('张三') };
  const started = await server.ask('POST', '/v1/instances', { key, headers, body: visit });
  expect(started.json).toMatchObject({
    instance: { owner: '张三', team: 'east', startedBy: '张三' },
    entries: [{ actor: '张三', via: 'crm', roles: ['rep'] }],
  });
  const path = `/v1/instances/${started.json.instance.id}`;
  expect((await server.ask('GET', `${path}/verify`)).json).toEqual({ ok: true, checked: 1, broken: null });
  expect((await server.ask('GET', `${path}/history`)).json.entries).toMatchObject([{ actor: '张三', via: 'crm' }]);
  expect(server.log.filter(({ via }) => via === 'crm')).toMatchObject([{ actor: '张三', tenant: 'main' }]);
  const itself = await server.ask('POST', '/v1/instances', { key, body: visit });
  expect(itself.json.entries).toMatchObject([{ actor: 'crm', via: null }]);
});

it('refuses it to any other key, and names that nobody can have', async () => {
  server = await startServer({ strangersPerSecond: 1_000 });
  const plain = await server.ask('GET', '/v1/processes', { headers: { 'on-behalf-of': 'li' } });
  expect([plain.status, plain.json.code]).toEqual([403, 'acting-refused']);
  const { secret: key } = await server.service.createKey('crm', ['rep'], { actsForOthers: true });
  for (const name of ['phasegate', 'table%3Ax', '%E5', '%', 'a%00b', '%20', 'x'.repeat(1001)]) {
    const answer = await server.ask('GET', '/v1/processes', { key, headers: { 'on-behalf-of': name } });
    expect([name.slice(0, 9), answer.status, answer.json.code]).toEqual([name.slice(0, 9), 400, 'malformed-request']);
  }
  const stranger = await server.ask('GET', '/v1/processes', { key: 'pg_wrong', headers: { 'on-behalf-of': 'li' } });
  expect([stranger.status, stranger.json.code]).toEqual([401, 'unauthenticated']);
});

async function withTokens() {
  const provider = await issuer('RS256');
  const keys = fixedKeys(provider.jwks);
  if (keys === null) throw new Error('there are keys');
  server = await startServer({}, createTokens({ ...expected, keys, clock: systemClock }));
  await server.publish(visitYaml);
  const now = Math.floor(Date.now() / 1000);
  return (claims: Readonly<Record<string, unknown>> = {}) => provider.sign({ iat: now, exp: now + 60, ...claims });
}

it('takes a token for a key: its claims are the actor', async () => {
  const sign = await withTokens();
  const key = await sign({ sub: 'zhang.san', roles: ['rep'], team: '华东', tenant: 'acme' });
  const { json } = await server.ask('POST', '/v1/instances', { key, body: visit });
  expect(json).toMatchObject({
    instance: { tenant: 'acme', owner: 'zhang.san', team: '华东' },
    entries: [{ actor: 'zhang.san', roles: ['rep'], via: null }],
  });
  expect((await server.ask('GET', '/v1/instances')).json.instances).toEqual([]);
  const acting = await server.ask('GET', '/v1/instances', { key, headers: { 'on-behalf-of': 'li' } });
  expect([acting.status, acting.json.code]).toEqual([403, 'acting-refused']);
  expect((await server.ask('GET', '/v1/instances', { key: await sign({ roles: 'x '.repeat(2500) }) })).status).toBe(
    200,
  );
});

it('says in the answer and in the challenge what is wrong with a token, and never shows it', async () => {
  const sign = await withTokens();
  const key = await sign({ aud: '别处' });
  const { status, json, headers } = await server.ask('GET', '/v1/processes', { key });
  expect([status, json.code, json.detail]).toEqual([
    401,
    'unauthenticated',
    'The token\'s audience (aud) should hold phasegate; found "别处". Get another token from the identity provider.',
  ]);
  expect(headers.get('www-authenticate')).toBe(
    'Bearer realm="phasegate", error="invalid_token", error_description="The token\'s audience (aud) should hold phasegate; found \'??\'. Get another token from the identity provider."',
  );
  expect(JSON.stringify([json, server.log])).not.toContain(key.slice(0, 40));
});
