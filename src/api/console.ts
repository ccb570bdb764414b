import { gzipSync } from 'node:zlib';
import { sha256 } from '../json.ts';
import { answer } from './answer.ts';
import type { Exchange } from './exchange.ts';
import { noneMatch } from './headers.ts';
import { securityHeaders } from './security-headers.ts';

/** The files of the web console by their paths (`/assets/main-….js`), as it was built; empty: it was not. */
export type ConsoleFiles = ReadonlyMap<string, Buffer>;

/** First parts of the paths that are views of the console: each is the same page, whose script shows the view. */
const VIEWS: ReadonlySet<string> = new Set(['', 'sign-in', 'board', 'deals', 'work', 'processes', 'numbers', 'audit']);

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};

/** Nothing is loaded from elsewhere, nothing runs that is not a file of ours, nobody shows it in a frame. */
const safety = securityHeaders({
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
});

/** Answers what is the console's, with or without a key, since it shows nothing by itself; false: it is not. */
export type AnswerConsole = (exchange: Exchange) => boolean;

export function createConsole(files: ConsoleFiles): AnswerConsole {
  const known = new Map([...files].map(([path, body]) => [path, { body, packed: gzipSync(body), etag: etagOf(body) }]));
  return (exchange) => {
    const { req, path } = exchange;
    if (req.method !== 'GET' && req.method !== 'HEAD') return false;
    const [, view = ''] = path.split('/');
    const name = VIEWS.has(view) ? '/index.html' : path;
    const file = known.get(name);
    if (file === undefined) return false;
    const headers = ['ETag', file.etag, 'Vary', 'Accept-Encoding', 'Cache-Control', cachingOf(name)];
    if (noneMatch(req, file.etag)) {
      answer(exchange, 304, '', headers, null, safety);
      return true;
    }
    const isPacked = /\bgzip\b/.test(req.headers['accept-encoding'] ?? '');
    headers.push('Content-Type', TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream');
    if (isPacked) headers.push('Content-Encoding', 'gzip');
    answer(exchange, 200, isPacked ? file.packed : file.body, headers, null, safety);
    return true;
  };
}

function etagOf(body: Buffer): string {
  return `"${sha256(body.toString('latin1')).slice(0, 32)}"`;
}

/** What is built has its content in its name. */
function cachingOf(name: string): string {
  return name.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
}
