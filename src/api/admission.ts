import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ProcessError } from '../errors.ts';
import { answerProblem } from './answer.ts';
import type { Actor, Exchange, Surroundings } from './exchange.ts';
import { bearerSecret } from './headers.ts';

/** Lets a request in, or answers it: `401` without a valid key, `429` above the actor's (or the stranger's) rate. */
export type Admit = (exchange: Exchange) => Promise<boolean>;

export function createAdmission(world: Surroundings): Admit {
  const { requestsPerSecond, strangersPerSecond } = world.limits;
  const actors = new RateLimiterMemory({ points: requestsPerSecond, duration: 1 });
  const strangers = new RateLimiterMemory({ points: strangersPerSecond, duration: 1 });

  return async (exchange) => {
    const secret = bearerSecret(exchange.req);
    const actor: Actor | null = secret === null ? null : await world.service.authenticate(secret);
    if (actor === null) {
      const retryAfter = await consume(strangers, exchange.req.socket.remoteAddress ?? '');
      if (retryAfter !== null) answerTooMany(exchange, strangersPerSecond, retryAfter);
      else answerStranger(exchange, secret !== null);
      return false;
    }
    exchange.actor = actor;
    const retryAfter = await consume(actors, actor.id);
    if (retryAfter !== null) answerTooMany(exchange, requestsPerSecond, retryAfter);
    return retryAfter === null;
  };
}

/** Seconds to wait, or null when there is room. */
async function consume(limiter: RateLimiterMemory, key: string): Promise<number | null> {
  try {
    await limiter.consume(key);
    return null;
  } catch (thrown) {
    if (thrown instanceof RateLimiterRes) return Math.max(1, Math.ceil(thrown.msBeforeNext / 1000));
    throw thrown;
  }
}

function answerTooMany(exchange: Exchange, perSecond: number, retryAfter: number): void {
  const error = new ProcessError('too-many-requests', {
    zh: `每秒最多 ${perSecond} 个请求。请在 ${retryAfter} 秒后重试。`,
    en: `At most ${perSecond} requests per second are taken. Try again in ${retryAfter} s.`,
  });
  answerProblem(exchange, error, ['Retry-After', String(retryAfter)]);
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
