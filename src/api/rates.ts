import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ProcessError } from '../errors.ts';
import { holderOf } from '../names.ts';
import { answerProblem } from './answer.ts';
import type { Exchange } from './exchange.ts';
import type { ApiLimits } from './limits.ts';

/** How often somebody may ask. Each answers `429` and false when that is above the rate. */
export interface Rates {
  /** Counts a request of the exchange's actor. */
  actor(exchange: Exchange): Promise<boolean>;
  /** Counts what a request that was counted weighs beyond one; never more than what may come in a second. */
  weight(exchange: Exchange, requests: number): Promise<boolean>;
  /** Counts a request without a valid key or token, by its network address. */
  stranger(exchange: Exchange): Promise<boolean>;
}

export function createRates({ requestsPerSecond, strangersPerSecond }: ApiLimits): Rates {
  const actors = new RateLimiterMemory({ points: requestsPerSecond, duration: 1 });
  const strangers = new RateLimiterMemory({ points: strangersPerSecond, duration: 1 });
  async function count(limiter: RateLimiterMemory, exchange: Exchange, key: string, points: number): Promise<boolean> {
    const retryAfter = await consume(limiter, key, points);
    if (retryAfter !== null) answerTooMany(exchange, limiter.points, retryAfter);
    return retryAfter === null;
  }
  return {
    actor: (exchange) => count(actors, exchange, nameOf(exchange), 1),
    weight(exchange, requests) {
      const more = Math.min(requests, requestsPerSecond) - 1;
      return more <= 0 ? Promise.resolve(true) : count(actors, exchange, nameOf(exchange), more);
    },
    stranger: (exchange) => count(strangers, exchange, exchange.req.socket.remoteAddress ?? '', 1),
  };
}

/** Whose rate it is: of whoever's key or token it is, for whomever they act, in a sandbox or not. */
export function nameOf({ actor: { tenant, via, id } }: Pick<Exchange, 'actor'>): string {
  return JSON.stringify([holderOf(tenant), via ?? id]);
}

/** Seconds to wait, or null when there is room. */
async function consume(limiter: RateLimiterMemory, key: string, points: number): Promise<number | null> {
  try {
    await limiter.consume(key, points);
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
