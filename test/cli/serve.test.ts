import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Env, freshFolder, runCli, serveHere, spawnCli, testKey } from './testing-cli.ts';

function setup(env: Env = {}) {
  const folder = freshFolder();
  return { folder, env: { PHASEGATE_PORT: '0', PHASEGATE_DATA: join(folder, 'data'), ...env } };
}

const URL_SAID = /phasegate is ready: (http:\/\/127\.0\.0\.1:\d+)/;
const KEY_SAID = /pg_[\w-]{43}/g;

async function statusOf(url: string, key: string | null): Promise<number> {
  const response = await fetch(url, key === null ? {} : { headers: { Authorization: `Bearer ${key}` } });
  await response.arrayBuffer();
  return response.status;
}

const shippedProcesses = readdirSync(new URL('../../processes', import.meta.url)).filter(
  (name) => name.endsWith('.yaml') && !name.endsWith('.test.yaml'),
);

test('the first start prints an administrator’s key once, outside the log; the next start prints none', async () => {
  const { env } = setup();
  const first = spawnCli(['serve'], env);
  const [, url = ''] = await first.said(URL_SAID);
  await first.said(/phasegate demo/);
  first.process.kill('SIGTERM');
  const { code, out, err } = await first.ended;
  const keys = new Set(err.match(KEY_SAID));
  const [key = ''] = keys;
  expect({ code, keys: keys.size, logged: out.includes('pg_') }).toEqual({ code: 0, keys: 1, logged: false });
  expect(err).toContain(`curl ${url}/v1/processes -H 'Authorization: Bearer ${key}'`);
  expect(
    out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).msg),
  ).toEqual([...shippedProcesses.map(() => 'published'), 'ready', 'stopping', 'stopped']);

  const second = spawnCli(['serve'], env);
  const [, again = ''] = await second.said(URL_SAID);
  expect([await statusOf(`${again}/v1/processes`, key), await statusOf(`${again}/v1/processes`, null)]).toEqual([
    200, 401,
  ]);
  second.process.kill('SIGINT');
  const ended = await second.ended;
  expect({ code: ended.code, keys: ended.err.match(KEY_SAID) }).toEqual({ code: 0, keys: null });
});

test('SIGTERM: a request in flight is answered, then the process ends with 0', async () => {
  const { env } = setup({ PHASEGATE_ADMIN_KEY: testKey });
  const server = spawnCli(['serve'], env);
  const [, url = ''] = await server.said(URL_SAID);
  const body = JSON.stringify({ process: 'sales', key: 'IN-FLIGHT' });
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let answer = '';
  socket.setEncoding('utf8').on('data', (more: string) => {
    answer += more;
  });
  const closed = new Promise((resolve) => socket.on('close', resolve));
  const head = ['POST /v1/instances HTTP/1.1', 'Host: x', `Authorization: Bearer ${testKey}`];
  const rest = ['Content-Type: application/json', `Content-Length: ${body.length}`, '', body.slice(0, 5)];
  socket.write([...head, ...rest].join('\r\n'));
  // Another request that is answered: by then the server has read the half one.
  expect(await statusOf(`${url}/healthz`, null)).toBe(200);
  server.process.kill('SIGTERM');
  await server.said(/"msg":"stopping"/);
  socket.write(body.slice(5));
  await closed;
  const { code } = await server.ended;
  expect({ code, status: answer.split('\r\n')[0] }).toEqual({ code: 0, status: 'HTTP/1.1 201 Created' });
  const checked = await runCli(['verify', '--data', env.PHASEGATE_DATA]);
  expect(checked).toEqual({ code: 0, out: '✓ 1 entry checked: the chain holds\n', err: '' });
});

test('a second server on the same file is refused with a clear message', async () => {
  const { env } = setup({ PHASEGATE_ADMIN_KEY: testKey });
  await serveHere(env);
  const { code, err } = await spawnCli(['serve'], env).ended;
  expect(code).toBe(1);
  expect(err).toContain(
    `The database file ${join(env.PHASEGATE_DATA, 'phasegate.db')} is in use by another phasegate server.`,
  );
});

test('a port in use is refused with a clear message', async () => {
  const running = await serveHere(setup().env);
  const { port } = new URL(running.url);
  const { code, err } = await runCli(['serve', '--port', port], setup().env);
  expect({ code, said: err.includes(`another program listens on 127.0.0.1:${port}.`) }).toEqual({
    code: 1,
    said: true,
  });
});

test('a process file with errors stops the start, and names the file and the way to check it', async () => {
  const { folder, env } = setup();
  const sales = readFileSync(new URL('../../processes/sales.yaml', import.meta.url), 'utf8');
  const path = join(folder, 'processes', 'sales.yaml');
  mkdirSync(join(folder, 'processes'));
  writeFileSync(path, sales.replace('owner: rep', 'ownr: rep'));
  const { code, out, err } = await runCli(['serve', '--processes', join(folder, 'processes')], env);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain('ownr');
  expect(err).toContain(`check with phasegate check ${path}`);
});

