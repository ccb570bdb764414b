import type { IncomingMessage } from 'node:http';
import { bearerSecret } from './headers.ts';
import { sessionSecret } from './session-cookie.ts';

/** What a request shows of who asks. */
export interface Credential {
  readonly from: 'header' | 'cookie';
  /** Of a key, or a token; null: what came is none. */
  readonly secret: string | null;
}

/** `Authorization`, whatever is in it, or else the session cookie; null: neither came. */
export function credentialOf(req: IncomingMessage): Credential | null {
  if (req.headers.authorization !== undefined) return { from: 'header', secret: bearerSecret(req) };
  const secret = sessionSecret(req);
  return secret === null ? null : { from: 'cookie', secret: secret === '' ? null : secret };
}
