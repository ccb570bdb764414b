/** A key of one click (`Idempotency-Key`). `crypto.randomUUID` is not there without TLS, which a network of its own may do without. */
export function onceKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
