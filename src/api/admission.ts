import { ProcessError } from '../errors.ts';
import { answerProblem } from './answer.ts';
import type { Actor, Exchange, Surroundings } from './exchange.ts';
import { bearerSecret } from './headers.ts';

/** Lets a request in, or answers it: `401` without a valid key, `429` above the actor's (or the stranger's) rate. */
export type Admit = (exchange: Exchange) => Promise<boolean>;

export function createAdmission(world: Surroundings): Admit {
  return async (exchange) => {
    const secret = bearerSecret(exchange.req);
    const actor: Actor | null = secret === null ? null : await world.service.authenticate(secret);
    if (actor === null) {
      if (await world.rates.stranger(exchange)) answerStranger(exchange, secret !== null);
      return false;
    }
    exchange.actor = actor;
    return world.rates.actor(exchange);
  };
}

function answerStranger(exchange: Exchange, given: boolean): void {
  const error = new ProcessError(
    'unauthenticated',
    given
      ? {
          zh: '该密钥无效或已被吊销。请用 phasegate keys 新建一个。',
          en: 'This key is not valid, or was revoked. Make a new one with `phasegate keys`.',
        }
      : {
          zh: '请在请求头中给出密钥：Authorization: Bearer <密钥>。首次启动时 phasegate serve 会打印一个。',
          en: 'Give a key in the header: Authorization: Bearer <key>. `phasegate serve` prints one at its first start.',
        },
  );
  const challenge = given ? 'Bearer realm="phasegate", error="invalid_token"' : 'Bearer realm="phasegate"';
  answerProblem(exchange, error, ['WWW-Authenticate', challenge]);
}
