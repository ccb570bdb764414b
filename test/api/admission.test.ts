import { afterEach, describe, expect, it } from 'vitest';
import { type Server, startServer } from './server.ts';

let server: Server;
afterEach(() => server.stop());

describe('admission', () => {
  it('answers nothing but the open paths without a key, unknown paths included', async () => {
    server = await startServer({ strangersPerSecond: 1_000 });
    for (const { method, path, open } of server.api.routes) {
      const answer = await server.ask(method, path.replace('{version}', '1').replaceAll(/\{\w+\}/g, 'x'), {
        key: null,
      });
      // What is open and takes a body is asked for it first.
      const opened = method === 'POST' ? 415 : 200;
      expect([path, answer.status]).toEqual([path, open ? opened : 401]);
    }
    for (const path of ['/', '/nowhere', '/docs/', '/V1/instances', '/healthz/x', '/%00', '/%E0%A4%A']) {
      expect([path, (await server.ask('GET', path, { key: null })).status]).toEqual([path, 401]);
    }
  });

  it('says how to give a key, and what is wrong with the one given', async () => {
    server = await startServer();
    const without = await server.ask('GET', '/v1/processes', { key: null });
    expect(without.headers.get('www-authenticate')).toBe('Bearer realm="phasegate"');
    expect(without.json).toMatchObject({ code: 'unauthenticated', status: 401, instance: '/v1/processes' });
    const wrong = await server.ask('GET', '/v1/processes', { key: 'pg_wrong' });
    expect(wrong.headers.get('www-authenticate')).toBe(
      'Bearer realm="phasegate", error="invalid_token", error_description="This key is not valid, or was revoked. Make a new one with `phasegate keys`."',
    );
    const basic = await server.ask('GET', '/v1/processes', { key: null, headers: { authorization: 'Basic YTpi' } });
    expect([wrong.status, basic.status]).toEqual([401, 401]);
  });

  it('shows no secret in the log', async () => {
    server = await startServer();
    await server.ask('GET', '/v1/processes');
    await server.ask('GET', '/v1/processes', { key: 'pg_wrong_secret' });
    expect(server.log).toHaveLength(2);
    expect(JSON.stringify(server.log)).not.toMatch(/pg_/);
  });

  it('lets each actor have so many requests per second, and says when to come back', async () => {
    server = await startServer({ requestsPerSecond: 2 });
    const answers = await Promise.all(Array.from({ length: 20 }, () => server.ask('GET', '/v1/processes')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 429]));
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.headers.get('retry-after')).toBe('1');
    expect(refused?.json.code).toBe('too-many-requests');
    const other = await server.makeKey('ben', 'rep');
    expect((await server.ask('GET', '/v1/processes', { key: other })).status).toBe(200);
  });

  it('slows down whoever guesses keys, without shutting out those who have one', async () => {
    server = await startServer({ strangersPerSecond: 2 });
    const guesses = await Promise.all(
      Array.from({ length: 20 }, (_, i) => server.ask('GET', '/v1/processes', { key: `guess-${i}` })),
    );
    expect(new Set(guesses.map(({ status }) => status))).toEqual(new Set([401, 429]));
    expect((await server.ask('GET', '/v1/processes')).status).toBe(200);
  });
});
