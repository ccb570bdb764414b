import { expect, it } from 'vitest';
import type { Criterion } from '../../src/definition/types.ts';
import { compareCriteria } from '../../src/diff/verdicts.ts';
import { field } from '../compile/build-definition.ts';

const fields = [field('amount', { type: 'integer', min: 0 })];
const least = (value: number): Criterion => ({ kind: 'condition', text: `amount >= ${value}` });
const half = (from: number, n: number): Criterion => ({
  kind: 'at-least',
  n: n / 2,
  of: Array.from({ length: n }, (_, at) => least(from + at)),
});

it('compares half of as many conditions as there are, since no choice of them is written out', () => {
  expect(compareCriteria(half(1, 28), half(2, 28), fields, { left: 4_000_000 })).toBe('fewer');
  expect(compareCriteria(half(2, 28), half(1, 28), fields, { left: 4_000_000 })).toBe('more');
});

it('pays for each part that is looked at in each case, and cannot tell where that is too much', () => {
  const nested = (criterion: Criterion): Criterion =>
    Array.from({ length: 100 }).reduce<Criterion>((of) => ({ kind: 'not', of }), criterion);
  const [before, after] = [nested(least(1)), nested(least(2))];
  const effort = { left: 100_000 };
  expect(compareCriteria(before, after, fields, effort)).toBe('fewer');
  const spent = 100_000 - effort.left;
  // Two conditions, in the cases unknown, 0, 1, and 2 or more.
  expect(spent).toBeGreaterThan(4 * 2 * 101);
  expect(compareCriteria(before, after, fields, { left: spent })).toBe('fewer');
  expect(compareCriteria(before, after, fields, { left: spent - 1 })).toBe(null);
});
