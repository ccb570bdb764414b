import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

/** An identity provider in a box: it signs tokens, and shows its public keys. */
export async function issuer(algorithm = 'ES256', kid = 'key-1') {
  const pair = await generateKeyPair(algorithm, { extractable: true });
  const jwk = { ...(await exportJWK(pair.publicKey)), kid, alg: algorithm };
  return {
    jwk,
    jwks: JSON.stringify({ keys: [jwk] }),
    /** `claims` undefined leave one out; times are seconds. */
    sign: (claims: Readonly<Record<string, unknown>> = {}, header: object = {}) =>
      new SignJWT({ ...known, ...claims }).setProtectedHeader({ alg: algorithm, kid, ...header }).sign(pair.privateKey),
  };
}

/** When the tests take place. */
export const NOW = '2026-02-13T09:30:00.000Z';
export const SECONDS = Date.parse(NOW) / 1000;

const known: JWTPayload = {
  iss: 'https://id.example.com',
  aud: 'phasegate',
  sub: 'zhang.san',
  roles: ['rep'],
  iat: SECONDS - 60,
  exp: SECONDS + 300,
};

export const expected = {
  issuer: 'https://id.example.com',
  audience: 'phasegate',
  algorithms: ['RS256', 'ES256', 'EdDSA'],
  claims: { actor: 'sub', roles: 'roles', team: 'team', tenant: 'tenant' },
} as const;
