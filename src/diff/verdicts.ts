import { casesOf, choiceValues, type Effort, exprTypes, MET } from '../definition/index.ts';
import type { Criterion, Field } from '../definition/types.ts';
import { compileCondition, type Shape, shapeOf } from '../expr/index.ts';

/** How what a condition holds for has changed: in fewer cases, in more, in the same; null: it cannot be told. */
export type Comparison = 'fewer' | 'more' | 'same' | null;

/** Parts of conditions that no single field decides, each tried as met, not met and unknown. */
const MOST_OPAQUE = 3;
/** Of shapes that stand in no text as a whole. */
const NOWHERE = { start: 0, end: 0 };
/** Ways to choose n of a list that are written out. */
const MOST_CHOICES = 50;

/**
 * Whether `after` holds wherever `before` does and the other way round, by trying the cases that both tell apart over
 * these fields. What the cases cannot tell apart (one field against another) may be anything, so that `fewer` never is
 * more, though it may come to the same.
 */
export function compareCriteria(
  before: Criterion,
  after: Criterion,
  fields: readonly Field[],
  effort: Effort,
): Comparison {
  const [old, own] = [criterionShape(before, fields), criterionShape(after, fields)];
  if (old === null || own === null) return null;
  const opaque = [...new Set([...opaqueParts(old), ...opaqueParts(own)])];
  if (opaque.length > MOST_OPAQUE) return null;
  const byId = new Map(fields.map((field) => [field.id, field]));
  // Not being known is a case of every field, whether a condition asks for it or not.
  const known = [...new Set([...readsIn(old), ...readsIn(own)])].map(
    (field): Shape => ({ ...NOWHERE, kind: 'known', field }),
  );
  const seen = { fewer: false, more: false };
  for (const verdicts of combinations(opaque)) {
    const shapes = [settled(old, verdicts), settled(own, verdicts), ...known];
    const cases = casesOf(shapes, byId, ({ min, max }) => ({ min, max, only: null }), effort);
    if (cases === null) return null;
    cases.each(([was, is]) => {
      if (was === MET && is !== MET) seen.fewer = true;
      if (is === MET && was !== MET) seen.more = true;
    });
  }
  if (seen.fewer && seen.more) return null;
  return seen.fewer ? 'fewer' : seen.more ? 'more' : 'same';
}

/** Null: a condition of it does not fit these fields, or it is too large to be written out. */
function criterionShape(criterion: Criterion, fields: readonly Field[]): Shape | null {
  if (criterion.kind === 'condition') {
    const types = exprTypes(fields);
    return compileCondition(criterion.text, types, choiceValues(fields)).ok ? shapeOf(criterion.text, types) : null;
  }
  if (criterion.kind === 'not') {
    const of = criterionShape(criterion.of, fields);
    return of && { ...NOWHERE, kind: 'not', of: [of] };
  }
  const of = criterion.of.map((part) => criterionShape(part, fields));
  if (!of.every((part) => part !== null)) return null;
  if (criterion.kind !== 'at-least') return { ...NOWHERE, kind: criterion.kind, of };
  const choices = choose(of, criterion.n);
  return (
    choices && { ...NOWHERE, kind: 'any', of: choices.map((parts): Shape => ({ ...NOWHERE, kind: 'all', of: parts })) }
  );
}

/** Every choice of n parts; null: there are too many. */
function choose(parts: readonly Shape[], n: number): readonly (readonly Shape[])[] | null {
  if (n === 0) return [[]];
  if (parts.length < n) return [];
  const [first, ...rest] = parts;
  const withFirst = choose(rest, n - 1);
  const without = choose(rest, n);
  if (first === undefined || withFirst === null || without === null) return null;
  const all = [...withFirst.map((chosen) => [first, ...chosen]), ...without];
  return all.length > MOST_CHOICES ? null : all;
}

function readsIn(shape: Shape): readonly string[] {
  if (shape.kind === 'test' || shape.kind === 'known') return [shape.field];
  return 'of' in shape ? shape.of.flatMap(readsIn) : [];
}

function opaqueParts(shape: Shape): readonly string[] {
  if (shape.kind === 'opaque') return [shape.text];
  return 'of' in shape ? shape.of.flatMap(opaqueParts) : [];
}

type Verdicts = ReadonlyMap<string, 'met' | 'not-met' | 'unknown'>;

function combinations(parts: readonly string[]): readonly Verdicts[] {
  return parts.reduce<readonly Verdicts[]>(
    (all, part) =>
      all.flatMap((verdicts) =>
        (['met', 'not-met', 'unknown'] as const).map((verdict) => new Map([...verdicts, [part, verdict]])),
      ),
    [new Map()],
  );
}

function settled(shape: Shape, verdicts: Verdicts): Shape {
  if (shape.kind === 'opaque') return { ...NOWHERE, kind: 'constant', verdict: verdicts.get(shape.text) ?? 'unknown' };
  return 'of' in shape ? { ...shape, of: shape.of.map((part) => settled(part, verdicts)) } : shape;
}
