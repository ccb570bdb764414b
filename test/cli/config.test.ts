import { expect, test } from 'vitest';
import { type Config, readConfig } from '../../src/cli/index.ts';
import { storeDefaults } from '../../src/store/index.ts';

const defaults: Config = {
  lang: 'en',
  url: 'http://127.0.0.1:7400',
  key: null,
  sandbox: 'off',
  data: 'data',
  db: 'sqlite:data/phasegate.db',
  dbClient: 'sqlite3',
  synchronous: 'FULL',
  cacheMb: storeDefaults.cacheMb,
  walAutocheckpoint: 4000,
  host: '127.0.0.1',
  port: 7400,
  processes: 'processes',
  review: 'four-eyes',
  adminKey: null,
  signInLink: 'terminal',
  jwtIssuer: null,
  jwtAudience: null,
  jwtJwks: null,
  jwtAlgorithms: ['RS256', 'ES256', 'EdDSA'],
  jwtActorClaim: 'sub',
  jwtRolesClaim: 'roles',
  jwtTeamClaim: 'team',
  jwtTenantClaim: 'tenant',
  logLevel: 'info',
  jsonBytes: 262_144,
  bulkBytes: 4_194_304,
  yamlBytes: 307_200,
  drainBytes: 4_194_304,
  jsonDepth: 32,
  headerBytes: 16_384,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  longRequestTimeoutMs: 300_000,
  keepAliveTimeoutMs: 10_000,
  requestsPerSecond: 1_000,
  strangersPerSecond: 20,
  streamsPerActor: 10,
  streamsInAll: 500,
  streamBufferBytes: 1024 * 1024,
  heartbeatMs: 15_000,
  pageDefault: 50,
  pageMax: 200,
  exportMost: 100_000,
  webhookAllow: [],
  smtpUrl: null,
  mailFrom: null,
  maxQueued: 10_000,
  maxCached: 5_000,
  idempotencyDays: 7,
};

function problemsOf(env: Record<string, unknown>, flags: Record<string, unknown> = {}) {
  const result = readConfig(env, flags);
  return result.ok ? [] : result.problems;
}

test('nothing given: every default', () => {
  expect(readConfig({}, {})).toEqual({ ok: true, config: defaults });
});

test('values are trimmed, blank ones count as not given, names of others are left alone', () => {
  const env = { PHASEGATE_PORT: ' 8080 ', PHASEGATE_HOST: '', PHASEGATE_DATA: '  ', HOME: '/root', PORT: 'x' };
  expect(readConfig(env, {})).toEqual({ ok: true, config: { ...defaults, port: 8080 } });
});

test('a flag wins over the environment', () => {
  const result = readConfig(
    { PHASEGATE_PORT: '8080', PHASEGATE_DB_CLIENT: 'sqlite3', PHASEGATE_SYNCHRONOUS: 'normal' },
    { port: '9090', dbClient: 'better-sqlite3' },
  );
  expect(result).toEqual({
    ok: true,
    config: { ...defaults, port: 9090, dbClient: 'better-sqlite3', synchronous: 'NORMAL' },
  });
});

test('the database lies in the data folder unless its URL says otherwise', () => {
  expect(readConfig({ PHASEGATE_DATA: '/var/lib/phasegate' }, {})).toMatchObject({
    config: { db: 'sqlite:/var/lib/phasegate/phasegate.db' },
  });
  expect(readConfig({ PHASEGATE_DATA: '/var', PHASEGATE_DB: 'postgres://app@db/sales' }, {})).toMatchObject({
    config: { db: 'postgres://app@db/sales' },
  });
});

