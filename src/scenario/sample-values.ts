import type { CompiledProcess } from '../compile/types.ts';
import { exprTypes, regionsOf } from '../definition/index.ts';
import type { Criterion, Field } from '../definition/types.ts';
import { type Cut, type Shape, shapeOf } from '../expr/index.ts';
import type { Json } from '../json.ts';

/** Values of one field that are tried. */
const MOST_SAMPLES = 12;

/** A value of a field as a scenario writes it: the first that fits. */
export function sampleValue(field: Field, now: string): Json {
  const { type, min, max, choices, items } = field;
  switch (type) {
    case 'text':
      return field.id.slice(0, field.maxLength);
    case 'boolean':
      return true;
    case 'choice':
      return choices[0]?.id ?? '';
    case 'date':
      return now.slice(0, 10);
    case 'datetime':
      return now;
    case 'list': {
      const one = sampleValue({ ...field, type: items ?? 'text', min: null, max: null }, now);
      return choices.length > 0
        ? choices.slice(0, Math.max(1, min ?? 1)).map(({ id }) => id)
        : Array.from({ length: Math.max(1, min ?? 1) }, () => one);
    }
    default:
      return Math.min(Math.max(min ?? 1, Math.min(1, max ?? 1)), max ?? 1);
  }
}

/** Values of a field on either side of every constant that conditions compare it with, as a scenario writes them. */
export function samplesOf(
  process: CompiledProcess,
  field: Field,
  texts: readonly string[],
  now: string,
): readonly Json[] {
  const types = exprTypes(process.definition.fields);
  const parts = texts.flatMap((text) => testsOf(shapeOf(text, types), field.id));
  const { min, max } = field;
  const regions = field.type === 'list' ? [] : regionsOf(field, { min, max, only: null }, parts, false);
  const found = regions.flatMap(({ sample }): readonly Json[] =>
    sample instanceof Date
      ? [field.type === 'date' ? sample.toISOString().slice(0, 10) : sample.toISOString()]
      : typeof sample === 'object' || sample === undefined
        ? []
        : [typeof sample === 'number' ? sample + 0 : sample],
  );
  const plain = sampleValue(field, now);
  const more: readonly Json[] = field.type === 'list' ? [[]] : typeof plain === 'number' ? [plain + 1] : [];
  // Not being known is a value to try as well, the last.
  const all = [plain, ...found, ...more, null].filter((value) => fits(field, value));
  return [...new Map(all.map((value) => [JSON.stringify(value), value])).values()].slice(0, MOST_SAMPLES);
}

function fits({ type, min, max }: Field, value: Json): boolean {
  if (typeof value === 'number') return value >= (min ?? -Infinity) && value <= (max ?? Infinity);
  return type !== 'list' || !Array.isArray(value) || value.length >= (min ?? 0);
}

function testsOf(shape: Shape, field: string): readonly Cut[] {
  if (shape.kind === 'test') return shape.field === field ? shape.cuts : [];
  return 'of' in shape ? shape.of.flatMap((part) => testsOf(part, field)) : [];
}

/** The conditions of a criterion. */
export function conditionsOf(criterion: Criterion): readonly string[] {
  if (criterion.kind === 'condition') return [criterion.text];
  if (criterion.kind === 'not') return conditionsOf(criterion.of);
  return criterion.of.flatMap(conditionsOf);
}
