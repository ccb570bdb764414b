import { createLocalJWKSet, type JWK, type JWTVerifyGetKey } from 'jose';

/** Where the public keys come from. */
export interface KeySource {
  /** The keys to look in. Throws `unavailable` when there are none to be had. */
  current(): Promise<JWTVerifyGetKey>;
  /** The keys read anew, for a token whose key is not among them; null: they were read a moment ago. */
  fresher(): Promise<JWTVerifyGetKey | null>;
}

/** Most keys of one set. */
const MAX_KEYS = 100;

/** The text of a JSON Web Key Set (RFC 7517) as something to look keys up in; null when it is none that holds a public key. */
export function readKeySet(text: string): JWTVerifyGetKey | null {
  const keys = publicKeys(text);
  return keys === null || keys.length === 0 ? null : createLocalJWKSet({ keys });
}

/** Shared secrets and private keys have no place in such a set: they are passed over. */
function publicKeys(text: string): JWK[] | null {
  try {
    const { keys }: { readonly keys?: unknown } = Object(JSON.parse(text));
    return Array.isArray(keys) && keys.length <= MAX_KEYS ? keys.filter(isPublicKey) : null;
  } catch {
    return null;
  }
}

function isPublicKey(key: unknown): key is JWK {
  if (typeof key !== 'object' || key === null || !('kty' in key)) return false;
  return ['RSA', 'EC', 'OKP'].includes(String(key.kty)) && !('d' in key) && !('k' in key);
}

/** Keys that never change while the server runs. Null when the text is no set of public keys. */
export function fixedKeys(text: string): KeySource | null {
  const keys = readKeySet(text);
  return keys === null ? null : { current: async () => keys, fresher: async () => null };
}
