import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { ProcessError } from '../../src/errors.ts';
import { createTokens, fixedKeys, isToken } from '../../src/tokens/index.ts';
import { expected, issuer, NOW, SECONDS } from './issuer.ts';

async function setup(algorithm?: string, options: Partial<Parameters<typeof createTokens>[0]> = {}) {
  const provider = await issuer(algorithm);
  const keys = fixedKeys(provider.jwks);
  if (keys === null) throw new Error('there are keys');
  const tokens = createTokens({ keys, clock: { now: () => NOW }, ...expected, ...options });
  return { provider, tokens };
}

async function whyNot(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ProcessError)) throw new Error(`it is not refused: ${error}`);
  expect([error.code, /\p{Script=Han}/u.test(error.detail.zh)]).toEqual(['unauthenticated', true]);
  return error.detail.en;
}

describe('a token', () => {
  it.each(['RS256', 'ES256', 'EdDSA'])(
    'signed with %s names the actor, its roles, team and tenant',
    async (algorithm) => {
      const { provider, tokens } = await setup(algorithm);
      const token = await provider.sign({ roles: ['rep', 'manager', 'rep'], team: '华东', tenant: 'acme' });
      expect(isToken(token)).toBe(true);
      expect(await tokens.verify(token)).toEqual({
        id: 'zhang.san',
        roles: ['rep', 'manager'],
        team: '华东',
        tenant: 'acme',
        expiresAt: '2026-02-13T09:35:00.000Z',
      });
      expect(await tokens.verify(await provider.sign())).toEqual({
        id: 'zhang.san',
        roles: ['rep'],
        team: null,
        tenant: 'main',
        expiresAt: '2026-02-13T09:35:00.000Z',
      });
    },
  );

  it.each([
    [SECONDS + 0.5, '2026-02-13T09:30:00.500Z'],
    [1e300, '+275760-09-13T00:00:00.000Z'],
  ])('names them until its expiry %d, or the last instant that there is', async (exp, expiresAt) => {
    const { provider, tokens } = await setup();
    expect(await tokens.verify(await provider.sign({ exp }))).toMatchObject({ expiresAt });
  });

  it('may say so in other claims, and roles as words', async () => {
    const claims = { actor: 'email', roles: 'scope', team: 'dept', tenant: 'https://example.com/org' };
    const { provider, tokens } = await setup(undefined, { claims });
    const token = await provider.sign({
      email: 'li@example.com',
      scope: 'rep openid.profile Manager director',
      dept: 'east',
      'https://example.com/org': 'acme',
    });
    expect(await tokens.verify(token)).toEqual({
      id: 'li@example.com',
      roles: ['rep', 'director'],
      team: 'east',
      tenant: 'acme',
      expiresAt: '2026-02-13T09:35:00.000Z',
    });
    expect(await whyNot(tokens.verify(await provider.sign()))).toMatch(/^The token lacks email\. /);
  });

  it.each([
    [
      { iss: 'https://evil.example.com' },
      'The token\'s issuer (iss) should be https://id.example.com; found "https://evil.example.com".',
    ],
    [{ aud: 'other' }, 'The token\'s audience (aud) should hold phasegate; found "other".'],
    [{ aud: ['a', 'b'] }, 'The token\'s audience (aud) should hold phasegate; found ["a","b"].'],
    [{ exp: SECONDS - 31 }, 'The token expired at 2026-02-13T09:29:29.000Z.'],
    [{ nbf: SECONDS + 31 }, 'The token is not valid before 2026-02-13T09:30:31.000Z.'],
    [{ exp: undefined }, 'The token lacks exp.'],
    [{ iss: undefined }, 'The token lacks iss.'],
    [{ sub: undefined }, 'The token lacks sub.'],
    [{ sub: 'phasegate' }, 'The token\'s sub is no name that can be used: "phasegate".'],
    [{ tenant: 'Other Tenant' }, 'The token\'s tenant is no name that can be used: "Other Tenant".'],
    [{ tenant: 7 }, "The token's tenant is no name that can be used: 7."],
    [{ team: '' }, 'The token\'s team is no name that can be used: "".'],
  ])('with %j is refused, saying which', async (claims, why) => {
    const { provider, tokens } = await setup();
    expect(await whyNot(tokens.verify(await provider.sign(claims)))).toBe(
      `${why} Get another token from the identity provider.`,
    );
  });

  it('is taken for as long as clocks may differ, and no longer', async () => {
    const { provider, tokens } = await setup();
    for (const claims of [{ exp: SECONDS - 29 }, { nbf: SECONDS + 30 }])
      expect(await tokens.verify(await provider.sign(claims))).toMatchObject({ id: 'zhang.san' });
  });

  it('of another algorithm is refused, unsigned or signed with a shared secret or the public key as one', async () => {
    const { provider, tokens } = await setup();
    const [, payload] = (await provider.sign()).split('.');
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
    expect(await whyNot(tokens.verify(none))).toMatch(/should be one of RS256, ES256, EdDSA; found "none"/);
    const shared = new SignJWT({ sub: 'eve' }).setProtectedHeader({ alg: 'HS256', kid: 'key-1' });
    const secret = new TextEncoder().encode(provider.jwks.padEnd(64));
    expect(await whyNot(tokens.verify(await shared.sign(secret)))).toMatch(/found "HS256"/);
    const other = await issuer('PS256');
    expect(await whyNot(tokens.verify(await other.sign()))).toMatch(/found "PS256"/);
  });

  it('of somebody else’s key, changed, or cut is refused', async () => {
    const { provider, tokens } = await setup();
    const eve = await issuer();
    expect(await whyNot(tokens.verify(await eve.sign()))).toMatch(/^The signature of the token does not fit/);
    const [head, , signature] = (await provider.sign()).split('.');
    const payload = Buffer.from(JSON.stringify({ sub: 'eve', roles: ['admin'] })).toString('base64url');
    expect(await whyNot(tokens.verify(`${head}.${payload}.${signature}`))).toMatch(/^The signature of the token/);
    for (const broken of [`${head}..`, 'eyJ9.e30.e30', `${head}.${payload}.`, 'ey..'])
      expect(await whyNot(tokens.verify(broken))).toMatch(/^The (token is not a valid JWT|signature)/);
    const unknown = await provider.sign({}, { kid: 'key-9' });
    expect(await whyNot(tokens.verify(unknown))).toMatch(/\(kid "key-9"\) is not among the issuer's/);
  });

  it('is told from a key by its form', () => {
    expect(['pg_abc', 'a.b.c', 'eyJ.a', 'eyJ.a.b.c', `ey${'a'.repeat(9000)}.b.c`, 'eyJ.a.b'].map(isToken)).toEqual([
      false,
      false,
      false,
      false,
      false,
      true,
    ]);
  });
});

describe('a set of keys', () => {
  it.each([
    ['', 'no JSON'],
    ['[]', 'no object'],
    ['{"keys":{}}', 'no list'],
    ['{"keys":[]}', 'no key'],
    ['{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}', 'a shared secret alone'],
    ['{"keys":[{"kty":"EC","crv":"P-256","x":"a","y":"b","d":"c"}]}', 'a private key alone'],
    [JSON.stringify({ keys: Array.from({ length: 101 }, () => ({ kty: 'RSA' })) }), 'too many keys'],
  ])('is none: %s (%s)', (text) => {
    expect(fixedKeys(text)).toBeNull();
  });
});
