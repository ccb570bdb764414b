import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUCKETS, bucketOf } from '../src/ids.ts';

describe('the bucket of a key', () => {
  // Every stored row lies in one: it must never become another.
  it.each([
    ['01a2098b-ea09-72cc-b593-98218336887d', 55],
    ['sales\u0000CRM-1', 7],
    ['销售', 37],
  ])('of %j is %i for good', (key, bucket) => {
    expect(bucketOf(key)).toBe(bucket);
  });

  it('is the first byte of SHA-1 over UTF-8, modulo 64', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (key) => {
        expect(bucketOf(key)).toBe((createHash('sha1').update(key).digest()[0] ?? 0) % BUCKETS);
      }),
    );
  });
});
