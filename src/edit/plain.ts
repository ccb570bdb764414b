import { isMap, isScalar, isSeq, type ParsedNode, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Json } from '../json.ts';

/** What YAML can say, maps in their order (a JavaScript object would put number-like keys first). */
export type Plain = string | number | boolean | null | readonly Plain[] | PlainMap;
export type PlainMap = ReadonlyMap<string, Plain>;

/** Keys and indexes from the top of the file to an element. */
export type Path = readonly (string | number)[];

export function isPlainMap(value: Plain | undefined): value is PlainMap {
  return value instanceof Map;
}

export function isPlainList(value: Plain | undefined): value is readonly Plain[] {
  return Array.isArray(value);
}

export function plainOf(json: Json): Plain {
  if (isJsonList(json)) return json.map(plainOf);
  if (typeof json !== 'object' || json === null) return json;
  return new Map(Object.entries(json).map(([key, value]) => [key, plainOf(value)]));
}

function isJsonList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}

export function isMapNode(node: ParsedNode | null | undefined): node is YAMLMap.Parsed {
  return isMap(node);
}

export function isListNode(node: ParsedNode | null | undefined): node is YAMLSeq.Parsed {
  return isSeq(node);
}

/** What some nodes say. */
export function read(node: ParsedNode | null): Plain {
  if (isMapNode(node)) {
    return new Map(node.items.map(({ key, value }) => [keyText(key), read(value)]));
  }
  if (isListNode(node)) return node.items.map(read);
  const value: unknown = isScalar(node) ? node.value : null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

export function keyText(key: ParsedNode): string {
  return isScalar(key) ? String(key.value) : '';
}

/** Whether they say the same, members in the same order. */
export function isSame(a: Plain, b: Plain): boolean {
  if (isPlainList(a)) {
    return isPlainList(b) && a.length === b.length && a.every((item, n) => isSame(item, b[n] ?? null));
  }
  if (!isPlainMap(a)) return a === b;
  if (!isPlainMap(b) || a.size !== b.size) return false;
  const others = [...b];
  return [...a].every(([key, value], n) => others[n]?.[0] === key && isSame(value, others[n]?.[1] ?? null));
}

/** The value at a path; undefined: there is none. */
export function valueAt(value: Plain, path: Path): Plain | undefined {
  return path.reduce<Plain | undefined>((at, part) => {
    if (isPlainMap(at)) return at.get(String(part));
    return isPlainList(at) && typeof part === 'number' ? at[part] : undefined;
  }, value);
}
