import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import type { ApiLimits } from '../../src/api/index.ts';
import { keepSession } from '../../src/api/session-cookie.ts';
import { sha256 } from '../../src/json.ts';
import { createTokens, fixedKeys } from '../../src/tokens/index.ts';
import { version } from '../../src/version.ts';
import { stoppedClock } from '../service/setup.ts';
import { expected, issuer, NOW, SECONDS } from '../tokens/issuer.ts';
import { filledIn } from './operations.ts';
import { type Answer, type Server, startServer, visitYaml } from './server.ts';

let server: Server;
afterEach(() => server.stop());

const clear = 'phasegate_session=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0';
const cookieOf = (secret: string) => `phasegate_session=${encodeURIComponent(secret)}`;
const lineOf = (secret: string, seconds: number) =>
  `${cookieOf(secret)}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${seconds}`;
const MONTH = 30 * 24 * 60 * 60;

/** What a page of the server sends beside its cookie. */
const own = { 'sec-fetch-site': 'same-origin' };

async function setup(limits: Partial<ApiLimits> = {}) {
  const clock = stoppedClock(NOW);
  const provider = await issuer();
  const keys = fixedKeys(provider.jwks);
  if (keys === null) throw new Error('there are keys');
  server = await startServer(limits, createTokens({ ...expected, keys, clock }), undefined, { clock });
  const signIn = (body: unknown, headers = {}) => server.ask('POST', '/v1/session', { key: null, body, headers });
  /** A request with the session cookie alone. */
  const withCookie = (method: string, path: string, secret: string, headers = {}, body?: unknown) =>
    server.ask(method, path, { key: null, headers: { cookie: cookieOf(secret), ...headers }, body });
  return { clock, provider, signIn, withCookie };
}

/** Status, and what becomes of the cookie. */
const outcome = ({ status, headers }: Answer) => [status, headers.get('set-cookie')];

const anna = {
  actor: 'anna',
  roles: ['admin'],
  team: null,
  tenant: 'main',
  via: null,
  operator: true,
  server: { version, review: 'off' },
};

