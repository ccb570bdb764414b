import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Env, freshFolder, runCli, type ServedCli, serveHere, spawnCli } from './testing-cli.ts';

const LINK = /http:\/\/\S+\/sign-in#([\w-]{43})\n/;

const setup = () => ({ PHASEGATE_DATA: join(freshFolder(), 'data') });
const atTerminal = (env: Env) => serveHere(env, undefined, true);

function signIn({ url }: Pick<ServedCli, 'url'>, ticket: string): Promise<Response> {
  const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
  return fetch(`${url}/v1/session`, { method: 'POST', headers, body: JSON.stringify({ ticket }) });
}

test('at a terminal every start prints a link that signs an administrator in, once', async () => {
  const env = setup();
  const server = await atTerminal(env);
  const [link, ticket = ''] = LINK.exec(server.err()) ?? [];
  expect(server.err()).toBe(
    [
      `✓ phasegate is ready: ${server.url}   reference: ${server.url}/docs   stop with Ctrl+C`,
      '',
      '  Sign in as administrator from a browser (once, within 15 minutes):',
      `    ${server.url}/sign-in#${ticket}`,
      '',
      '',
    ].join('\n'),
  );
  const answer = await signIn(server, ticket);
  const { actor, operator } = Object(await answer.json());
  expect([answer.status, actor, operator]).toEqual([200, 'admin', true]);
  expect((await signIn(server, ticket)).status).toBe(401);
  expect(server.log()).not.toMatch(/sign-in|pg_/);
  expect(server.log()).not.toContain(ticket);
  await server.stop();
  const again = await atTerminal(env);
  expect([LINK.test(again.err()), again.err().includes(link ?? '')]).toEqual([true, false]);
});

test('the key that it is worth is listed by its name and end, and can be revoked', async () => {
  const env = setup();
  const server = await atTerminal(env);
  const [, ticket = ''] = LINK.exec(server.err()) ?? [];
  const cookie = (await signIn(server, ticket)).headers.get('set-cookie')?.split(';')[0] ?? '';
  const keys = JSON.parse((await runCli(['keys', 'list', '--json'], env)).out);
  expect(keys.map(({ actor, name, expiresAt }: Record<string, unknown>) => [actor, name, expiresAt !== null])).toEqual([
    ['admin', null, false],
    ['admin', 'sign-in link', true],
  ]);
  const { id, createdAt, expiresAt } = keys[1];
  expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(30 * 24 * 60 * 60_000);
  expect((await runCli(['keys', 'list'], env)).out).toMatch(new RegExp(`${id} .* sign-in link +\\d{4}-.* \\d{4}-`));
  const status = async () => (await fetch(`${server.url}/v1/session`, { headers: { cookie } })).status;
  expect(await status()).toBe(200);
  expect((await runCli(['keys', 'revoke', id], env)).code).toBe(0);
  await expect.poll(status, { timeout: 5_000 }).toBe(401);
});

test('the first key is made all the same, and again when only keys that end are left', async () => {
  const env = { ...setup(), PHASEGATE_ADMIN_KEY: '' };
  const server = await atTerminal(env);
  const [, ticket = ''] = LINK.exec(server.err()) ?? [];
  const [key = ''] = server.err().match(/pg_[\w-]{43}/) ?? [];
  expect((await signIn(server, ticket)).status).toBe(200);
  const [{ id }] = JSON.parse((await runCli(['keys', 'list', '--json'], env)).out);
  await runCli(['keys', 'revoke', id], env);
  await server.stop();
  const [another = ''] = (await atTerminal(env)).err().match(/pg_[\w-]{43}/) ?? [];
  expect([key !== '', another !== '', another !== key]).toEqual([true, true, true]);
});

test('says so in Chinese, of an address that a browser opens', async () => {
  const server = await atTerminal({ ...setup(), PHASEGATE_LANG: 'zh', PHASEGATE_HOST: '0.0.0.0' });
  const { port } = new URL(server.url);
  expect(server.err()).toMatch(
    new RegExp(
      `  用浏览器以管理员身份登录（15 分钟内，仅一次）:\\n    http://127\\.0\\.0\\.1:${port}/sign-in#[\\w-]{43}\\n`,
    ),
  );
});

test.each([
  [{}, false, false],
  [{ PHASEGATE_SIGN_IN_LINK: 'always' }, false, true],
  [{ PHASEGATE_SIGN_IN_LINK: 'never' }, true, false],
])('%j, at a terminal: %s → a link: %s', async (more, terminal, shown) => {
  const server = await serveHere({ ...setup(), ...more }, undefined, terminal);
  expect(server.err().includes('/sign-in#')).toBe(shown);
});

test('a service prints none: its standard error is no terminal', async () => {
  const server = spawnCli(['serve'], { ...setup(), PHASEGATE_PORT: '0' });
  await server.said(/phasegate demo/);
  server.process.kill('SIGTERM');
  const { out, err } = await server.ended;
  expect(out + err).not.toContain('sign-in');
});
