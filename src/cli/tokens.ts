import { readFileSync } from 'node:fs';
import type { Clock } from '../clock.ts';
import { ProcessError } from '../errors.ts';
import { createTokens, fixedKeys, type KeySource, remoteKeys, type Tokens } from '../tokens/index.ts';
import type { Config } from './config.ts';

/** Reads the tokens that the configuration tells of; null when it tells of none. Throws `unavailable` for keys that cannot be read. */
export function configuredTokens(config: Config, clock: Clock): Tokens | null {
  const { jwtIssuer: issuer, jwtAudience: audience, jwtJwks } = config;
  if (issuer === null || audience === null || jwtJwks === null) return null;
  return createTokens({
    keys: keySource(jwtJwks, clock),
    clock,
    issuer,
    audience,
    algorithms: config.jwtAlgorithms,
    claims: {
      actor: config.jwtActorClaim,
      roles: config.jwtRolesClaim,
      team: config.jwtTeamClaim,
      tenant: config.jwtTenantClaim,
    },
  });
}

function keySource(where: string, clock: Clock): KeySource {
  if (/^https?:/.test(where)) return remoteKeys(where, clock);
  const keys = fixedKeys(readText(where));
  if (keys !== null) return keys;
  throw new ProcessError('unavailable', {
    zh: `${where} 不是含公钥的 JWKS 文件（{"keys": […]}）；请检查 PHASEGATE_JWT_JWKS`,
    en: `${where} is no JWKS file with public keys ({"keys": […]}); check PHASEGATE_JWT_JWKS`,
  });
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new ProcessError('unavailable', {
      zh: `无法读取 ${file}（${why}）；请检查 PHASEGATE_JWT_JWKS`,
      en: `${file} cannot be read (${why}); check PHASEGATE_JWT_JWKS`,
    });
  }
}
