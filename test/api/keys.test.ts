import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Server, startServer } from './server.ts';

let server: Server;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

describe('keys over HTTP', () => {
  it('are made once for a click, listed without a secret, and revoked', async () => {
    const headers = { 'idempotency-key': 'click' };
    const body = { actor: 'zhang.san', roles: ['admin'], name: 'CRM' };
    const made = await server.ask('POST', '/v1/keys', { body, headers });
    expect([made.status, made.json.state]).toEqual([201, 'active']);
    const again = await server.ask('POST', '/v1/keys', { body, headers });
    expect([again.status, again.json.secret, again.headers.get('idempotency-replayed')]).toEqual([200, null, 'true']);
    const { secret: key, id } = made.json;
    const listed = await server.ask('GET', '/v1/keys', { key });
    expect(listed.json.keys.map(({ actor }: { actor: string }) => actor).sort()).toEqual(['anna', 'zhang.san']);
    expect(listed.text).not.toMatch(/pg_|hash|secret/);
    expect((await server.ask('POST', `/v1/keys/${id}/revoke`)).json.state).toBe('revoked');
    expect((await server.ask('GET', '/v1/keys', { key })).status).toBe(401);
    expect((await server.ask('POST', '/v1/keys/nothing/revoke')).json.code).toBe('not-found');
  });

  it('say what is wrong with them', async () => {
    const { status, json } = await server.ask('POST', '/v1/keys', { body: { actor: 'x', roles: ['adm'] } });
    expect([status, json.code, json.errors[0].pointer]).toEqual([422, 'invalid-input', '/roles/0']);
    expect((await server.ask('GET', '/v1/keys?tenant=acme')).status).toBe(400);
  });
});
