import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a service is asked for, and until when it may answer. */
export interface CallbackClaim {
  /** Id of the subscription whose secret signs it. */
  readonly subscription: string;
  readonly instance: string;
  readonly activity: string;
  readonly round: number;
  readonly attempt: number;
  /** ISO 8601 UTC. */
  readonly until: string;
}

/** Characters of a token; a longer one is none of ours. */
const MOST = 600;

/** A claim and its signature, in characters that may stand in a path. */
export function writeToken(secret: string, claim: CallbackClaim): string {
  const { subscription, instance, activity, round, attempt, until } = claim;
  const text = JSON.stringify([subscription, instance, activity, round, attempt, until]);
  const payload = Buffer.from(text).toString('base64url');
  return `${payload}.${signed(secret, payload)}`;
}

/** What a token claims, whoever signed it; null: it is no token. */
export function readToken(token: string): CallbackClaim | null {
  const payload = /^([\w-]+)\.[\w-]{43}$/.exec(token)?.[1];
  if (payload === undefined || token.length > MOST) return null;
  try {
    const read: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    if (!Array.isArray(read) || read.length !== 6) return null;
    const [subscription, instance, activity, round, attempt, until]: readonly unknown[] = read;
    const texts = [subscription, instance, activity, until];
    if (!texts.every((text) => typeof text === 'string') || !Number.isInteger(round) || !Number.isInteger(attempt))
      return null;
    const [named, of, what, end] = texts.map(String);
    return {
      subscription: named ?? '',
      instance: of ?? '',
      activity: what ?? '',
      round: Number(round),
      attempt: Number(attempt),
      until: end ?? '',
    };
  } catch {
    return null;
  }
}

/** Whether this secret signed it. */
export function isSignedBy(secret: string, token: string): boolean {
  const [payload = '', signature = ''] = token.split('.');
  const [ours, theirs] = [Buffer.from(signed(secret, payload)), Buffer.from(signature)];
  return ours.length === theirs.length && timingSafeEqual(ours, theirs);
}

function signed(secret: string, payload: string): string {
  return createHmac('sha256', secret).update(`callback ${payload}`).digest('base64url');
}
