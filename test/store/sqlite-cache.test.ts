import { totalmem } from 'node:os';
import { expect, it } from 'vitest';
import { availableMemory, cacheMbFor } from '../../src/store/sqlite-cache.ts';

const GIB = 2 ** 30;

it('the page cache grows with the memory, within bounds', () => {
  expect([0, 0.25 * GIB, GIB, 8 * GIB, 24 * GIB, 512 * GIB].map(cacheMbFor)).toEqual([16, 16, 32, 256, 768, 1024]);
});

it('the memory is never more than the machine has', () => {
  expect(availableMemory()).toBeGreaterThan(0);
  expect(availableMemory()).toBeLessThanOrEqual(totalmem());
});
