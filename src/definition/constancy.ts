import type { Shape } from '../expr/index.ts';
import { casesOf, type Effort, MET, NOT_MET, UNKNOWN } from './cases.ts';
import type { Limits } from './regions.ts';
import { opaquePart } from './survey.ts';
import type { Field } from './types.ts';

/** A part whose verdict does not depend on the values of its fields, as long as they are known. */
export interface ConstantPart<Part = Shape> {
  readonly part: Part;
  readonly holds: 'never' | 'always';
}

/** What in a condition is constant. */
export interface Constancy {
  /** Of the condition as a whole; null: it depends. */
  readonly holds: ConstantPart['holds'] | null;
  /** The parts that are and that are worth saying, in the order written. */
  readonly parts: readonly ConstantPart[];
}

/** The verdicts that something has in the cases that are looked at. */
export interface Seen {
  note(verdict: number): void;
  /** `isOpaque`: an unknown of it may be for want of a fact, or because the cases do not say. */
  holds(isOpaque: boolean): ConstantPart['holds'] | null;
}

export function noneSeen(): Seen {
  const seen = new Set<number>();
  return {
    note: (verdict) => void seen.add(verdict),
    holds: (isOpaque) => {
      if (isOpaque && seen.has(UNKNOWN)) return null;
      if (!seen.has(MET)) return 'never';
      return seen.has(NOT_MET) ? null : 'always';
    },
  };
}

/** What in a condition is constant given the values that its fields can have; null where there are too many cases. */
export function constancyOf(
  shape: Shape,
  fields: ReadonlyMap<string, Field>,
  limitsOf: (field: Field) => Limits,
  effort: Effort,
): Constancy | null {
  const parts = partsOf(shape);
  const cases = casesOf(parts, fields, limitsOf, effort);
  if (cases === null) return null;
  const seen = parts.map(() => noneSeen());
  cases.each((verdicts) => {
    for (const [n, verdict] of verdicts.entries()) seen[n]?.note(verdict);
  });
  const verdicts = new Map(parts.map((part, n) => [part, seen[n]?.holds(opaquePart(part) !== null) ?? null]));
  const holdsOf = (part: Shape) => verdicts.get(part) ?? null;
  return { holds: holdsOf(shape), parts: constantParts(shape, questionsIn, holdsOf) };
}

function partsOf(shape: Shape): readonly Shape[] {
  return 'of' in shape ? [shape, ...shape.of.flatMap(partsOf)] : [shape];
}

/**
 * Of a constant part within another one only the inner is worth saying; but what never holds though no part of it never
 * does, as `!(x >= 0)`, is said as a whole: of its part alone one would think that it could be left out.
 */
export function constantParts<Part extends { readonly kind: string }>(
  part: Part,
  partsOf: (part: Part) => readonly Part[],
  holdsOf: (part: Part) => ConstantPart['holds'] | null,
): readonly ConstantPart<Part>[] {
  const inner = partsOf(part).flatMap((each) => constantParts(each, partsOf, holdsOf));
  const holds = holdsOf(part);
  if (holds === null) return inner;
  const explains = (each: ConstantPart<Part>) => holds === 'always' || (each.holds === 'never' && part.kind !== 'not');
  return inner.some(explains) ? inner : [{ part, holds }];
}

/** The parts of a shape, but for answers: `known(x) ? x > 3 : true` says on purpose what holds otherwise. */
function questionsIn(shape: Shape): readonly Shape[] {
  if (!('of' in shape)) return [];
  return shape.kind === 'if' ? shape.of.filter(({ kind }) => kind !== 'constant') : shape.of;
}
