import { hash } from 'node:crypto';
import { v7 } from 'uuid';

/** How many buckets the rows of instances are spread over; fixed for good, it is part of every key. */
export const BUCKETS = 64;

/** Makes the ids that the pure engine must be given: time-ordered UUIDs (RFC 9562, version 7). */
export type NewId = () => string;

export const newId: NewId = () => v7();

/** An id of the same form that follows from an instant (milliseconds since 1970) and a name: whoever makes it makes the same. */
export function idOf(instant: number, name: string): string {
  const bytes = hash('sha256', name, 'buffer').subarray(0, 16);
  return v7({ msecs: instant, random: bytes, seq: bytes.readUInt32BE(12) });
}

/** The bucket (0–63) that the rows of an instance, or of any other text key, live in. */
export function bucketOf(key: string): number {
  return Number.parseInt(hash('sha1', key).slice(0, 2), 16) % BUCKETS;
}
