import { ProcessError } from '../errors.ts';
import { sandboxOf } from '../names.ts';
import { answerProblem } from './answer.ts';
import type { Actor, Exchange, Surroundings } from './exchange.ts';
import { bearerSecret, inSandbox, onBehalfOf } from './headers.ts';

/** Lets a request in, or answers it: `401` without a valid key or token, `403` for acting without the right, `429` above the actor's (or the stranger's) rate. */
export type Admit = (exchange: Exchange) => Promise<boolean>;

export function createAdmission(world: Surroundings): Admit {
  return async (exchange) => {
    const found = await authenticated(exchange);
    if (found instanceof ProcessError) {
      if (await world.rates.stranger(exchange)) answerStranger(exchange, found);
      return false;
    }
    exchange.actor = found;
    return world.rates.actor(exchange);
  };
}

/** Who asks, or why nobody is let in. */
export async function authenticated({ req, world }: Exchange): Promise<Actor | ProcessError> {
  const secret = bearerSecret(req);
  if (secret === null) {
    return new ProcessError('unauthenticated', {
      zh: '请在请求头中给出密钥：Authorization: Bearer <密钥>。首次启动时 phasegate serve 会打印一个。',
      en: 'Give a key in the header: Authorization: Bearer <key>. `phasegate serve` prints one at its first start.',
    });
  }
  try {
    const actor = await world.service.authenticate(secret, onBehalfOf(req));
    if (actor !== null) return inSandbox(req) ? { ...actor, tenant: sandboxOf(actor.tenant) } : actor;
  } catch (error) {
    if (error instanceof ProcessError) return error;
    throw error;
  }
  return new ProcessError('unauthenticated', {
    zh: '该密钥无效或已被吊销。请用 phasegate keys 新建一个。',
    en: 'This key is not valid, or was revoked. Make a new one with `phasegate keys`.',
  });
}

/** With what is wrong with a key or token in the challenge too (RFC 6750, 3), for clients that read no body. */
function answerStranger(exchange: Exchange, error: ProcessError): void {
  if (error.code !== 'unauthenticated') {
    answerProblem(exchange, error);
    return;
  }
  const why = error.detail.en.replaceAll(/[^\x20-\x7e]/g, '?').replaceAll(/["\\]/g, "'");
  const given = bearerSecret(exchange.req) !== null;
  const invalid = given ? `, error="invalid_token", error_description="${why}"` : '';
  answerProblem(exchange, error, ['WWW-Authenticate', `Bearer realm="phasegate"${invalid}`]);
}
