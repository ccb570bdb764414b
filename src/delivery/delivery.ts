import { Pool } from 'undici';
import type { Text } from '../text.ts';
import { type AllowList, allowList } from './allow-list.ts';
import { guardedLookup, type Resolve, systemResolve } from './lookup.ts';
import { wrongAddress } from './webhook-address.ts';

/** What a receiver answered, or why there was no answer: a code, never anything that the receiver wrote. */
export type Answer =
  | { readonly status: number; readonly retryAfter: string | null }
  | { readonly status: null; readonly why: string };

/** A way to one receiver, with at most `sockets` connections. */
export interface Line {
  post(headers: Readonly<Record<string, string>>, body: string): Promise<Answer>;
  /** Gives up what is under way. */
  close(): Promise<void>;
}

export interface Delivery {
  /** Connections of one line. */
  readonly sockets: number;
  /** Why nothing may be delivered there; null: it may. */
  wrongAddress(url: string): Text | null;
  open(url: string): Line;
}

export interface DeliveryOptions {
  readonly allow: AllowList;
  readonly resolve: Resolve;
  /** Connections to one receiver at a time. */
  readonly sockets: number;
  /** Milliseconds to connect, and for a whole delivery from its first byte to the last of the answer. */
  readonly connectMs: number;
  readonly totalMs: number;
  /** Bytes of an answer that are read (and thrown away), so that the connection can be used again. */
  readonly answerBytes: number;
}

const nobody: AllowList = { hasHost: () => false, hasAddress: () => false };

export const deliveryDefaults: DeliveryOptions = {
  allow: allowList([]) ?? nobody,
  resolve: systemResolve,
  sockets: 8,
  connectMs: 5_000,
  totalMs: 10_000,
  answerBytes: 65_536,
};

/** Delivers over HTTP to addresses that are checked where they are given and once more where they are connected to. */
export function createDelivery(options: Partial<DeliveryOptions> = {}): Delivery {
  const settings = { ...deliveryDefaults, ...options };
  const { allow } = settings;
  return {
    sockets: settings.sockets,
    wrongAddress: (url) => wrongAddress(url, allow),
    // An address that is a number is never looked up, and the list may be another than it was: asked again here.
    open: (url) => (wrongAddress(url, allow) === null ? openLine(url, settings) : refusedLine),
  };
}

const refusedLine: Line = {
  post: async () => ({ status: null, why: 'ADDRESS_REFUSED' }),
  close: async () => {},
};

function openLine(address: string, options: DeliveryOptions): Line {
  const { allow, resolve, sockets, connectMs, totalMs, answerBytes } = options;
  const { origin, pathname, search } = new URL(address);
  const pool = new Pool(origin, {
    connections: sockets,
    connect: { lookup: guardedLookup(resolve, allow), timeout: connectMs },
    headersTimeout: totalMs,
    bodyTimeout: totalMs,
    maxHeaderSize: 16_384,
  });

  return {
    async post(headers, body) {
      const signal = AbortSignal.timeout(totalMs);
      try {
        // Redirects are answers like any other: undici follows none by itself.
        const response = await pool.request({ method: 'POST', path: pathname + search, headers, body, signal });
        // What is answered is in the status; a body that never ends takes no more than its time and bound.
        await response.body.dump({ limit: answerBytes, signal }).catch(() => {});
        const retryAfter = response.headers['retry-after'];
        return { status: response.statusCode, retryAfter: typeof retryAfter === 'string' ? retryAfter : null };
      } catch (error) {
        return { status: null, why: signal.aborted ? 'TIMEOUT' : codeOf(error) };
      }
    },
    close: () => pool.destroy(),
  };
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^[A-Z][A-Z0-9_]{1,63}$/.test(code) ? code : 'FAILED';
}
