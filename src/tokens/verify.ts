import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose';
import type { Clock } from '../clock.ts';
import { ProcessError } from '../errors.ts';
import { isActorName, isTeamName, isTenantName, MAIN_TENANT } from '../names.ts';
import type { Text } from '../text.ts';
import type { Algorithm } from './algorithms.ts';
import type { KeySource } from './key-set.ts';

export interface TokenOptions {
  readonly keys: KeySource;
  readonly clock: Clock;
  readonly issuer: string;
  readonly audience: string;
  readonly algorithms: readonly Algorithm[];
  /** Names of the claims that hold the actor, its roles, its team and its tenant. */
  readonly claims: {
    readonly actor: string;
    readonly roles: string;
    readonly team: string;
    readonly tenant: string;
  };
}

/** Whom a token names. */
export interface Bearer {
  readonly id: string;
  readonly roles: readonly string[];
  readonly team: string | null;
  readonly tenant: string;
  /** Until when (ISO 8601 UTC) the token names them. */
  readonly expiresAt: string;
}

export interface Tokens {
  /** Throws `unauthenticated`, saying what is wrong with the token, or `unavailable`. */
  verify(token: string): Promise<Bearer>;
}

/** Seconds by which the clocks of issuer and server may differ. */
const TOLERANCE_S = 30;
/** Most characters of a token, and most roles that are read from one. */
const MAX_TOKEN = 8192;
const MAX_ROLES = 100;
/** Milliseconds since 1970 beyond which there is no date. */
const LAST_INSTANT = 8.64e15;
const ROLE = /^[a-z][a-z0-9-]{0,63}$/;

/** Whether a bearer secret has the form of a signed token: three parts in base64url, of which the first is a JSON object. */
export function isToken(secret: string): boolean {
  return secret.length <= MAX_TOKEN && /^ey[\w-]*\.[\w-]*\.[\w-]*$/.test(secret);
}

export function createTokens(options: TokenOptions): Tokens {
  const { keys, clock, issuer, audience, claims } = options;

  async function payloadOf(token: string): Promise<JWTPayload> {
    const expected = {
      issuer,
      audience,
      algorithms: [...options.algorithms],
      requiredClaims: ['exp', claims.actor],
      clockTolerance: TOLERANCE_S,
      currentDate: new Date(clock.now()),
    };
    try {
      return (await jwtVerify(token, await keys.current(), expected)).payload;
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      // The issuer may have begun to sign with a new key.
      const fresher = await keys.fresher();
      if (fresher === null) throw error;
      return (await jwtVerify(token, fresher, expected)).payload;
    }
  }

  return {
    async verify(token) {
      let payload: JWTPayload;
      try {
        payload = await payloadOf(token);
      } catch (error) {
        throw error instanceof errors.JOSEError ? refused(wrongWith(error, token, options)) : error;
      }
      return {
        id: textClaim(payload, claims.actor, isActorName) ?? missing(claims.actor),
        roles: rolesClaim(payload[claims.roles]),
        team: textClaim(payload, claims.team, isTeamName),
        tenant: textClaim(payload, claims.tenant, isTenantName) ?? MAIN_TENANT,
        expiresAt: expiryOf(payload),
      };
    },
  };
}

/** The last instant that there is, where it says a later one. */
function expiryOf({ exp = 0 }: JWTPayload): string {
  return new Date(Math.min(exp * 1000, LAST_INSTANT)).toISOString();
}

function textClaim(payload: JWTPayload, name: string, isName: (text: string) => boolean): string | null {
  const value = payload[name] ?? null;
  if (value === null || (typeof value === 'string' && isName(value))) return value;
  throw refused({
    zh: `令牌的 ${name} 不是可用的名称：${shown(value)}`,
    en: `the token's ${name} is no name that can be used: ${shown(value)}`,
  });
}

function missing(name: string): never {
  throw refused({ zh: `令牌缺少 ${name}`, en: `the token lacks ${name}` });
}

/** A list, or words with blanks between them; what cannot be the id of a role means nothing here. */
function rolesClaim(value: unknown): readonly string[] {
  const list = typeof value === 'string' ? value.split(' ') : Array.isArray(value) ? value : [];
  const roles = list.filter((role): role is string => typeof role === 'string' && ROLE.test(role));
  return [...new Set(roles)].slice(0, MAX_ROLES);
}

function refused({ zh, en }: Text): ProcessError {
  return new ProcessError('unauthenticated', {
    zh: `${zh}。请向身份提供方取得新的令牌。`,
    en: `${en.charAt(0).toUpperCase()}${en.slice(1)}. Get another token from the identity provider.`,
  });
}

function wrongWith(error: errors.JOSEError, token: string, { issuer, audience, algorithms }: TokenOptions): Text {
  if (error instanceof errors.JWTExpired) {
    const at = instant(error.payload.exp);
    return { zh: `令牌已于 ${at} 过期`, en: `the token expired at ${at}` };
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    const { claim, payload, reason } = error;
    const found = shown(payload[claim]);
    if (reason === 'missing') return { zh: `令牌缺少 ${claim}`, en: `the token lacks ${claim}` };
    if (claim === 'iss') {
      return {
        zh: `令牌的签发方 iss 应为 ${issuer}；收到 ${found}`,
        en: `the token's issuer (iss) should be ${issuer}; found ${found}`,
      };
    }
    if (claim === 'aud') {
      return {
        zh: `令牌的受众 aud 应含 ${audience}；收到 ${found}`,
        en: `the token's audience (aud) should hold ${audience}; found ${found}`,
      };
    }
    if (claim === 'nbf' && reason === 'check_failed') {
      const at = instant(payload.nbf);
      return { zh: `令牌在 ${at} 之前无效`, en: `the token is not valid before ${at}` };
    }
    return { zh: `令牌的 ${claim} 无效：${found}`, en: `the token's ${claim} is not valid: ${found}` };
  }
  if (error instanceof errors.JOSEAlgNotAllowed) {
    const list = algorithms.join(', ');
    const found = shown(headerOf(token).alg);
    return {
      zh: `令牌的签名算法 alg 应为 ${list} 之一；收到 ${found}`,
      en: `the token's algorithm (alg) should be one of ${list}; found ${found}`,
    };
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return { zh: '令牌的签名不符', en: 'the signature of the token does not fit' };
  }
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) {
    const found = shown(headerOf(token).kid);
    return {
      zh: `签发方的公钥中没有令牌所用的那一个（kid ${found}）`,
      en: `the key that the token is signed with (kid ${found}) is not among the issuer's`,
    };
  }
  return { zh: '令牌不是有效的 JWT', en: 'the token is not a valid JWT' };
}

function headerOf(token: string): Readonly<Record<string, unknown>> {
  try {
    return { ...decodeProtectedHeader(token) };
  } catch {
    return {};
  }
}

function instant(seconds: unknown): string {
  const date = new Date(typeof seconds === 'number' ? seconds * 1000 : Number.NaN);
  return Number.isNaN(date.getTime()) ? shown(seconds) : date.toISOString();
}

/** What a token says, cut short. */
function shown(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 80);
}
