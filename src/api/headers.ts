import type { IncomingMessage } from 'node:http';
import { ProcessError } from '../errors.ts';
import { canonicalJson, sha256 } from '../json.ts';
import type { WriteRequest } from '../service/types.ts';
import type { Exchange } from './exchange.ts';

/** Most characters of an `Authorization` header; keys are short, tokens are not. */
const MAX_AUTHORIZATION = 8192;

/** The secret or token of `Authorization: Bearer …`, or null. */
export function bearerSecret(req: IncomingMessage): string | null {
  const header = req.headers.authorization;
  if (header === undefined || header.length > MAX_AUTHORIZATION) return null;
  return /^Bearer +([\x21-\x7e]+) *$/i.exec(header)?.[1] ?? null;
}

/** The actor that `On-Behalf-Of` names, percent-encoded UTF-8; null when it is absent, empty when it cannot be read. */
export function onBehalfOf(req: IncomingMessage): string | null {
  const header = req.headers['on-behalf-of'];
  if (header === undefined) return null;
  try {
    return typeof header === 'string' && /^[\x20-\x7e]{1,1000}$/.test(header) ? decodeURIComponent(header) : '';
  } catch {
    return '';
  }
}

/** Whether the request is made in the sandbox: `Sandbox: true`. Throws `malformed-request`. */
export function inSandbox(req: IncomingMessage): boolean {
  const header = req.headers.sandbox;
  if (header === undefined) return false;
  if (header === 'true') return true;
  throw new ProcessError('malformed-request', {
    zh: `Sandbox 应为 true，不在沙盒中则不要给出；收到的是 ${String(header).slice(0, 100)}。`,
    en: `Sandbox must be true; leave it out for everything outside the sandbox. Found ${String(header).slice(0, 100)}.`,
  });
}

/** `"7"` → 7; absent or `*` → null (any revision). Throws `malformed-request`. */
export function ifMatch(req: IncomingMessage): number | null {
  const header = req.headers['if-match'];
  if (header === undefined || header === '*') return null;
  const digits = /^"(0|[1-9]\d{0,14})"$/.exec(header)?.[1];
  if (digits !== undefined) return Number(digits);
  throw new ProcessError('malformed-request', {
    zh: `If-Match 应为一个带双引号的修订号，例如 "7"（即上次回答中的 ETag），收到的是 ${header}。`,
    en: `If-Match must be one revision in double quotes, e.g. "7" (the ETag of the last answer); found ${header}.`,
  });
}

/** Whether `If-None-Match` names this ETag (weak comparison, RFC 9110, 13.1.2). */
export function noneMatch(req: IncomingMessage, etag: string): boolean {
  const header = req.headers['if-none-match'];
  if (header === undefined) return false;
  return header.trim() === '*' || header.split(',').some((part) => part.trim().replace(/^W\//, '') === etag);
}

export const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,200}$/;

/** `Idempotency-Key`, 1–200 visible ASCII characters; null when absent. Throws `malformed-request`. */
export function idempotencyKey(req: IncomingMessage): string | null {
  const header = req.headers['idempotency-key'];
  if (header === undefined) return null;
  if (typeof header === 'string' && IDEMPOTENCY_KEY.test(header)) return header;
  throw new ProcessError('malformed-request', {
    zh: 'Idempotency-Key 应为 1–200 个可见的 ASCII 字符，例如一个 UUID。',
    en: 'Idempotency-Key must be 1–200 visible ASCII characters, for instance a UUID.',
  });
}

/** What every write hands to the service beside its body. */
export function writeRequest(exchange: Exchange, body: Readonly<Record<string, unknown>>): WriteRequest {
  const { req } = exchange;
  const key = idempotencyKey(req);
  return {
    actor: exchange.actor,
    requestId: exchange.requestId,
    ifMatch: ifMatch(req),
    idempotency: key === null ? null : { key, requestHash: requestHash(req.method ?? '', exchange.path, body) },
  };
}

/** What one request is known by: the same members in another order, or with other blanks, are the same request. */
export function requestHash(method: string, path: string, body: Readonly<Record<string, unknown>>): string {
  return sha256(`${method} ${path}\n${canonicalJson(body)}`);
}

/** Refuses a body whose media type is none of these, or whose charset is not UTF-8. */
export function requireMediaType(req: IncomingMessage, accepted: readonly string[]): void {
  const header = req.headers['content-type'] ?? '';
  if (accepted.includes(header)) return;
  const [type = '', ...parameters] = header.split(';').map((part) => part.trim().toLowerCase());
  const charset = parameters.find((p) => p.startsWith('charset='))?.replace(/^charset="?([^"]*)"?$/, '$1');
  if (accepted.includes(type) && (charset === undefined || charset === 'utf-8' || charset === 'utf8')) return;
  const found = header === '' ? null : header;
  throw new ProcessError('unsupported-media-type', {
    zh: `应为 Content-Type: ${accepted[0]}（UTF-8），${found === null ? '但没有给出' : `收到的是 ${found}`}。`,
    en: `Content-Type must be ${accepted[0]} (UTF-8); ${found === null ? 'there was none' : `found ${found}`}.`,
  });
}

/** The first of `offered` that `Accept` takes, by its weights; `offered[0]` when it takes none of them. */
export function preferredType(req: IncomingMessage, offered: readonly [string, ...string[]]): string {
  const header = req.headers.accept;
  if (header === undefined || header.length > 1000) return offered[0];
  const ranges = header.split(',').map((part) => {
    const [range = '', ...parameters] = part.split(';').map((p) => p.trim().toLowerCase());
    const quality = parameters.find((p) => p.startsWith('q='))?.slice(2);
    return { range, quality: quality === undefined ? 1 : Number(quality) || 0 };
  });
  let best: string = offered[0];
  let bestQuality = 0;
  for (const type of offered) {
    const quality =
      ranges.find((r) => r.range === type)?.quality ??
      ranges.find((r) => r.range === `${type.split('/')[0]}/*`)?.quality ??
      ranges.find((r) => r.range === '*/*')?.quality ??
      0;
    if (quality > bestQuality) {
      best = type;
      bestQuality = quality;
    }
  }
  return best;
}
