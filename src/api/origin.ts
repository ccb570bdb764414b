import type { IncomingMessage } from 'node:http';
import { ProcessError } from '../errors.ts';

/** Whose page a request was made by: this server's, another's; or by what says nothing of it, as programs do. */
export type Origin = 'own' | 'other' | 'unsaid';

/**
 * By `Sec-Fetch-Site`, which no page can set. Browsers send it over TLS and to their own machine only; elsewhere, and where
 * they are older, they name the page's `Origin` with everything but GET and HEAD.
 */
export function originOf({ headers }: IncomingMessage): Origin {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' ? 'own' : 'other';
  const { origin, host } = headers;
  if (origin === undefined) return 'unsaid';
  const [, its] = /^https?:\/\/([^/\s]+)$/i.exec(origin) ?? [];
  return its !== undefined && its.toLowerCase() === host?.toLowerCase() ? 'own' : 'other';
}

/** `cross-site`: another page would act with the session of whoever looks at it. */
export function crossSite(): ProcessError {
  return new ProcessError('cross-site', {
    zh: '该请求不是由本服务的页面发出的（见 Sec-Fetch-Site 与 Origin）。请在控制台中操作；程序请用 Authorization: Bearer <密钥>，不要用会话 Cookie。',
    en: 'This request was not made by a page of this server (see Sec-Fetch-Site and Origin). Use the console; a program sends Authorization: Bearer <key> in place of the session cookie.',
  });
}
