import { parseDuration } from '../calendar/index.ts';
import type { Json } from '../json.ts';

/**
 * How `after` is to `before`, numbers or durations as written: less than 0, it is less; null as an amount is no limit,
 * `none` (1: more than any, -1: less). Null: nobody can say.
 */
export function compareAmounts(before: Json, after: Json, none: 1 | -1 = 1): number | null {
  const [old, own] = [sizeOf(before, none), sizeOf(after, none)];
  if (old === null || own === null || (old.unit !== own.unit && old.unit !== '' && own.unit !== '')) return null;
  return own.size === old.size ? 0 : Math.sign(own.size - old.size);
}

/** Minutes in units that are as long whenever they begin; the others are compared with their own alone. */
const minutes: Readonly<Record<string, number>> = { minutes: 1, hours: 60, days: 1_440, weeks: 10_080 };

function sizeOf(value: Json, none: 1 | -1): { readonly size: number; readonly unit: string } | null {
  if (value === null) return { size: none * Infinity, unit: '' };
  if (typeof value === 'number') return { size: value, unit: '' };
  const duration = typeof value === 'string' ? parseDuration(value) : null;
  if (duration === null) return null;
  const plain = minutes[duration.unit];
  return plain === undefined
    ? { size: duration.amount, unit: duration.unit }
    : { size: duration.amount * plain, unit: 'minutes' };
}
