import { conditionWords } from '../expr/index.ts';
import { processSchema } from '../schemas.ts';
import { kinds, namedWords } from './named-words.ts';
import type { Guide, Place, PlaceOrName, Said, Word } from './types.ts';

/** A part of a JSON Schema, as far as it is read here. */
interface Schema {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly then?: Schema;
  readonly else?: Schema;
}

const root: Schema = processSchema;
const definitions: Readonly<Record<string, Schema>> = Object(processSchema.$defs);

export function makeGuide(): Guide {
  const names = namesByPart();
  const [top, ...others] = [root, ...Object.values(definitions)].map((schema) => placeOf(schema, names));
  const places = Object.fromEntries(Object.keys(definitions).map((name, n) => [name, others[n] ?? {}]));
  return { top: top ?? {}, places, kinds, conditionWords };
}

/** The parts of the schema whose values name something, with the kinds of it. */
function namesByPart(): ReadonlyMap<Schema, readonly string[]> {
  const names = new Map<Schema, readonly string[]>();
  const note = (part: Schema, kind: string) => names.set(part, [...(names.get(part) ?? []), kind]);
  for (const [kind, patterns] of Object.entries(namedWords)) {
    const parts = new Set(patterns.flatMap((pattern) => partsAt(root, pattern.split('/'))));
    if (parts.size === 0) throw new Error(`the schema has none of ${patterns.join(', ')}`);
    for (const part of parts) note(part, kind);
  }
  for (const { properties = {} } of Object.values(definitions))
    if (properties.source?.$ref === '#/$defs/source') note(properties.source, 'clause');
  return names;
}

/** The parts of the schema that a path leads to; `*` is any id or item. */
function partsAt(schema: Schema, [word, ...rest]: readonly string[]): readonly Schema[] {
  if (word === undefined) return [schema];
  return branchesOf(schema).flatMap(({ properties = {}, additionalProperties, items }) => {
    const next = word === '*' ? [additionalProperties, items] : [properties[word]];
    return next.flatMap((part) => (typeof part === 'object' ? partsAt(part, rest) : []));
  });
}

/** A part of the schema with everything that it refers to and may be. */
function branchesOf(schema: Schema): readonly Schema[] {
  const { $ref, then, else: otherwise } = schema;
  const others = [$ref === undefined ? undefined : definitions[nameOf($ref)], then, otherwise];
  return [schema, ...others.flatMap((other) => (other === undefined ? [] : branchesOf(other)))];
}

/** `inherited` are kinds that it names as an item of a list that does. */
function placeOf(
  schema: Schema,
  names: ReadonlyMap<Schema, readonly string[]>,
  inherited: readonly string[] = [],
): Place {
  const named = [...inherited, ...(names.get(schema) ?? [])];
  const parts = branchesOf(schema).map((branch) => ownPlace(branch, names, named));
  return Object.assign({}, named.length === 0 ? {} : { names: named }, ...parts);
}

/** What one branch says of a place. */
function ownPlace(schema: Schema, names: ReadonlyMap<Schema, readonly string[]>, named: readonly string[]): Place {
  const { properties, additionalProperties, items, type } = schema;
  const values = [...(schema.enum ?? []), ...(schema.const === undefined ? [] : [schema.const])];
  if (type === 'boolean') values.push('true', 'false');
  return {
    ...(properties !== undefined && { words: wordsOf(schema, properties, names) }),
    ...(typeof additionalProperties === 'object' && { each: linkTo(additionalProperties, names) }),
    ...(items !== undefined && { items: named.length === 0 ? linkTo(items, names) : placeOf(items, names, named) }),
    ...(values.length > 0 && { values }),
    ...(schema === definitions.condition && { isCondition: true }),
  };
}

function wordsOf(
  { required = [] }: Schema,
  properties: Readonly<Record<string, Schema>>,
  names: ReadonlyMap<Schema, readonly string[]>,
): Readonly<Record<string, Word>> {
  const words = Object.entries(properties).flatMap(([name, part]): readonly [string, Word][] => {
    if (part.title === undefined || part.description === undefined) return [];
    const place = linkTo(part, names);
    return [
      [
        name,
        {
          title: bothOf(part.title, ' / '),
          help: bothOf(part.description, '\n\n'),
          isRequired: required.includes(name),
          place,
        },
      ],
    ];
  });
  return Object.fromEntries(words);
}

/** By its name where nothing more is said of it. */
function linkTo(schema: Schema, names: ReadonlyMap<Schema, readonly string[]>): PlaceOrName {
  return schema.$ref === undefined || names.has(schema) ? placeOf(schema, names) : nameOf(schema.$ref);
}

const nameOf = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1);

/** Titles and descriptions of the schema are in Chinese, then in English. */
function bothOf(text: string, glue: string): Said {
  const at = text.indexOf(glue);
  if (at < 0) throw new Error(`not in both languages: ${text}`);
  return { zh: text.slice(0, at), en: text.slice(at + glue.length) };
}
