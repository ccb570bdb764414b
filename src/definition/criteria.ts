import { MET, NOT_MET, UNKNOWN } from './cases.ts';
import { items, member, number, type Raw, string } from './raw.ts';
import type { Criterion } from './types.ts';

/** How conditions are put together. */
export interface Combination {
  readonly kind: Criterion['kind'];
  /** Of `at-least`: how many; else 0. */
  readonly n: number;
  /** Of a condition: its text; else the empty text. */
  readonly text: string;
  readonly of: readonly Combination[];
}

/** A criterion as it is written, with its parts where they are written. */
export interface PlacedCriterion extends Combination {
  readonly raw: Raw;
  readonly of: readonly PlacedCriterion[];
}

/** A criterion of which the schema has approved. */
export function placedCriterion(raw: Raw): PlacedCriterion {
  const node = (kind: PlacedCriterion['kind'], of: readonly Raw[], n = 0): PlacedCriterion => {
    return { kind, raw, n, text: '', of: of.map(placedCriterion) };
  };
  const text = string(raw) ?? string(member(raw, 'when'));
  if (text !== null) return { kind: 'condition', raw, n: 0, text, of: [] };
  for (const kind of ['all', 'any'] as const) {
    const of = items(member(raw, kind));
    if (of.length > 0) return node(kind, of);
  }
  const not = member(raw, 'not');
  if (not.value !== undefined) return node('not', [not]);
  return node('at-least', items(member(raw, 'of')), number(member(raw, 'at_least')) ?? 0);
}

/** A criterion that is built. */
export function combinationOf(criterion: Criterion): Combination {
  const { kind } = criterion;
  if (kind === 'condition') return { kind, n: 0, text: criterion.text, of: [] };
  const of = kind === 'not' ? [criterion.of] : criterion.of;
  return { kind, n: kind === 'at-least' ? criterion.n : 0, text: '', of: of.map(combinationOf) };
}

/** A criterion and the criteria within it. */
export function withParts<Own extends { readonly of: readonly Own[] }>(criterion: Own): readonly Own[] {
  return [criterion, ...criterion.of.flatMap((part) => withParts(part))];
}

/** The verdict of a criterion from those of its conditions, in Kleene's order. */
export function verdictOf(criterion: Combination, ofCondition: (text: string) => number): number {
  const { kind, n, text } = criterion;
  if (kind === 'condition') return ofCondition(text);
  const of = criterion.of.map((part) => verdictOf(part, ofCondition));
  switch (kind) {
    case 'all':
      return Math.min(MET, ...of);
    case 'any':
      return Math.max(NOT_MET, ...of);
    case 'not':
      return MET - (of[0] ?? UNKNOWN);
    case 'at-least': {
      const met = of.filter((verdict) => verdict === MET).length;
      if (met >= n) return MET;
      return met + of.filter((verdict) => verdict === UNKNOWN).length >= n ? UNKNOWN : NOT_MET;
    }
  }
}
