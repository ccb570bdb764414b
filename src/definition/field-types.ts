import type { ExprType } from '../expr/index.ts';
import type { Field, FieldType } from './types.ts';

const scalarTypes: Readonly<Record<Exclude<FieldType, 'list'>, ExprType>> = {
  text: 'text',
  choice: 'text',
  integer: 'number',
  number: 'number',
  percent: 'number',
  money: 'number',
  boolean: 'boolean',
  date: 'time',
  datetime: 'time',
};

/** What conditions take each field for, by its id. */
export function exprTypes(fields: readonly Field[]): ReadonlyMap<string, ExprType> {
  return new Map(fields.map((field) => [field.id, exprType(field)]));
}

function exprType({ type, items }: Field): ExprType {
  if (type !== 'list') return scalarTypes[type];
  return items !== null && scalarTypes[items] === 'number' ? 'number-list' : 'text-list';
}

/** The values that each choice (or list of choices) may have, by the id of the field. */
export function choiceValues(fields: readonly Field[]): ReadonlyMap<string, readonly string[]> {
  return new Map(
    fields
      .filter(({ choices }) => choices.length > 0)
      .map(({ id, choices }) => [id, choices.map((choice) => choice.id)]),
  );
}
