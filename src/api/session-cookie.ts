import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';

const NAME = 'phasegate_session';

/** What browsers keep of one cookie, its name and attributes counted: RFC 6265, 6.1. */
const MOST_BYTES = 4096;
/** Most characters of a `Cookie` header; other servers on the same host put theirs into it too. */
const MOST_COOKIES = 16_384;

/** A secret as `encodeURIComponent` writes it, so that no key has to be free of commas and semicolons. */
const ENCODED = /^(?:[A-Za-z0-9._~!*'()-]|%[0-9A-F]{2}){1,4096}$/;

/** The secret in the session cookie; null when there is no such cookie, empty when it cannot be read or is there twice. */
export function sessionSecret({ headers: { cookie } }: IncomingMessage): string | null {
  if (cookie === undefined) return null;
  if (cookie.length > MOST_COOKIES) return '';
  const values = cookie
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${NAME}=`))
    .map((pair) => pair.slice(NAME.length + 1));
  const [value] = values;
  if (value === undefined) return null;
  return values.length === 1 ? decoded(value) : '';
}

function decoded(value: string): string {
  if (!ENCODED.test(value)) return '';
  try {
    return decodeURIComponent(value);
  } catch {
    return '';
  }
}

/** `Set-Cookie` that keeps a secret for so many seconds; null: browsers would not keep one as long as this. */
export function keepSession(req: IncomingMessage, secret: string, seconds: number): string | null {
  const line = cookieLine(req, encodeURIComponent(secret), seconds);
  return line.length > MOST_BYTES ? null : line;
}

/** `Set-Cookie` that ends the session. */
export function endSession(req: IncomingMessage): string {
  return cookieLine(req, '', 0);
}

/** No script reads it, and no other site has it sent along. */
function cookieLine(req: IncomingMessage, value: string, seconds: number): string {
  const secure = isOverTls(req) ? '; Secure' : '';
  return `${NAME}=${value}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${seconds}${secure}`;
}

/**
 * `Secure` keeps a browser from ever sending the cookie in the clear; without TLS it would keep it from being set at all. A
 * proxy that ends TLS says so. Anybody can send that header, and gets nothing by it but a cookie that goes over TLS alone.
 */
function isOverTls({ socket, headers }: IncomingMessage): boolean {
  if (socket instanceof TLSSocket) return true;
  const [first = ''] = String(headers['x-forwarded-proto'] ?? '').split(',');
  return first.trim().toLowerCase() === 'https';
}
