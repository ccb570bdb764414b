import type { Shape } from '../expr/index.ts';
import { casesOf, type Effort, MET, NOT_MET, UNKNOWN } from './cases.ts';
import type { Limits } from './regions.ts';
import { opaquePart } from './survey.ts';
import type { Field } from './types.ts';

/** A part whose verdict does not depend on the values of its fields, as long as they are known. */
export interface ConstantPart {
  readonly part: Shape;
  readonly holds: 'never' | 'always';
}

/** What in a condition is constant. */
export interface Constancy {
  /** Of the condition as a whole; null: it depends. */
  readonly holds: ConstantPart['holds'] | null;
  /** The smallest parts that are, in the order written. */
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
  return { holds: verdicts.get(shape) ?? null, parts: smallest(shape, verdicts) };
}

function partsOf(shape: Shape): readonly Shape[] {
  return 'of' in shape ? [shape, ...shape.of.flatMap(partsOf)] : [shape];
}

/** Of a constant part within another one only the inner is worth saying. */
function smallest(shape: Shape, verdicts: ReadonlyMap<Shape, ConstantPart['holds'] | null>): readonly ConstantPart[] {
  const inner = 'of' in shape ? shape.of.filter((part) => !isAnswer(shape, part)) : [];
  const parts = inner.flatMap((part) => smallest(part, verdicts));
  const holds = verdicts.get(shape) ?? null;
  return parts.length > 0 || holds === null ? parts : [{ part: shape, holds }];
}

/** `known(x) ? x > 3 : true` says on purpose what holds otherwise. */
function isAnswer({ kind }: Shape, part: Shape): boolean {
  return kind === 'if' && part.kind === 'constant';
}
