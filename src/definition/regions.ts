import type { Cut, Fact } from '../expr/index.ts';
import { minorDigits } from './currency.ts';
import type { Field } from './types.ts';

/** A stretch of a field's values between neighbouring constants: a condition says the same of each of them. */
export interface Region {
  readonly kind: 'one' | 'between' | 'other' | 'unknown';
  /** One of its values, as conditions read it; undefined: the field is not known. */
  readonly sample: Fact | undefined;
  /** Of `one`: the value, a time as epoch milliseconds. */
  readonly value: Cut | null;
  /** Of `between`: what lies just outside; null: no limit but the field's own. */
  readonly above: number | null;
  readonly below: number | null;
}

const UNKNOWN: Region = { kind: 'unknown', sample: undefined, value: null, above: null, below: null };
const one = (value: Cut, sample: Fact = value): Region => ({ kind: 'one', sample, value, above: null, below: null });

/** What limits the values of a field beside its type. */
export interface Limits {
  readonly min: number | null;
  readonly max: number | null;
  /** All values there can be; null: any that fit. */
  readonly only: readonly Cut[] | null;
}

/**
 * The regions that constants cut a field's values into, in order; values that the field cannot have are in none.
 * `lacking`: not being known is a region too.
 */
export function regionsOf(field: Field, limits: Limits, cuts: readonly Cut[], lacking: boolean): readonly Region[] {
  const known =
    limits.only !== null
      ? [...new Set(limits.only)].map((value) => one(value))
      : isOrdered(field)
        ? intervals(field, limits, cuts.filter(isNumber))
        : singles(field, cuts);
  return lacking ? [...known, UNKNOWN] : known;
}

const isNumber = (cut: Cut): cut is number => typeof cut === 'number';

/** Numbers and times. */
export function isOrdered({ type }: Field): boolean {
  return ['integer', 'number', 'percent', 'money', 'date', 'datetime'].includes(type);
}

function singles(field: Field, cuts: readonly Cut[]): readonly Region[] {
  switch (field.type) {
    case 'boolean':
      return [one(true), one(false)];
    case 'choice':
      return field.choices.map(({ id }) => one(id));
    case 'text': {
      const texts = [...new Set(cuts)].filter((cut) => typeof cut === 'string');
      const possible = texts.filter((text) => text.trim() !== '' && text.length <= field.maxLength);
      // Longer than each of them, so none of them.
      const sample = `${texts.join('')}…`;
      return [...possible.map((text) => one(text)), { kind: 'other', sample, value: null, above: null, below: null }];
    }
    default:
      return [{ kind: 'other', sample: undefined, value: null, above: null, below: null }];
  }
}

function intervals(field: Field, { min, max }: Limits, cuts: readonly number[]): readonly Region[] {
  const low = min ?? -Infinity;
  const high = max ?? Infinity;
  const inside = [...new Set(cuts)].filter((cut) => cut >= low && cut <= high).sort((a, b) => a - b);
  const step = stepOf(field);
  const regions: Region[] = [];
  let above: number | null = null;
  for (const below of [...inside, null]) {
    // A limit of the field is a value that it may have; a constant is a region of its own.
    const range = {
      from: above ?? low,
      fromIncluded: above === null,
      to: below ?? high,
      toIncluded: below === null,
    };
    const sample = step === null ? betweenAnywhere(range) : betweenSteps(step, range);
    if (sample !== null) {
      const [value, single] = sample;
      const fact = factOf(field, value);
      regions.push(single ? one(value, fact) : { kind: 'between', sample: fact, value: null, above, below });
    }
    if (below !== null && isOnStep(step, below)) regions.push(one(below, factOf(field, below)));
    above = below;
  }
  return regions;
}

function factOf({ type }: Field, value: number): Fact {
  return type === 'date' || type === 'datetime' ? new Date(value) : value;
}

interface Range {
  readonly from: number;
  readonly fromIncluded: boolean;
  readonly to: number;
  readonly toIncluded: boolean;
}

/** A value of a range, and whether it is the only one; null: there is none. */
type Sample = readonly [value: number, single: boolean] | null;

function betweenAnywhere({ from, fromIncluded, to, toIncluded }: Range): Sample {
  if (from >= to) return fromIncluded && toIncluded && from === to ? [from, true] : null;
  if (fromIncluded && Number.isFinite(from)) return [from, false];
  if (toIncluded && Number.isFinite(to)) return [to, false];
  const value = Number.isFinite(from) && Number.isFinite(to) ? from / 2 + to / 2 : awayFrom(from, to);
  return Number.isFinite(value) && value > from && value < to ? [value, false] : null;
}

function awayFrom(from: number, to: number): number {
  if (Number.isFinite(from)) return from + Math.max(1, Math.abs(from));
  return Number.isFinite(to) ? to - Math.max(1, Math.abs(to)) : 0;
}

const DAY_MS = 86_400_000;

/** How far apart neighbouring values are: `of / per`; null: as near as one likes. */
interface Step {
  readonly of: number;
  readonly per: number;
}

function stepOf({ type, currency }: Field): Step | null {
  switch (type) {
    case 'integer':
    case 'datetime':
      return { of: 1, per: 1 };
    case 'date':
      return { of: DAY_MS, per: 1 };
    case 'money':
      return { of: 1, per: 10 ** minorDigits(currency ?? 'CNY') };
    default:
      return null;
  }
}

/** What dividing by a step may lose. */
const NEAR = 1e-6;

function isOnStep(step: Step | null, value: number): boolean {
  if (step === null) return true;
  const steps = (value * step.per) / step.of;
  return Math.abs(steps - Math.round(steps)) < NEAR;
}

function betweenSteps({ of, per }: Step, { from, fromIncluded, to, toIncluded }: Range): Sample {
  const low = (from * per) / of;
  const high = (to * per) / of;
  const first = fromIncluded ? Math.ceil(low - NEAR) : Math.floor(low + NEAR) + 1;
  const last = toIncluded ? Math.floor(high + NEAR) : Math.ceil(high - NEAR) - 1;
  if (first > last) return null;
  const steps = Number.isFinite(first) ? first : Number.isFinite(last) ? last : 0;
  return [(steps * of) / per, first === last];
}
