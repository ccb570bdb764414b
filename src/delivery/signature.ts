import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';

/** A secret of 256 bits as Standard Webhooks writes it. */
export function newSecret(): string {
  return PREFIX + randomBytes(32).toString('base64');
}

/** The header `webhook-signature` (Standard Webhooks 1.0.0, symmetric): one `v1` signature for each secret that holds. */
export function signatureOf(secrets: readonly string[], id: string, seconds: number, body: string): string {
  const signed = `${id}.${seconds}.${body}`;
  return secrets.map((secret) => `v1,${createHmac('sha256', keyOf(secret)).update(signed).digest('base64')}`).join(' ');
}

function keyOf(secret: string): Buffer {
  return Buffer.from(secret.slice(PREFIX.length), 'base64');
}