test.each([
  [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
  [{ LANG: 'zh_CN.UTF-8', LC_ALL: 'C.UTF-8' }, 'en'],
  [{ LANG: 'de_DE.UTF-8', LC_MESSAGES: 'zh_TW' }, 'zh'],
  [{ LANG: 'zh_CN.UTF-8', PHASEGATE_LANG: 'en' }, 'en'],
  [{}, 'en'],
])('takes the language from %o', (env, lang) => {
  expect(readConfig(env, {})).toEqual({ ok: true, config: { ...defaults, lang } });
});

test('refuses an unknown name with a suggestion', () => {
  expect(problemsOf({ PHASEGATE_PROT: '1' })).toEqual([
    {
      zh: '环境变量 PHASEGATE_PROT 不是已知的设置（是否指 PHASEGATE_PORT？）；全部设置见 phasegate serve --help',
      en: 'the environment variable PHASEGATE_PROT is no setting; did you mean PHASEGATE_PORT? See phasegate serve --help for all of them',
    },
  ]);
});

test('says of every wrong value what was expected, what was found and where', () => {
  const env = { PHASEGATE_PORT: '70000', PHASEGATE_DB: 'mysql://x', PHASEGATE_IDEMPOTENCY_DAYS: '6' };
  expect(problemsOf(env, { synchronous: 'OFF' }).map(({ en }) => en)).toEqual([
    'PHASEGATE_DB should be sqlite:path/to/file or postgres://user@host/name; found mysql://x',
    '--synchronous should be one of FULL, NORMAL; found OFF',
    'PHASEGATE_PORT should be a whole number from 0 to 65535; found 70000',
    'PHASEGATE_IDEMPOTENCY_DAYS should be a whole number from 7 to 3650; found 6',
  ]);
});

test('never repeats a secret', () => {
  const problems = problemsOf({ PHASEGATE_ADMIN_KEY: 'hunter2', PHASEGATE_KEY: 'naïve secret' });
  expect(problems).toHaveLength(2);
  expect(JSON.stringify(problems)).not.toMatch(/hunter2|naïve/);
});

test('the API key of a client comes from the environment alone', () => {
  const result = readConfig({ PHASEGATE_KEY: 'pg_abc' }, { key: 'BUSINESS-KEY' });
  expect(result).toEqual({ ok: true, config: { ...defaults, key: 'pg_abc' } });
});

test('the default page is not above the largest', () => {
  expect(problemsOf({ PHASEGATE_PAGE_MAX: '20' })).toEqual([
    {
      zh: 'PHASEGATE_PAGE_DEFAULT 不应大于 PHASEGATE_PAGE_MAX；收到 50 与 20',
      en: 'PHASEGATE_PAGE_DEFAULT should be at most PHASEGATE_PAGE_MAX; found 50 and 20',
    },
  ]);
});

test('tokens want an issuer, an audience and keys together, and never a shared secret', () => {
  const all = {
    PHASEGATE_JWT_ISSUER: 'https://id.example.com',
    PHASEGATE_JWT_AUDIENCE: 'phasegate',
    PHASEGATE_JWT_JWKS: 'https://id.example.com/jwks',
  };
  expect(readConfig({ ...all, PHASEGATE_JWT_ALGORITHMS: 'ES256, PS512' }, {})).toMatchObject({
    config: { jwtIssuer: 'https://id.example.com', jwtAudience: 'phasegate', jwtAlgorithms: ['ES256', 'PS512'] },
  });
  expect(problemsOf({ ...all, PHASEGATE_JWT_AUDIENCE: '' }).map(({ en }) => en)).toEqual([
    'PHASEGATE_JWT_ISSUER, PHASEGATE_JWT_AUDIENCE and PHASEGATE_JWT_JWKS want to be given together, or none of them',
  ]);
  for (const wrong of ['none', 'HS256', 'RS256,HS256', 'rs256', '']) {
    expect(problemsOf({ ...all, PHASEGATE_JWT_ALGORITHMS: wrong || ',' })).toHaveLength(1);
  }
  expect(problemsOf({ ...all, PHASEGATE_JWT_JWKS: 'http://id.example.com/jwks' })).toHaveLength(1);
  for (const right of ['http://127.0.0.1:8080/jwks', 'http://localhost/jwks', 'keys/jwks.json']) {
    expect(problemsOf({ ...all, PHASEGATE_JWT_JWKS: right })).toEqual([]);
  }
});
