import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Server, startServer } from './server.ts';

let server: Server;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

describe('problems', () => {
  it('are RFC 9457 documents in English unless asked otherwise', async () => {
    const answer = await server.ask('GET', '/v1/nowhere?secret=1', { headers: { 'x-request-id': 'ask-1' } });
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(answer.headers.get('content-language')).toBe('en');
    expect(answer.headers.get('vary')).toBe('Accept-Language');
    expect(answer.json).toEqual({
      type: '/docs#not-found',
      title: 'Not found',
      status: 404,
      detail: 'There is nothing at this path. All paths are listed at /docs.',
      instance: '/v1/nowhere',
      code: 'not-found',
      requestId: 'ask-1',
    });
  });

  it('speak Chinese to whoever prefers it', async () => {
    const answer = await server.ask('GET', '/v1/nowhere', {
      headers: { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' },
    });
    expect(answer.headers.get('content-language')).toBe('zh');
    expect(answer.json).toMatchObject({ title: '未找到', detail: '没有这个路径。所有路径见 /docs。' });
  });

  it('hide what failed inside, and log it under the request id', async () => {
    const broken = await startServer();
    try {
      await broken.store.close();
      const answer = await broken.ask('GET', '/v1/processes', { headers: { 'x-request-id': 'ask-2' } });
      expect([answer.status, answer.json.code, answer.json.requestId]).toEqual([500, 'internal', 'ask-2']);
      expect(answer.json.detail).toMatch(/the request id ask-2\.$/);
      expect(answer.text).not.toMatch(/connection|knex|sqlite|\bat \//i);
      const err = expect.objectContaining({ message: expect.stringMatching(/connection/), stack: expect.any(String) });
      expect(broken.log).toContainEqual(expect.objectContaining({ requestId: 'ask-2', msg: 'failed', err }));
      const ready = await broken.ask('GET', '/readyz', { key: null });
      expect([ready.status, ready.json.code]).toEqual([503, 'unavailable']);
    } finally {
      await broken.stop();
    }
  });
});

describe('every answer', () => {
  it('carries a request id: the caller’s when it is harmless, else a new one', async () => {
    const id = async (given?: string) => {
      const answer = await server.ask('GET', '/healthz', {
        headers: given === undefined ? {} : { 'x-request-id': given },
      });
      return answer.headers.get('x-request-id');
    };
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;
    expect(await id('Order_42.a-b')).toBe('Order_42.a-b');
    expect(await id()).toMatch(uuid);
    expect(await id('a b')).toMatch(uuid);
    expect(await id('x'.repeat(65))).toMatch(uuid);
  });

  it('forbids sniffing, framing and everything else a browser might do', async () => {
    const { headers } = await server.ask('GET', '/healthz');
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('is one line of log, without the query', async () => {
    const before = server.log.length;
    await server.ask('GET', '/v1/instances?key=SECRET-KEY', { headers: { 'x-request-id': 'ask-3' } });
    expect(server.log.slice(before)).toEqual([
      expect.objectContaining({
        level: 30,
        msg: 'answered',
        requestId: 'ask-3',
        method: 'GET',
        path: '/v1/instances',
        status: 200,
        actor: 'anna',
        ms: expect.any(Number),
      }),
    ]);
    expect(JSON.stringify(server.log)).not.toContain('SECRET-KEY');
  });
});

describe('methods', () => {
  it('refuses a method that the path does not take, and names those it does', async () => {
    const one = await server.ask('DELETE', '/v1/instances');
    expect([one.status, one.headers.get('allow'), one.json.code]).toEqual([
      405,
      'POST, GET, HEAD',
      'method-not-allowed',
    ]);
    const two = await server.ask('PUT', '/healthz', { key: null });
    expect([two.status, two.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    const three = await server.ask('OPTIONS', '/v1/processes/check');
    expect([three.status, three.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it('answers HEAD like GET without a body', async () => {
    const head = await server.ask('HEAD', '/docs', { key: null });
    const get = await server.ask('GET', '/docs', { key: null });
    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers.get('content-length')).toBe(get.headers.get('content-length'));
  });
});

describe('query parameters', () => {
  it.each([
    ['/v1/instances?proces=sales', { parameter: 'proces', suggestion: 'process' }],
    ['/v1/instances?zzzzzz=1', { parameter: 'zzzzzz' }],
    ['/v1/instances?__proto__=1', { parameter: '__proto__' }],
    ['/v1/instances?process=a&process=b', { parameter: 'process' }],
    ['/v1/instances?process=Sales', { parameter: 'process' }],
    ['/v1/instances?status=open', { parameter: 'status' }],
    ['/v1/instances?limit=201', { parameter: 'limit' }],
    ['/v1/instances?limit=0', { parameter: 'limit' }],
    ['/v1/instances?limit=1e2', { parameter: 'limit' }],
    ['/v1/instances?key=', { parameter: 'key' }],
    ['/v1/instances?key=%00', { parameter: 'key' }],
    ['/v1/instances?cursor=%27;drop', { parameter: 'cursor' }],
    ['/v1/processes?x=1', { parameter: 'x' }],
  ])('refuses %s', async (path, extra) => {
    const answer = await server.ask('GET', path);
    expect([answer.status, answer.json.code]).toEqual([400, 'malformed-request']);
    const { parameter, suggestion } = answer.json;
    expect({ parameter, ...(suggestion !== undefined && { suggestion }) }).toEqual(extra);
  });

  it('refuses a cursor that no page gave', async () => {
    for (const path of ['/v1/instances?cursor=abc', '/v1/verify?cursor=abc']) {
      expect((await server.ask('GET', path)).json.code).toBe('malformed-request');
    }
  });

  it('refuses a path that is no valid text', async () => {
    const answer = await server.ask('GET', '/v1/processes/%E0%A4%A');
    expect([answer.status, answer.json.code]).toEqual([400, 'malformed-request']);
  });
});

describe('operations', () => {
  it('says that it runs and that it is ready, to anybody', async () => {
    const health = await server.ask('GET', '/healthz', { key: null });
    expect(health.json).toEqual({ status: 'ok', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) });
    expect((await server.ask('GET', '/readyz', { key: null })).json).toEqual({ status: 'ready' });
  });

  it('counts requests by route, never by path', async () => {
    await server.ask('GET', '/v1/instances/019c5a3e-7f00-7c1e-9a51-5f3ad1f2b6c4');
    const { text, headers } = await server.ask('GET', '/metrics');
    expect(headers.get('content-type')).toMatch(/^text\/plain/);
    expect(text).toMatch(
      /phasegate_http_request_duration_seconds_count\{route="\/v1\/instances\/\{id\}",method="GET",status="404"\} 1\n/,
    );
    expect(text).not.toContain('019c5a3e');
    expect(text).toMatch(/phasegate_commands_queued 0\n/);
    expect(text).toMatch(/process_cpu_user_seconds_total/);
  });
});
