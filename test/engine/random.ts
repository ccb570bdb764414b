/** A seeded generator (mulberry32): the same seed walks the same way. */
export function random(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const integer = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    integer,
    pick: <T>(items: readonly T[]): T => {
      const item = items[integer(0, items.length - 1)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
    chance: (probability: number) => next() < probability,
  };
}

export type Random = ReturnType<typeof random>;

interface Schema {
  readonly [keyword: string]: unknown;
}

/** A value that a JSON Schema of an action's `input` accepts; keywords that such schemas do not use are an error. */
export function valueFor(schema: Schema, r: Random): unknown {
  if ('const' in schema) return schema.const;
  if (Array.isArray(schema.enum)) return r.pick(schema.enum);
  if (Array.isArray(schema.anyOf)) return valueFor(r.pick(schema.anyOf), r);
  const low = typeof schema.minimum === 'number' ? schema.minimum : -5;
  const high = typeof schema.maximum === 'number' ? schema.maximum : Math.max(low, 0) + 200;
  switch (schema.type) {
    case 'null':
      return null;
    case 'boolean':
      return r.chance(0.5);
    case 'integer':
      // Limits stand at the bounds more often than between them.
      if (r.chance(0.3)) return low;
      return r.integer(low, Math.min(high, Math.max(low, 0) + 200));
    case 'number':
      return Math.min(high, Math.max(low, Math.round(r.next() * 1000) / 10));
    case 'string':
      if (schema.format === 'date') return `2026-0${r.integer(1, 9)}-1${r.integer(0, 9)}`;
      if (schema.format === 'date-time') return `2026-02-1${r.integer(0, 9)}T0${r.integer(0, 9)}:30:00+08:00`;
      return r.pick(textsFor(schema, r));
    case 'array':
      return arrayFor(schema, r);
    case 'object':
      return objectFor(schema, r);
    default:
      throw new Error(`no values for ${JSON.stringify(schema)}`);
  }
}

/** Some texts, none of which `not` lists. */
function textsFor(schema: Schema, r: Random): readonly string[] {
  const refused: unknown = Object(schema.not).enum;
  const texts = ['x', '客户', 'A-1 🙂', 'some text', `x${r.integer(0, 1e6)}`];
  return Array.isArray(refused) ? texts.filter((text) => !refused.includes(text)) : texts;
}

function arrayFor(schema: Schema, r: Random): unknown[] {
  const items: Schema = Object(schema.items);
  const least = typeof schema.minItems === 'number' ? schema.minItems : 0;
  const most = typeof schema.maxItems === 'number' ? schema.maxItems : least + 2;
  if (schema.uniqueItems === true && Array.isArray(items.enum)) {
    const shuffled = [...items.enum].sort(() => r.next() - 0.5);
    return shuffled.slice(0, r.integer(least, items.enum.length));
  }
  return Array.from({ length: r.integer(least, Math.min(most, least + 2)) }, () => valueFor(items, r));
}

function objectFor(schema: Schema, r: Random): Record<string, unknown> {
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const value: Record<string, unknown> = {};
  const properties: Record<string, Schema> = Object(schema.properties);
  const names = Object.keys(properties);
  const always = schema.minProperties === 1 ? r.pick(names) : null;
  for (const name of names) {
    if (name === 'at') continue;
    if (required.has(name) || name === always || r.chance(0.3)) value[name] = valueFor(properties[name] ?? {}, r);
  }
  return value;
}
