import { ProcessError } from '../errors.ts';
import { sandboxOf } from '../names.ts';
import { answerProblem } from './answer.ts';
import { type Credential, credentialOf } from './credential.ts';
import type { Actor, Exchange, Surroundings } from './exchange.ts';
import { inSandbox, onBehalfOf } from './headers.ts';
import { crossSite, originOf } from './origin.ts';
import { endSession } from './session-cookie.ts';

/** Lets a request in, or answers it: `401` without a valid key, token or session, `403` for acting without the right or from another site, `429` above the actor's (or the stranger's) rate. */
export type Admit = (exchange: Exchange) => Promise<boolean>;

export function createAdmission(world: Surroundings): Admit {
  return async (exchange) => {
    const found = await authenticated(exchange);
    if (found instanceof ProcessError) {
      await answerStranger(exchange, found, credentialOf(exchange.req));
      return false;
    }
    exchange.actor = found;
    return world.rates.actor(exchange);
  };
}

/** Who asks, or why nobody is let in. */
export async function authenticated({ req, world }: Exchange): Promise<Actor | ProcessError> {
  const credential = credentialOf(req);
  const isSession = credential?.from === 'cookie';
  if (isSession && changes(req.method) && originOf(req) !== 'own') return crossSite();
  const secret = credential?.secret ?? null;
  if (secret === null) return isSession ? sessionOver() : keyMissing();
  try {
    const actor = await world.service.authenticate(secret, onBehalfOf(req));
    if (actor !== null) return inSandbox(req) ? { ...actor, tenant: sandboxOf(actor.tenant) } : actor;
  } catch (error) {
    if (error instanceof ProcessError) return error;
    throw error;
  }
  return isSession ? sessionOver() : invalidKey();
}

/** Whoever is made to open an address, by another site too, changes nothing. */
function changes(method: string | undefined): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

function keyMissing(): ProcessError {
  return new ProcessError('unauthenticated', {
    zh: '请在请求头中给出密钥：Authorization: Bearer <密钥>。首次启动时 phasegate serve 会打印一个。',
    en: 'Give a key in the header: Authorization: Bearer <key>. `phasegate serve` prints one at its first start.',
  });
}

export function invalidKey(): ProcessError {
  return new ProcessError('unauthenticated', {
    zh: '该密钥无效或已被吊销。请用 phasegate keys 新建一个。',
    en: 'This key is not valid, or was revoked. Make a new one with `phasegate keys`.',
  });
}

function sessionOver(): ProcessError {
  return new ProcessError('unauthenticated', {
    zh: '会话已结束，或其密钥已被吊销。请重新登录。',
    en: 'This session is over, or its key was revoked. Sign in again.',
  });
}

/**
 * With what is wrong with a key or token in the challenge too (RFC 6750, 3), for clients that read no body. A session that
 * is none any more is ended, so that its cookie is not sent for ever.
 */
export async function answerStranger(
  exchange: Exchange,
  error: ProcessError,
  credential: Credential | null,
): Promise<void> {
  if (!(await exchange.world.rates.stranger(exchange))) return;
  if (error.code !== 'unauthenticated') {
    answerProblem(exchange, error);
    return;
  }
  const why = error.detail.en.replaceAll(/[^\x20-\x7e]/g, '?').replaceAll(/["\\]/g, "'");
  const given = credential?.from === 'header' && credential.secret !== null;
  const invalid = given ? `, error="invalid_token", error_description="${why}"` : '';
  const ended = credential?.from === 'cookie' ? ['Set-Cookie', endSession(exchange.req)] : [];
  answerProblem(exchange, error, ['WWW-Authenticate', `Bearer realm="phasegate"${invalid}`, ...ended]);
}
