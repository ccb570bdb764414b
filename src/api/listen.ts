import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ProcessError } from '../errors.ts';
import { answerProblem } from './answer.ts';
import type { Api } from './app.ts';
import type { Exchange } from './exchange.ts';

export interface Listening {
  /** `http://127.0.0.1:8080`, with the port that was really taken. */
  readonly url: string;
  /**
   * Takes no new connection, answers what is in flight, closes idle connections; whatever is left after `timeoutMs`
   * (10 s) is cut. Resolves when the port is free.
   */
  close(timeoutMs?: number): Promise<void>;
}

/** Serves an API on an address; port 0 takes any free one. Rejects when the address cannot be taken. */
export function listen(api: Api, host: string, port: number): Promise<Listening> {
  const { handle, world } = api;
  const { limits } = world;
  const tick = Math.max(20, Math.min(1_000, limits.requestTimeoutMs / 4, limits.longRequestTimeoutMs / 4));
  const server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersTimeoutMs,
      // The last resort: `answerLate` below comes first, and says why.
      requestTimeout: limits.headersTimeoutMs + limits.requestTimeoutMs,
      keepAliveTimeout: limits.keepAliveTimeoutMs,
      connectionsCheckingInterval: tick,
    },
    handle,
  );
  const sweep = setInterval(() => {
    const now = performance.now();
    for (const exchange of world.open) if (exchange.startedAt + patience(exchange) < now) answerLate(exchange);
  }, tick).unref();

  const close = (timeoutMs = 10_000): Promise<void> =>
    new Promise((resolve) => {
      world.stopping = true;
      for (const stream of world.streams) stream.end();
      const idle = setInterval(() => server.closeIdleConnections(), 50);
      const cut = setTimeout(() => server.closeAllConnections(), timeoutMs);
      server.close(() => {
        clearInterval(idle);
        clearInterval(sweep);
        clearTimeout(cut);
        resolve();
      });
    });

  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve({ url: urlOf(server.address(), host), close });
    });
  });
}

/** Milliseconds for it to arrive and be answered. */
function patience({ isLong, req, world: { limits } }: Exchange): number {
  return isLong && req.complete ? limits.longRequestTimeoutMs : limits.requestTimeoutMs;
}

/** A request that took too long: either its body never came, or the decision did not. */
function answerLate(exchange: Exchange): void {
  const seconds = patience(exchange) / 1000;
  const error = exchange.req.complete
    ? new ProcessError('unavailable', {
        zh: `处理超过 ${seconds} 秒，结果未知。请用同一个 Idempotency-Key 重试。`,
        en: `No answer within ${seconds} s; whether it took effect is not known. Try again with the same Idempotency-Key.`,
      })
    : new ProcessError('malformed-request', {
        zh: `请求体在 ${seconds} 秒内没有传完。`,
        en: `The body did not arrive within ${seconds} s.`,
      });
  answerProblem(exchange, error, ['Connection', 'close']);
}

function urlOf(address: AddressInfo | string | null, host: string): string {
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
}
