import { shapeOf } from '../expr/index.ts';
import { casesOf } from './cases.ts';
import { exprTypes } from './field-types.ts';
import { opaquePart } from './survey.ts';
import type { Field } from './types.ts';

/** How much is looked at of one pair. */
const EFFORT = 200_000;

/**
 * Whether two conditions say the same of every value that the fields may have: certain where true. Conditions that ask
 * more than of one field at a time, or tell too many cases apart, are taken for different.
 */
export function saySame(one: string, other: string, fields: readonly Field[]): boolean {
  const types = exprTypes(fields);
  const shapes = [one, other].map((text) => shapeOf(text, types));
  if (shapes.some((shape) => opaquePart(shape) !== null)) return false;
  const byId = new Map(fields.map((field) => [field.id, field]));
  const cases = casesOf(shapes, byId, ({ min, max }) => ({ min, max, only: null }), { left: EFFORT });
  if (cases === null || cases.count === 0) return false;
  let isSame = true;
  cases.each(([first, second]) => {
    if (first !== second) isSame = false;
  });
  return isSame;
}
