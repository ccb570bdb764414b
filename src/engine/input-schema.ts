import { minorDigits } from '../definition/index.ts';
import type { Activity, Field, FieldType } from '../definition/types.ts';
import type { Language } from '../text.ts';
import { MAX_ITEMS } from './values.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** JSON Schema (2020-12) of a field's value as callers may send it; what it accepts, `parseValue` accepts. */
export function fieldSchema(field: Field, language: Language = 'en'): JsonSchema {
  const title = { title: field.title[language] };
  if (field.type !== 'list') return { ...title, ...scalarSchema(field, field.type) };
  return {
    ...title,
    type: 'array',
    items: scalarSchema({ ...field, min: null, max: null }, field.items ?? 'text'),
    minItems: field.min ?? 0,
    maxItems: field.max ?? MAX_ITEMS,
  };
}

function scalarSchema(field: Field, type: FieldType): JsonSchema {
  const bounds = {
    ...(field.min === null ? {} : { minimum: field.min }),
    ...(field.max === null ? {} : { maximum: field.max }),
  };
  switch (type) {
    case 'text':
      return { type: 'string', minLength: 1, maxLength: field.maxLength, pattern: '\\S' };
    case 'boolean':
      return { type: 'boolean' };
    case 'choice':
      return { type: 'string', enum: field.choices.map((choice) => choice.id) };
    case 'date':
      return { type: 'string', format: 'date' };
    case 'datetime':
      return { type: 'string', format: 'date-time' };
    case 'integer':
      return { type: 'integer', ...bounds };
    case 'money':
      return moneySchema(field);
    default:
      return { type: 'number', ...bounds };
  }
}

/** Whole major units, or exact minor units; `parseValue` takes decimals of major units too, which JSON Schema cannot bound. */
function moneySchema(field: Field): JsonSchema {
  const scale = 10 ** minorDigits(field.currency ?? 'CNY');
  const limit = Number.MAX_SAFE_INTEGER;
  const least = Math.max(-limit, (field.min ?? -limit) * scale);
  const most = Math.min(limit, (field.max ?? limit) * scale);
  return {
    anyOf: [
      { type: 'integer', minimum: Math.ceil(least / scale), maximum: Math.floor(most / scale) },
      {
        type: 'object',
        properties: {
          amount: { type: 'integer', minimum: Math.ceil(least), maximum: Math.floor(most) },
          currency: { const: field.currency },
        },
        required: ['amount', 'currency'],
        additionalProperties: false,
      },
    ],
  };
}

/** Members that every event may carry beside its own. */
const AT = {
  at: { type: 'string', format: 'date-time', description: 'event time; the time of receipt when left out' },
};

/** The body of one action: its own members, of which `required` must be there. */
export function eventSchema(
  type: string,
  members: Record<string, JsonSchema>,
  required: readonly string[],
): JsonSchema {
  return {
    type: 'object',
    properties: { type: { const: type }, ...members, ...AT },
    required: ['type', ...required],
    additionalProperties: false,
  };
}

/** The `choices` member of completing an activity, or null when it has none to make. */
export function choicesSchema(activity: Activity): JsonSchema | null {
  if (activity.choices === null) return null;
  return {
    type: 'array',
    items: { type: 'string', enum: activity.choices.of.map((choice) => choice.id) },
    minItems: activity.choices.atLeast,
    uniqueItems: true,
  };
}