describe('signing in', () => {
  it('with a key gives a cookie for 30 days that lets in as the key does', async () => {
    const { signIn, withCookie } = await setup();
    const answer = await signIn({ key: server.key });
    expect([...outcome(answer), answer.json]).toEqual([200, lineOf(server.key, MONTH), anna]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const shown = await withCookie('GET', '/v1/session', server.key);
    expect([...outcome(shown), shown.json]).toEqual([200, null, anna]);
    expect((await server.ask('GET', '/v1/session')).json).toEqual(anna);
    expect((await withCookie('GET', '/v1/processes', server.key)).status).toBe(200);
    expect((await withCookie('GET', '/v1/stream', server.key)).status).toBe(200);
  });

  it('says what somebody may, and gives a cookie no more than its key', async () => {
    const { signIn, withCookie } = await setup();
    const rights = { team: 'east', tenant: 'acme' };
    const { secret } = await server.service.createKey('li', ['admin'], rights);
    const li = { ...anna, ...rights, actor: 'li', operator: false };
    expect((await signIn({ key: secret })).json).toEqual(li);
    expect((await withCookie('GET', '/metrics', secret)).json.code).toBe('role-required');
    const acting = await withCookie('GET', '/v1/session', secret, { 'on-behalf-of': 'ma' });
    expect([acting.status, acting.json.code]).toEqual([403, 'acting-refused']);
    const { json } = await withCookie('GET', '/v1/session', server.key, { sandbox: 'true' });
    expect(json).toEqual({ ...anna, tenant: 'main~sandbox', operator: false });
    const crm = await server.service.createKey('crm', ['rep'], { actsForOthers: true });
    const named = await withCookie('GET', '/v1/session', crm.secret, { 'on-behalf-of': 'ma' });
    expect(named.json).toEqual({ ...anna, actor: 'ma', roles: ['rep'], via: 'crm', operator: false });
  });

  it('with a token lasts as long as the token, 30 days at most', async () => {
    const { clock, provider, signIn, withCookie } = await setup();
    const token = await provider.sign();
    const zhang = { ...anna, actor: 'zhang.san', roles: ['rep'], operator: false };
    const answer = await signIn({ key: token });
    expect([...outcome(answer), answer.json]).toEqual([200, lineOf(token, 300), zhang]);
    const long = await provider.sign({ exp: SECONDS + 2 * MONTH });
    expect(outcome(await signIn({ key: long }))).toEqual([200, lineOf(long, MONTH)]);
    const late = await provider.sign({ exp: SECONDS - 10 });
    expect(outcome(await signIn({ key: late }))).toEqual([200, lineOf(late, 1)]);
    clock.move(300_000 + 30_000);
    const over = await withCookie('GET', '/v1/session', token);
    expect([...outcome(over), over.json.code]).toEqual([401, clear, 'unauthenticated']);
  });

  it('with a token that no cookie has room for is refused, and says what to do', async () => {
    const { provider, signIn } = await setup();
    const lengthOf = (token: string) => lineOf(token, 300).length;
    const padded = (pad: number) => provider.sign({ pad: 'x'.repeat(pad) });
    const room = 4096 - lengthOf(await padded(0));
    // Four characters say what three bytes do.
    const fits = await padded(Math.floor((room * 3) / 4) - 3);
    expect([lengthOf(fits) > 4085, (await signIn({ key: fits })).status]).toEqual([true, 200]);
    const answer = await signIn({ key: await padded(Math.floor((room * 3) / 4) + 3) });
    const zh = '该令牌太长，浏览器的 Cookie（4096 字节）放不下。请让身份提供方减少其中的内容，或改用密钥登录。';
    const en =
      'This token does not fit into a cookie (4096 bytes). Have the identity provider put less into it, or sign in with a key.';
    expect([...outcome(answer), answer.json.detail, answer.json.errors]).toEqual([
      422,
      null,
      en,
      [{ pointer: '/key', message: { zh, en } }],
    ]);
  });

  it('with a ticket makes an administrator’s key of its own, once', async () => {
    const { signIn, withCookie } = await setup();
    const ticket = server.service.issueTicket('admin', ['admin']);
    const [first, second] = await Promise.all([signIn({ ticket }), signIn({ ticket })]);
    const [good, bad] = first.status === 200 ? [first, second] : [second, first];
    expect([good.json, bad.json.code]).toEqual([{ ...anna, actor: 'admin' }, 'unauthenticated']);
    const secret = /^phasegate_session=(pg_[\w-]{43});/.exec(good.headers.get('set-cookie') ?? '')?.[1] ?? '';
    expect(outcome(good)).toEqual([200, lineOf(secret, MONTH)]);
    expect(outcome(bad)).toEqual([401, null]);
    expect((await withCookie('GET', '/v1/session', secret)).json.actor).toBe('admin');
    const [made] = (await server.store.listApiKeys()).filter(({ name }) => name !== null);
    expect(made).toMatchObject({ actor: 'admin', name: 'sign-in link', expiresAt: '2026-03-15T09:30:00.000Z' });
    // Nobody else has it: signing out ends it.
    expect(outcome(await withCookie('DELETE', '/v1/session', secret, own))).toEqual([200, clear]);
    expect(outcome(await withCookie('GET', '/v1/session', secret))).toEqual([401, clear]);
  });

  it('with a ticket comes too late after 15 minutes', async () => {
    const { clock, signIn } = await setup();
    const ticket = server.service.issueTicket('admin', ['admin']);
    clock.move(15 * 60_000);
    const zh = await signIn({ ticket }, { 'accept-language': 'zh' });
    expect([...outcome(zh), zh.json.code, zh.json.detail]).toEqual([
      401,
      null,
      'unauthenticated',
      '该登录链接已经用过，或已超过 15 分钟。请用密钥登录，或重新启动 phasegate serve 以取得新的链接。',
    ]);
    expect((await server.store.listApiKeys()).map(({ actor }) => actor)).toEqual(['anna']);
  });

  it('with a wrong key is refused as any stranger is, in both languages, and seldom', async () => {
    const { signIn } = await setup({ strangersPerSecond: 3 });
    const en = await signIn({ key: 'pg_wrong' });
    expect([...outcome(en), en.headers.get('www-authenticate'), en.json.detail]).toEqual([
      401,
      null,
      'Bearer realm="phasegate"',
      'This key is not valid, or was revoked. Make a new one with `phasegate keys`.',
    ]);
    const zh = await signIn({ key: 'pg_wrong' }, { 'accept-language': 'zh' });
    expect(zh.json.detail).toBe('该密钥无效或已被吊销。请用 phasegate keys 新建一个。');
    const guesses = await Promise.all(Array.from({ length: 20 }, (_, i) => signIn({ ticket: `guess-${i}` })));
    expect(new Set(guesses.map(({ status }) => status))).toEqual(new Set([401, 429]));
    expect((await signIn({ key: server.key })).status).toBe(200);
  });

  it.each([
    [{}, ['']],
    [{ key: 'pg_x', ticket: 'x' }, ['']],
    [{ key: 5 }, ['/key']],
    [{ key: '' }, ['/key']],
    [{ key: 'pg_with a blank' }, ['/key']],
    [{ key: 'x'.repeat(8193) }, ['/key']],
    [{ ticket: null }, ['/ticket']],
    [{ key: 'pg_x', 'a/b': 1 }, ['/a~1b']],
  ])('takes one secret and nothing else: %j', async (body, pointers) => {
    const { signIn } = await setup();
    const { status, json } = await signIn(body);
    expect([status, json.code, json.errors.map(({ pointer }: { pointer: string }) => pointer)]).toEqual([
      422,
      'invalid-input',
      pointers,
    ]);
    expect(JSON.stringify(json)).not.toMatch(/pg_|xxx/);
  });

  it('reads no more of a stranger than a key takes', async () => {
    const { signIn } = await setup();
    const { status, json } = await signIn({ key: 'x'.repeat(16_384) });
    expect([status, json.limit]).toEqual([413, 16_384]);
    expect((await signIn({ key: { a: {} } })).json.code).toBe('malformed-json');
    expect((await signIn({ key: server.key }, { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await server.ask('POST', '/v1/session?key=x', { key: null, body: {} })).status).toBe(400);
  });

  it('over TLS, as a proxy tells, sets a cookie that goes over TLS alone', async () => {
    const { signIn } = await setup();
    for (const proto of ['https', 'HTTPS', 'https, http']) {
      const line = (await signIn({ key: server.key }, { 'x-forwarded-proto': proto })).headers.get('set-cookie');
      expect(line).toBe(`${lineOf(server.key, MONTH)}; Secure`);
    }
    const plain = await signIn({ key: server.key }, { 'x-forwarded-proto': 'http, https' });
    expect(plain.headers.get('set-cookie')).toBe(lineOf(server.key, MONTH));
    const encrypted = new IncomingMessage(new TLSSocket(new Socket()));
    expect(keepSession(encrypted, 'pg_x', 60)).toBe(`${lineOf('pg_x', 60)}; Secure`);
  });

  it('keeps a key with the marks that cookies are parted by', async () => {
    const { signIn, withCookie } = await setup();
    const odd = `pg;"a,b\\c%3B=d`;
    const row = (await server.store.listApiKeys())[0];
    if (row === undefined) throw new Error('there is a key');
    await server.store.addApiKey({ ...row, id: 'odd', actor: 'odd', hash: sha256(odd) });
    expect((await signIn({ key: odd })).headers.get('set-cookie')).toBe(lineOf(odd, MONTH));
    expect((await withCookie('GET', '/v1/session', odd)).json.actor).toBe('odd');
  });
});

describe('a page of another site', () => {
  it.each([
    [{}, 403],
    [{ 'sec-fetch-site': 'same-origin' }, 201],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'none' }, 403],
    [{ 'sec-fetch-site': '' }, 403],
    [{ 'sec-fetch-site': 'cross-site', origin: 'own' }, 403],
    [{ 'sec-fetch-site': 'same-origin, cross-site' }, 403],
    [{ origin: 'own' }, 201],
    [{ origin: 'null' }, 403],
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'http://127.0.0.1' }, 403],
    [{ origin: 'http://127.0.0.1.evil.example' }, 403],
    [{ origin: 'file://own' }, 403],
  ])('writes nothing with the cookie: %j → %d', async (given, status) => {
    const { withCookie } = await setup();
    const headers: Readonly<Record<string, string>> = given;
    const sent = { ...headers, ...(headers.origin === 'own' && { origin: server.url }) };
    const yaml = { ...sent, 'content-type': 'application/yaml' };
    const answer = await withCookie('POST', '/v1/processes', server.key, yaml, visitYaml);
    expect([answer.status, answer.json.code]).toEqual([status, status === 403 ? 'cross-site' : undefined]);
    const listed = await withCookie('GET', '/v1/processes', server.key, sent);
    expect([listed.status, listed.json.processes.length]).toEqual([200, status === 403 ? 0 : 1]);
    // No browser adds a key to what another's page sends.
    const bearer = await server.ask('POST', '/v1/processes', { body: visitYaml, headers: yaml });
    expect(bearer.status).toBe(status === 403 ? 201 : 200);
  });

  it('is told so in both languages, and the session goes on', async () => {
    const { withCookie } = await setup();
    const refused = await withCookie('POST', '/v1/instances', server.key, { 'accept-language': 'zh' }, {});
    expect([...outcome(refused), refused.json.title, refused.json.detail]).toEqual([
      403,
      null,
      '请求来自其他网站',
      '该请求不是由本服务的页面发出的（见 Sec-Fetch-Site 与 Origin）。请在控制台中操作；程序请用 Authorization: Bearer <密钥>，不要用会话 Cookie。',
    ]);
    const en = await withCookie('POST', '/v1/instances', server.key, {}, {});
    expect(en.json.detail).toBe(
      'This request was not made by a page of this server (see Sec-Fetch-Site and Origin). Use the console; a program sends Authorization: Bearer <key> in place of the session cookie.',
    );
    expect((await withCookie('GET', '/v1/session', server.key)).status).toBe(200);
  });

  it('reaches no route that changes anything', async () => {
    const { withCookie } = await setup({ strangersPerSecond: 1_000 });
    const writes = server.api.routes.filter(({ method, open }) => method !== 'GET' && !open);
    expect(writes.length).toBeGreaterThan(20);
    for (const { method, path } of writes) {
      const [verb, filled] = filledIn(`${method} ${path}`, { version: '1' });
      const answer = await withCookie(verb, filled, server.key, { 'sec-fetch-site': 'cross-site' });
      expect([path, answer.status, answer.json.code]).toEqual([path, 403, 'cross-site']);
    }
    for (const method of ['PUT', 'PATCH', 'OPTIONS'])
      expect([method, (await withCookie(method, '/v1/processes', server.key)).status]).toEqual([method, 403]);
  });

  it('signs nobody in or out', async () => {
    const { signIn, withCookie } = await setup();
    const foreign = [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }];
    for (const headers of foreign) {
      for (const answer of [
        await signIn({ key: server.key }, headers),
        await withCookie('DELETE', '/v1/session', server.key, headers),
      ])
        expect([...outcome(answer), answer.json.code]).toEqual([403, null, 'cross-site']);
    }
  });
});

