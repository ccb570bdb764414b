import type { JWTVerifyGetKey } from 'jose';
import type { Clock } from '../clock.ts';
import { ProcessError } from '../errors.ts';
import { type KeySource, readKeySet } from './key-set.ts';

/** For so long keys are used without asking again. */
const FRESH_MS = 10 * 60_000;
/** For so long keys that could not be read anew are used on; then nobody knows whether they still hold. */
const STALE_MS = 24 * 60 * 60_000;
/** The provider is not asked more often than this, whatever tokens come in; at first, while there are no keys, sooner. */
const PAUSE_MS = 60_000;
const FIRST_PAUSE_MS = 5_000;

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 256 * 1024;

/** The keys at an address, read when they are needed and kept. */
export function remoteKeys(url: string, clock: Clock): KeySource {
  let keys: JWTVerifyGetKey | null = null;
  let readAt = -Infinity;
  let triedAt = -Infinity;
  let reading: Promise<void> | null = null;
  const since = (at: number) => Date.parse(clock.now()) - at;

  /** Reads them unless they were asked for a moment ago; whoever comes meanwhile waits for the same answer. */
  async function read(): Promise<boolean> {
    if (reading === null) {
      if (since(triedAt) < (keys === null ? FIRST_PAUSE_MS : PAUSE_MS)) return false;
      triedAt = Date.parse(clock.now());
      reading = fetchText(url)
        .then((text) => {
          const found = text === null ? null : readKeySet(text);
          if (found === null) return;
          keys = found;
          readAt = triedAt;
        })
        .finally(() => {
          reading = null;
        });
    }
    await reading;
    return true;
  }

  return {
    async current() {
      if (since(readAt) >= FRESH_MS) await read();
      if (keys !== null && since(readAt) < STALE_MS) return keys;
      throw new ProcessError('unavailable', {
        zh: `无法从 ${url} 读取令牌签发方的公钥；请检查 PHASEGATE_JWT_JWKS 与网络，稍后重试`,
        en: `the public keys of the tokens' issuer cannot be read from ${url}; check PHASEGATE_JWT_JWKS and the network, then try again`,
      });
    },
    async fresher() {
      return (await read()) ? keys : null;
    },
  };
}

/** A small text, or null for whatever went wrong on the way to it. */
async function fetchText(url: string): Promise<string | null> {
  try {
    const response = await fetch(url, {
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { accept: 'application/jwk-set+json, application/json' },
    });
    if (!response.ok || response.body === null) return null;
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body) {
      size += chunk.length;
      if (size > MAX_BYTES) return null;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  } catch {
    return null;
  }
}
