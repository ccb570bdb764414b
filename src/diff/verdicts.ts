import {
  casesOf,
  choiceValues,
  combinationOf,
  type Effort,
  exprTypes,
  MET,
  NOT_MET,
  verdictOf,
  withParts,
} from '../definition/index.ts';
import type { Criterion, Field } from '../definition/types.ts';
import { compileCondition, type Shape, shapeOf } from '../expr/index.ts';

/** How what a condition holds for has changed: in fewer cases, in more, in the same; null: it cannot be told. */
export type Comparison = 'fewer' | 'more' | 'same' | null;

/** Parts of conditions that no single field decides, each tried as met, not met and unknown. */
const MOST_OPAQUE = 3;
/** Of shapes that stand in no text. */
const NOWHERE = { start: 0, end: 0 };

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
  const [old, own] = [combinationOf(before), combinationOf(after)];
  const parts = [...withParts(old), ...withParts(own)];
  const texts = [...new Set(parts.flatMap(({ kind, text }) => (kind === 'condition' ? [text] : [])))];
  const conditions = shapesOf(texts, fields);
  if (conditions === null) return null;
  const opaque = [...new Set(conditions.flatMap(opaqueParts))];
  if (opaque.length > MOST_OPAQUE) return null;
  const byId = new Map(fields.map((field) => [field.id, field]));
  // Not being known is a case of every field, whether a condition asks for it or not.
  const known = [...new Set(conditions.flatMap(readsIn))].map((field): Shape => ({ ...NOWHERE, kind: 'known', field }));
  const places = new Map(texts.map((text, n) => [text, n]));
  const seen = { fewer: false, more: false };
  for (const verdicts of combinations(opaque)) {
    const shapes = [...conditions.map((shape) => settled(shape, verdicts)), ...known];
    const cases = casesOf(shapes, byId, ({ min, max }) => ({ min, max, only: null }), effort);
    if (cases === null) return null;
    effort.left -= cases.count * parts.length;
    if (effort.left < 0) return null;
    cases.each((found) => {
      const ofCondition = (text: string) => found[places.get(text) ?? -1] ?? NOT_MET;
      const [was, is] = [verdictOf(old, ofCondition) === MET, verdictOf(own, ofCondition) === MET];
      if (was && !is) seen.fewer = true;
      if (is && !was) seen.more = true;
    });
  }
  if (seen.fewer && seen.more) return null;
  return seen.fewer ? 'fewer' : seen.more ? 'more' : 'same';
}

/** Null: one of the conditions does not fit these fields. */
function shapesOf(texts: readonly string[], fields: readonly Field[]): readonly Shape[] | null {
  const [types, choices] = [exprTypes(fields), choiceValues(fields)];
  const fit = texts.every((text) => compileCondition(text, types, choices).ok);
  return fit ? texts.map((text) => shapeOf(text, types)) : null;
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