describe('a session', () => {
  it('ends by signing out; the key goes on', async () => {
    const { withCookie } = await setup();
    const answer = await withCookie('DELETE', '/v1/session', server.key, own);
    expect([...outcome(answer), answer.json]).toEqual([200, clear, anna]);
    const overTls = await withCookie('DELETE', '/v1/session', server.key, { ...own, 'x-forwarded-proto': 'https' });
    expect(overTls.headers.get('set-cookie')).toBe(`${clear}; Secure`);
    expect(outcome(await server.ask('DELETE', '/v1/session'))).toEqual([200, clear]);
    expect((await server.ask('GET', '/v1/session')).status).toBe(200);
  });

  it('ends with its key, and the cookie is cleared', async () => {
    const { clock, withCookie } = await setup();
    const { id, secret } = await server.service.createKey('li', ['rep']);
    expect((await withCookie('GET', '/v1/session', secret)).status).toBe(200);
    await server.store.revokeApiKey(id, clock.now());
    clock.move(2_000);
    const answer = await withCookie('GET', '/v1/processes', secret, { 'accept-language': 'zh' });
    expect([...outcome(answer), answer.json.code, answer.json.detail]).toEqual([
      401,
      clear,
      'unauthenticated',
      '会话已结束，或其密钥已被吊销。请重新登录。',
    ]);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="phasegate"');
    const en = await withCookie('POST', '/v1/instances', secret, own, {});
    expect([...outcome(en), en.json.detail]).toEqual([
      401,
      clear,
      'This session is over, or its key was revoked. Sign in again.',
    ]);
  });

  it('counts only where there is no Authorization, whatever that is', async () => {
    await setup();
    const { secret } = await server.service.createKey('li', ['rep']);
    const cookie = cookieOf(server.key);
    const asked = await server.ask('GET', '/v1/session', { key: secret, headers: { cookie } });
    expect(asked.json.actor).toBe('li');
    for (const authorization of ['Bearer pg_wrong', 'Basic YTpi', 'Bearer', '']) {
      const answer = await server.ask('GET', '/v1/session', { key: null, headers: { cookie, authorization } });
      expect([authorization, ...outcome(answer)]).toEqual([authorization, 401, null]);
    }
  });

  it.each([
    ['twice', (good: string) => `${good}; ${good}`],
    ['twice, of which one is empty', (good: string) => `phasegate_session=; ${good}`],
    ['in quotes', (good: string) => good.replace('=', '="').concat('"')],
    ['with a blank within', (good: string) => good.replace('pg_', 'pg_ ')],
    ['with half a percent sign', (good: string) => `${good}%4`],
    ['with what is no UTF-8', (good: string) => `${good}%FF`],
    ['with a line break in it', (good: string) => `${good}%0A`],
    ['empty', () => 'phasegate_session='],
    ['of a key that there is not', () => 'phasegate_session=pg_wrong'],
    ['longer than a cookie', (good: string) => good + 'x'.repeat(4096)],
    ['among too many', (good: string) => `a=${'b'.repeat(16_384)}; ${good}`],
  ])('is none with a cookie that comes %s', async (_, cookieFrom) => {
    await setup({ headerBytes: 65_536 });
    const headers = { cookie: cookieFrom(cookieOf(server.key)) };
    const answer = await server.ask('GET', '/v1/processes', { key: null, headers });
    expect([...outcome(answer), answer.json.code]).toEqual([401, clear, 'unauthenticated']);
  });

  it('is found among the cookies of others, and not in a name that is like its own', async () => {
    const { signIn } = await setup();
    const good = cookieOf(server.key);
    const ask = (cookie: string) => server.ask('GET', '/v1/session', { key: null, headers: { cookie } });
    for (const cookie of [`a=b; ${good}`, `${good};c="d e"`, `x${good.replace('pg_', 'no_')}; ${good}`])
      expect([cookie, (await ask(cookie)).status]).toEqual([cookie, 200]);
    for (const cookie of [`x${good}`, 'a=b', `a=${good}`, 'phasegate_session', 'Phasegate_Session=x'])
      expect([cookie, ...outcome(await ask(cookie))]).toEqual([cookie, 401, null]);
    // What is sent to open paths is not looked at.
    const bad = { cookie: 'phasegate_session=pg_wrong' };
    expect(outcome(await server.ask('GET', '/healthz', { key: null, headers: bad }))).toEqual([200, null]);
    expect(outcome(await signIn({ key: server.key }, bad))).toEqual([200, lineOf(server.key, MONTH)]);
  });

  it('leaves no secret in the log', async () => {
    const { provider, signIn, withCookie } = await setup();
    const token = await provider.sign();
    const ticket = server.service.issueTicket('admin', ['admin']);
    await signIn({ key: server.key });
    await signIn({ key: token });
    await signIn({ ticket });
    await signIn({ ticket });
    await signIn({ key: 'pg_wrong' });
    await withCookie('GET', '/v1/session', server.key);
    await withCookie('GET', '/v1/session', 'pg_wrong');
    await withCookie('POST', '/v1/instances', server.key, {}, {});
    await withCookie('DELETE', '/v1/session', server.key, own);
    expect(server.log.map(({ status, actor }) => [status, actor])).toEqual([
      [200, 'anna'],
      [200, 'zhang.san'],
      [200, 'admin'],
      [401, 'nobody'],
      [401, 'nobody'],
      [200, 'anna'],
      [401, 'nobody'],
      [403, 'nobody'],
      [200, 'anna'],
    ]);
    const text = JSON.stringify(server.log);
    for (const secret of ['pg_', ticket, token.slice(0, 20), 'cookie']) expect(text).not.toContain(secret);
  });
});