test('a calendar with errors stops the start, and names the file and the way to check it', async () => {
  const { folder, env } = setup();
  mkdirSync(join(folder, 'processes/calendars'), { recursive: true });
  const file = join(folder, 'processes/calendars/mine.yaml');
  writeFileSync(file, 'calendar: mine\ntitle: { zh: 我, en: Mine }\nzone: Asia/Shanghia\nhours: 09:00-18:00\n');
  const { code, err } = await runCli(['serve', '--processes', join(folder, 'processes')], env);
  expect(code).toBe(1);
  expect(err).toContain(`${file}:3:7: error unknown-zone`);
  expect(err).toContain(`check with phasegate check ${file}`);
});

test('the calendars beside the processes are served', async () => {
  const { env } = setup({ PHASEGATE_ADMIN_KEY: testKey });
  const { url } = await serveHere(env);
  const answer = await fetch(`${url}/v1/calendars`, { headers: { Authorization: `Bearer ${testKey}` } });
  const { calendars } = JSON.parse(await answer.text());
  expect(calendars.map(({ calendar }: { calendar: string }) => calendar)).toEqual(['china', 'germany']);
});

test('a folder of processes that was asked for must be there', async () => {
  const { env } = setup({ PHASEGATE_PROCESSES: '/no/such/folder' });
  expect(await runCli(['serve'], env)).toEqual({
    code: 2,
    out: '',
    err: '✗ there is no file or folder /no/such/folder; check the path\n',
  });
});

test('an administrator’s key from the configuration works at once and is never shown', async () => {
  const { env } = setup({ PHASEGATE_ADMIN_KEY: testKey });
  const server = await serveHere(env);
  expect(await statusOf(`${server.url}/v1/processes`, testKey)).toBe(200);
  expect(`${server.err()}${server.log()}`).not.toContain(testKey);
  expect(server.err()).not.toMatch(/pg_/);
});

test('a revoked key from the configuration stays revoked, and another administrator’s key is made', async () => {
  const { env } = setup({ PHASEGATE_ADMIN_KEY: testKey });
  const server = await serveHere(env);
  const listed = JSON.parse((await runCli(['keys', 'list', '--json'], env)).out);
  expect((await runCli(['keys', 'revoke', listed[0].id], env)).code).toBe(0);
  expect(await server.stop()).toBe(0);
  const again = await serveHere(env);
  const [key = ''] = again.err().match(KEY_SAID) ?? [];
  const path = `${again.url}/v1/processes`;
  expect([await statusOf(path, testKey), await statusOf(path, key)]).toEqual([401, 200]);
});

test('NORMAL is a warning in the log', async () => {
  const server = await serveHere({ ...setup().env, PHASEGATE_SYNCHRONOUS: 'NORMAL' });
  expect(server.log()).toMatch(/"level":40.*PHASEGATE_SYNCHRONOUS is NORMAL/);
});

test('wrong configuration is told before anything is opened', async () => {
  const { code, err } = await runCli(['serve', '--port', 'http'], { ...setup().env, PHASEGATE_HOSTS: 'x' });
  expect({ code, err }).toEqual({
    code: 2,
    err: [
      '✗ the environment variable PHASEGATE_HOSTS is no setting; did you mean PHASEGATE_HOST? See phasegate serve --help for all of them',
      '✗ --port should be a whole number from 0 to 65535; found http\n',
    ].join('\n'),
  });
});

test.each([{ PHASEGATE_DB: 'postgres://nobody:secret-word@127.0.0.1:1/none' }, { PHASEGATE_DATA: '/dev/null/data' }])(
  'a database that cannot be opened is said plainly: %o',
  async (wrong) => {
    const { code, err } = await runCli(['serve'], { ...setup().env, ...wrong });
    expect({
      code,
      said: /^ {2}The database \S+ cannot be opened: .+$/m.test(err),
    }).toEqual({
      code: 1,
      said: true,
    });
    expect(err).not.toMatch(/secret-word|\n {4}at /);
  },
);

test('the scenarios beside a process file are kept with its version', async () => {
  const { env } = setup({ PHASEGATE_ADMIN_KEY: testKey });
  const server = spawnCli(['serve'], env);
  const [, url = ''] = await server.said(URL_SAID);
  const response = await fetch(`${url}/v1/processes/sales`, { headers: { Authorization: `Bearer ${testKey}` } });
  const beside = readFileSync(new URL('../../processes/sales.test.yaml', import.meta.url), 'utf8');
  expect(await response.json()).toMatchObject({ version: 1, tests: beside });
  server.process.kill('SIGTERM');
  expect((await server.ended).code).toBe(0);
});
