import type { Field, ProcessDefinition } from '../definition/types.ts';
import { UsageError } from './exit.ts';

/** `name=value` arguments as they stand, in order. Throws `UsageError` for what has no `=`. */
export function splitPairs(pairs: readonly string[]): readonly (readonly [string, string])[] {
  return pairs.map((pair) => {
    const at = pair.indexOf('=');
    if (at > 0) return [pair.slice(0, at), pair.slice(at + 1)];
    throw new UsageError({
      zh: `应为 名称=值，例如 staff=120；收到 ${pair}`,
      en: `expected NAME=VALUE, e.g. staff=120; found ${pair}`,
    });
  });
}

/** A JSON object from the command line. Throws `UsageError`. */
export function parseObject(text: string, where: string): Readonly<Record<string, unknown>> {
  let value: unknown = null;
  try {
    value = JSON.parse(text);
  } catch {
    // Told below: what is no JSON is no object either.
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new UsageError({
    zh: `${where} 应为一个 JSON 对象，例如 '{"staff": 120}'；收到 ${text.slice(0, 80)}`,
    en: `${where} should be a JSON object, e.g. '{"staff": 120}'; found ${text.slice(0, 80)}`,
  });
}

/**
 * Texts from the command line as the JSON that their fields take. What does not fit its field, or names none, goes as
 * the text it is: the server says what is wrong with it, better than we could.
 */
export function typedFields(
  definition: ProcessDefinition,
  pairs: readonly (readonly [string, string])[],
): Readonly<Record<string, unknown>> {
  const fields = new Map(definition.fields.map((field) => [field.id, field]));
  return Object.fromEntries(
    pairs.map(([name, text]) => {
      const field = fields.get(name);
      return [name, field === undefined ? text : typed(field, field.type, text)];
    }),
  );
}

function typed(field: Field, type: Field['type'], text: string): unknown {
  if (text === 'null') return null;
  switch (type) {
    case 'boolean':
      return text === 'true' || text === 'false' ? text === 'true' : text;
    case 'integer':
    case 'number':
    case 'percent':
    case 'money':
      return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);
    case 'list':
      return text === '' ? [] : text.split(',').map((item) => typed(field, field.items ?? 'text', item.trim()));
    default:
      return text;
  }
}
