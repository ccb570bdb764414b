import { ProcessError } from '../errors.ts';
import { answerThrown, Gone, internalError, problemOf } from './answer.ts';
import { closeExchange, type Exchange } from './exchange.ts';
import { preferredLanguage } from './language.ts';
import { securityHeaders } from './security-headers.ts';

/** Media type of an answer that is told as it comes about: one JSON object a line. */
export const LINES = 'application/jsonl';

/** Milliseconds between two lines that say how things are now. */
const PAUSE_MS = 100;

/** An answer in lines. Before the first, what goes wrong is answered as everywhere; after it, it is the last line. */
export interface LineWriter {
  /** How things are now; left out where the last such line is young. */
  now(value: object): void;
  end(value: object): void;
  /** Ends it with `{problem}`. */
  fail(thrown: unknown): void;
}

export function createLineWriter(exchange: Exchange): LineWriter {
  const { res, req, requestId, world } = exchange;
  let last = Number.NEGATIVE_INFINITY;

  function open(): void {
    if (res.headersSent) return;
    const type = ['Content-Type', `${LINES}; charset=utf-8`, 'Cache-Control', 'no-store', 'Vary', 'Accept'];
    // Nothing in between is to keep lines until there are more.
    const all = [...securityHeaders(), 'X-Request-Id', requestId, ...type, 'X-Accel-Buffering', 'no'];
    res.writeHead(200, world.stopping ? [...all, 'Connection', 'close'] : all);
  }

  function finish(value: object, code: string | null): void {
    if (!res.destroyed) {
      open();
      res.end(`${JSON.stringify(value)}\n`);
    }
    closeExchange(exchange, 200, code);
  }

  return {
    now(value) {
      const at = performance.now();
      if (res.destroyed || at - last < PAUSE_MS) return;
      last = at;
      open();
      res.write(`${JSON.stringify(value)}\n`);
    },
    end: (value) => finish(value, null),
    fail(thrown) {
      if (!res.headersSent || thrown instanceof Gone) {
        answerThrown(exchange, thrown);
        return;
      }
      const error = thrown instanceof ProcessError ? thrown : internalError(exchange, thrown);
      const language = preferredLanguage(req.headers['accept-language']);
      finish({ problem: problemOf(exchange, error, language, exchange.path) }, error.code);
    },
  };
}
