import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freshFolder, runCli, serveHere } from './testing-cli.ts';

async function setup() {
  const env = { PHASEGATE_DATA: join(freshFolder(), 'data') };
  const server = await serveHere(env);
  return { env, server };
}

test('create prints the secret alone on the output; it works at once, with its roles', async () => {
  const { env, server } = await setup();
  const { code, out, err } = await runCli(['keys', 'create', '--role', 'rep', '--role', 'presales', 'zhang.san'], env);
  expect({ code, secret: /^pg_[\w-]{43}\n$/.test(out), told: err.includes('zhang.san; roles: rep, presales') }).toEqual(
    {
      code: 0,
      secret: true,
      told: true,
    },
  );
  const client = { PHASEGATE_URL: server.url, PHASEGATE_KEY: out.trim() };
  const started = await runCli(['start', 'sales', '--key', 'K', '--json'], client);
  expect(JSON.parse(started.out).entries).toMatchObject([{ actor: 'zhang.san', roles: ['rep', 'presales'] }]);
});

test('list shows who and what, never a secret or its hash; revoke works once', async () => {
  const { env } = await setup();
  const { out: secret } = await runCli(['keys', 'create', 'li.si', '--role', 'manager'], env);
  const listed = await runCli(['keys', 'list', '--json'], env);
  const keys = JSON.parse(listed.out);
  expect(keys.map(({ actor, roles, revokedAt }: Record<string, unknown>) => [actor, roles, revokedAt])).toEqual([
    ['admin', ['admin'], null],
    ['li.si', ['manager'], null],
  ]);
  expect(Object.keys(keys[0]).sort()).toEqual([
    'actor',
    'actsForOthers',
    'createdAt',
    'expiresAt',
    'id',
    'name',
    'revokedAt',
    'roles',
    'team',
    'tenant',
  ]);
  expect(listed.out).not.toContain(secret.trim());
  const { id } = keys[1];
  expect([(await runCli(['keys', 'revoke', id], env)).code, (await runCli(['keys', 'revoke', id], env)).code]).toEqual([
    0, 1,
  ]);
  expect((await runCli(['keys', 'list'], env)).out).toMatch(
    new RegExp(`${id}  li.si +manager +main +\\d{4}-\\S+ \\S+ +\\d{4}-`),
  );
});

test('an unknown role is refused with what was meant, unless it is insisted on; a malformed one always', async () => {
  const { env } = await setup();
  const create = (...more: readonly string[]) => runCli(['keys', 'create', 'a', '--role', 'rep', ...more], env);
  const known = (await create('--role', 'x-ray')).err.replace(/.*known are ([^.]*)\..*/s, '$1');
  expect(known.split(', ')).toEqual(expect.arrayContaining(['admin', 'rep', 'manager']));
  expect(await create('--role', 'manger', '--role', 'x-ray')).toEqual({
    code: 2,
    out: '',
    err: `✗ no published process has a role manger (did you mean manager?), x-ray; known are ${known}. Say --any-role if its process is yet to be published\n`,
  });
  expect((await create('--role', 'manger', '--lang', 'zh')).err).toContain('没有角色 manger（是否指 manager？）');
  const keys = async () => JSON.parse((await runCli(['keys', 'list', '--json'], env)).out);
  expect(await keys()).toHaveLength(1);
  const { code, err } = await create('--role', 'manger', '--any-role');
  expect({ code, told: err.includes('roles: rep, manger') }).toEqual({ code: 0, told: true });
  expect((await keys()).at(-1).roles).toEqual(['rep', 'manger']);
  expect(await runCli(['keys', 'create', 'a', '--role', 'Manager!'], env)).toEqual({
    code: 2,
    out: '',
    err: '✗ a role should be the id of a role of a process, e.g. rep; found Manager!\n',
  });
});

test('a key may have a team, a tenant, and the right to act for others, whose names the history keeps both', async () => {
  const { env, server } = await setup();
  const rights = ['--team', '华东', '--tenant', 'acme', '--act-for-others'];
  const made = await runCli(['keys', 'create', 'crm', '--role', 'rep', ...rights], env);
  expect(made.err).toContain('(crm; roles: rep; team: 华东; tenant: acme; acts for others)');
  expect(JSON.parse((await runCli(['keys', 'list', '--json'], env)).out)[1]).toMatchObject({
    actor: 'crm',
    team: '华东',
    tenant: 'acme',
    actsForOthers: true,
  });
  const headers = { authorization: `Bearer ${made.out.trim()}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ process: 'sales', key: 'K' });
  const named = { ...headers, 'on-behalf-of': encodeURIComponent('张三') };
  const response = await fetch(`${server.url}/v1/instances`, { method: 'POST', headers: named, body });
  const { instance } = Object(await response.json());
  expect(instance).toMatchObject({ tenant: 'acme', owner: '张三', team: '华东' });
  const client = { PHASEGATE_URL: server.url, PHASEGATE_KEY: made.out.trim() };
  expect((await runCli(['history', instance.id], client)).out).toContain('张三 (crm)');
  expect((await runCli(['show', instance.id], client)).out).toContain('owner: 张三  (华东)');
});

test.each([
  [['--tenant', 'Acme!'], 'a tenant should be an id in lower case, e.g. acme; found Acme!'],
  [['--team', '\u0007'], 'a team should be 1–100 visible characters'],
  [['--role', 'instance-owner'], 'a role should be the id of a role of a process, e.g. rep; found instance-owner'],
])('keys create %j is an error', async (options, message) => {
  const { code, err } = await runCli(['keys', 'create', 'a', ...options], { PHASEGATE_DATA: 'nowhere' });
  expect([code, err]).toEqual([2, `✗ ${message}\n`]);
});

test('nobody’s key has the name of the engine or of a table', async () => {
  for (const name of ['phasegate', 'table:grading']) {
    expect((await runCli(['keys', 'create', name], { PHASEGATE_DATA: 'nowhere' })).code).toBe(2);
  }
});
