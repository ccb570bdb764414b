import { errorCodes, ProcessError } from '../errors.ts';
import type { Language } from '../text.ts';
import { closeExchange, type Exchange, loggedPath } from './exchange.ts';
import { preferredLanguage } from './language.ts';
import { securityHeaders } from './security-headers.ts';

const security = securityHeaders();
const NO_HEADERS: readonly string[] = [];
const NO_STORE = ['Cache-Control', 'no-store'] as const;

/**
 * Writes the whole answer at once: `headers` is a flat list of names and values. Does nothing when the exchange was
 * answered before (a request that took too long) or the caller has gone.
 */
export function answer(
  exchange: Exchange,
  status: number,
  body: string | Buffer,
  headers: readonly string[],
  code: string | null = null,
  safety: readonly string[] = security,
): void {
  const { req, res } = exchange;
  if (!res.headersSent && !res.destroyed) {
    const all = [...safety, 'X-Request-Id', exchange.requestId, ...headers];
    if (status !== 304) all.push('Content-Length', String(Buffer.byteLength(body)));
    // A body that is too large is not waited for.
    if (exchange.world.stopping || (code === 'too-large' && !req.complete)) all.push('Connection', 'close');
    res.writeHead(status, all);
    res.end(body);
  }
  closeExchange(exchange, status, code);
}

export function answerJson(
  exchange: Exchange,
  status: number,
  value: unknown,
  headers: readonly string[] = NO_HEADERS,
): void {
  answer(exchange, status, JSON.stringify(value), [
    'Content-Type',
    'application/json; charset=utf-8',
    ...(headers.includes('Cache-Control') ? NO_HEADERS : NO_STORE),
    ...headers,
  ]);
}

/** RFC 9457. `title` and `detail` are in the caller's language; every other text stays `{zh, en}`. */
export function answerProblem(exchange: Exchange, error: ProcessError, headers: readonly string[] = NO_HEADERS): void {
  const language = preferredLanguage(exchange.req.headers['accept-language']);
  const problem = problemOf(exchange, error, language, exchange.path);
  const all = [
    'Content-Type',
    'application/problem+json; charset=utf-8',
    'Content-Language',
    language,
    'Vary',
    'Accept-Language',
    ...NO_STORE,
    ...headers,
  ];
  answer(exchange, problem.status, JSON.stringify(problem), all, error.code);
}

/** The problem document of an error; `occurrence` is a URI reference to where it came about. */
export function problemOf(exchange: Exchange, error: ProcessError, language: Language, occurrence: string) {
  const { status, title } = errorCodes[error.code];
  const own = {
    type: `/docs#${error.code}`,
    title: title[language],
    status,
    detail: error.detail[language],
    instance: occurrence,
    code: error.code,
    requestId: exchange.requestId,
  };
  return { ...own, ...error.extra, ...own };
}

/** What was thrown, answered: a `ProcessError` as it is, anything else as `internal` with the cause in the log only. */
export function answerThrown(exchange: Exchange, thrown: unknown): void {
  if (thrown instanceof Gone) {
    closeExchange(exchange, 499, 'gone');
    return;
  }
  if (thrown instanceof ProcessError) {
    answerProblem(exchange, thrown);
    return;
  }
  answerProblem(exchange, internalError(exchange, thrown));
}

/** A bug of ours, or a database that failed: the cause goes to the log only. */
export function internalError(exchange: Exchange, thrown: unknown): ProcessError {
  exchange.world.log.error({ requestId: exchange.requestId, path: loggedPath(exchange), err: thrown }, 'failed');
  return new ProcessError('internal', {
    zh: `服务器内部出错，本次请求未完成。请将请求编号 ${exchange.requestId} 告知管理员。`,
    en: `Something failed on our side and the request was not completed. Tell an administrator the request id ${exchange.requestId}.`,
  });
}

/** The caller closed the connection before the request was complete: there is nobody to answer. */
export class Gone extends Error {}
