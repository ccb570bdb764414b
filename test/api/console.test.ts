import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApi, defaultApiLimits, type Listening, listen } from '../../src/api/index.ts';
import { systemClock } from '../../src/clock.ts';
import { type Server, startServer } from './server.ts';

const page = '<!doctype html><title>console</title>';
const script = `console.log(${'1 + '.repeat(2_000)}1)`;
const files = new Map([
  ['/index.html', Buffer.from(page)],
  ['/assets/main-abc.js', Buffer.from(script)],
]);

let server: Server;
let listening: Listening;
beforeAll(async () => {
  server = await startServer();
  const log = pino({ level: 'silent' });
  const api = createApi({ service: server.service, log, limits: defaultApiLimits, clock: systemClock, console: files });
  listening = await listen(api, '127.0.0.1', 0);
});
afterAll(async () => {
  await listening.close();
  await server.stop();
});

const ask = (path: string, init: RequestInit = {}) => fetch(listening.url + path, init);

describe('the console', () => {
  it.each(['/', '/sign-in', '/board/sales', '/deals/019c5e0a-7b1d-7c3f-9e7f-2f4d6a8b0c1e', '/work'])(
    'answers %s with its one page, which nobody needs a key for',
    async (path) => {
      const response = await ask(path);
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(response.headers.get('cache-control')).toBe('no-cache');
      expect(await response.text()).toBe(page);
    },
  );

  it('lets nothing run but its own files, and nobody frame it', async () => {
    const { headers } = await ask('/');
    const policy = new Set(headers.get('content-security-policy')?.split(';'));
    expect(policy).toEqual(
      new Set([
        "default-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
      ]),
    );
    expect([headers.get('x-content-type-options'), headers.get('x-frame-options')]).toEqual(['nosniff', 'DENY']);
  });

  it('hands its scripts out packed, to be kept, and says when nothing has changed', async () => {
    const response = await ask('/assets/main-abc.js', { headers: { 'accept-encoding': 'gzip' } });
    expect([response.status, response.headers.get('content-encoding')]).toEqual([200, 'gzip']);
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(Number(response.headers.get('content-length'))).toBeLessThan(script.length / 10);
    expect(await response.text()).toBe(script);
    const etag = response.headers.get('etag') ?? '';
    const again = await ask('/assets/main-abc.js', { headers: { 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('has nothing at other paths, and takes nothing but questions', async () => {
    for (const path of ['/assets/none.js', '/index.htm', '/../package.json', '/assets/..%2f..%2fpackage.json']) {
      const response = await ask(path, { headers: { authorization: `Bearer ${server.key}` } });
      expect([path, response.status]).toEqual([path, 404]);
    }
    expect((await ask('/board', { method: 'POST' })).status).toBe(401);
    expect((await ask('/v1/processes')).status).toBe(401);
    expect((await ask('/healthz')).status).toBe(200);
  });
});
