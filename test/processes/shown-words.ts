import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

export type Schema = Readonly<Record<string, unknown>>;

/** Words that every element may carry. Shown anywhere, each is shown. */
const everywhere = new Set(['title', 'zh', 'en', 'source', 'assumed', 'note']);

/** What this walk understands; a word hidden in any other keyword would be missed. `allOf` only narrows what `properties` offer. */
const understood = new Set([
  ...['$schema', '$id', '$defs', '$ref', 'title', 'description', 'type', 'properties', 'additionalProperties'],
  ...['items', 'enum', 'const', 'if', 'then', 'else', 'oneOf', 'allOf', 'required', 'dependentRequired', 'pattern'],
  ...[
    'propertyNames',
    'minProperties',
    'maxProperties',
    'minItems',
    'maxItems',
    'uniqueItems',
    'minLength',
    'maxLength',
  ],
  ...['minimum', 'maximum'],
]);

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const entriesOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  isSchema(value) ? Object.entries(value) : [];
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export function shippedProcesses(): readonly unknown[] {
  const folder = new URL('../../processes/', import.meta.url);
  const names = readdirSync(folder).filter((name) => /^[\w-]+\.yaml$/.test(name));
  return names.map((name) => parse(readFileSync(new URL(name, folder), 'utf8')));
}

/** Keywords of JSON Schema that the walk would pass by. */
export function strangeKeywords(schema: Schema): readonly string[] {
  const named = (value: unknown) =>
    entriesOf(value).flatMap(([, part]) => (isSchema(part) ? strangeKeywords(part) : []));
  const own = Object.entries(schema).flatMap(([keyword, value]) => {
    if (!understood.has(keyword)) return [keyword];
    if (keyword === 'properties' || keyword === '$defs') return named(value);
    if (keyword === 'dependentRequired') return [];
    return [value, ...listOf(value)].flatMap((part) => (isSchema(part) ? strangeKeywords(part) : []));
  });
  return [...new Set(own)];
}

const nameOf = (place: string, word: string) => (everywhere.has(word) ? word : `${place}.${word}`);

function definition(root: Schema, reference: unknown): readonly [string, Schema] {
  const name = String(reference).replace('#/$defs/', '');
  const found = entriesOf(root.$defs).find(([id]) => id === name)?.[1];
  if (!isSchema(found)) throw new Error(`no definition ${name}`);
  return [name, found];
}

/** Every word that a schema offers: `step.advance`, and each of its values, `step.advance: auto`. */
export function offeredWords(root: Schema): ReadonlySet<string> {
  const words = new Set<string>();
  const seen = new Set<string>();
  const walk = (schema: unknown, place: string) => {
    if (!isSchema(schema)) return;
    if (schema.$ref !== undefined) {
      const [name, target] = definition(root, schema.$ref);
      if (!seen.has(name)) {
        seen.add(name);
        walk(target, name);
      }
    }
    for (const value of listOf(schema.enum)) words.add(`${place}: ${value}`);
    if (schema.const !== undefined) words.add(`${place}: ${schema.const}`);
    for (const [word, part] of entriesOf(schema.properties)) {
      words.add(nameOf(place, word));
      walk(part, `${place}.${word}`);
    }
    for (const part of [schema.items, schema.additionalProperties, schema.then, schema.else]) walk(part, place);
    for (const part of listOf(schema.oneOf)) walk(part, place);
  };
  walk(root, 'process');
  return words;
}

/** The same words, as far as a process file has them. */
export function wordsIn(root: Schema, file: unknown): ReadonlySet<string> {
  const words = new Set<string>();
  const walk = (schema: unknown, value: unknown, place: string) => {
    if (!isSchema(schema)) return;
    if (schema.$ref !== undefined) {
      const [name, target] = definition(root, schema.$ref);
      walk(target, value, name);
    }
    if (listOf(schema.enum).includes(value) || (schema.const !== undefined && schema.const === value))
      words.add(`${place}: ${value}`);
    const properties = new Map(entriesOf(schema.properties));
    for (const [word, part] of entriesOf(value)) {
      if (properties.has(word)) {
        words.add(nameOf(place, word));
        walk(properties.get(word), part, `${place}.${word}`);
      } else walk(schema.additionalProperties, part, place);
    }
    for (const item of listOf(value)) walk(schema.items, item, place);
    if (isSchema(schema.if)) walk(schema.if.type === typeOf(value) ? schema.then : schema.else, value, place);
    for (const part of listOf(schema.oneOf)) walk(part, value, place);
  };
  walk(root, file, 'process');
  return words;
}

const typeOf = (value: unknown) => (Array.isArray(value) ? 'array' : typeof value);
