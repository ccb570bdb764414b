import { shapeOf } from '../expr/index.ts';
import { casesOf, MET, NOT_MET } from './cases.ts';
import { exprTypes } from './field-types.ts';
import { opaquePart } from './survey.ts';
import type { Field } from './types.ts';

/** How much is looked at of one pair. */
const EFFORT = 200_000;

/** One of several of which the first that holds decides. */
export interface Choice {
  /** Null: always. */
  readonly when: string | null;
  /** What it leads to, as a text that is equal where that is the same. */
  readonly to: string;
}

/**
 * Whether two conditions say the same of every value that the fields may have: certain where true. Conditions that ask
 * more than of one field at a time, or tell too many cases apart, are taken for different.
 */
export function saySame(one: string, other: string, fields: readonly Field[]): boolean {
  return leadSame([{ when: one, to: '' }], [{ when: other, to: '' }], fields);
}

/** Whether two lists of choices lead to the same with every value that the fields may have: certain where true, as above. */
export function leadSame(one: readonly Choice[], other: readonly Choice[], fields: readonly Field[]): boolean {
  const types = exprTypes(fields);
  const texts = [...new Set([...one, ...other].flatMap(({ when }) => when ?? []))];
  const shapes = texts.map((text) => shapeOf(text, types));
  if (shapes.some((shape) => opaquePart(shape) !== null)) return false;
  const byId = new Map(fields.map((field) => [field.id, field]));
  const cases = casesOf(shapes, byId, ({ min, max }) => ({ min, max, only: null }), { left: EFFORT });
  if (cases === null || cases.count === 0) return false;
  const places = new Map(texts.map((text, n) => [text, n]));
  let isSame = true;
  cases.each((verdicts) => {
    const verdictOf = ({ when }: Choice): number =>
      when === null ? MET : (verdicts[places.get(when) ?? -1] ?? NOT_MET);
    if (isSame && outcomeOf(one, verdictOf) !== outcomeOf(other, verdictOf)) isSame = false;
  });
  return isSame;
}

/** The first that holds, after those before it of which it is not known whether they do: some wait for these, some do not. */
function outcomeOf(choices: readonly Choice[], verdictOf: (choice: Choice) => number): string {
  const asked: string[] = [];
  for (const choice of choices) {
    const verdict = verdictOf(choice);
    if (verdict !== NOT_MET) asked.push(`${verdict} ${choice.to}`);
    if (verdict === MET) break;
  }
  return asked.join('\n');
}
