import type { Outline } from './outline.ts';
import { type Path, pointerOf } from './outline.ts';

/** Plain data that the schema may have found wanting, read so that whatever it is, something well-typed comes out. */
export interface Raw {
  readonly value: unknown;
  readonly path: Path;
  readonly outline: Outline;
}

export function rawOf(outline: Outline): Raw {
  return { value: outline.value, path: [], outline };
}

/** The member under a key; its value is undefined when there is none. */
export function member(raw: Raw, key: string): Raw {
  const value = isMap(raw.value) && Object.hasOwn(raw.value, key) ? raw.value[key] : undefined;
  return { value, path: [...raw.path, key], outline: raw.outline };
}

/** The members of a map in the order written; none when it is not a map. */
export function entries(raw: Raw): readonly (readonly [string, Raw])[] {
  if (!isMap(raw.value)) return [];
  const keys = raw.outline.marks.get(pointerOf(raw.path))?.keys ?? [];
  return keys.map((key) => [key, member(raw, key)]);
}

/** The items of a list; none when it is not a list. */
export function items(raw: Raw): readonly Raw[] {
  if (!Array.isArray(raw.value)) return [];
  return raw.value.map((value: unknown, index) => ({ value, path: [...raw.path, index], outline: raw.outline }));
}

export const string = ({ value }: Raw): string | null => (typeof value === 'string' ? value : null);
export const number = ({ value }: Raw): number | null => (typeof value === 'number' ? value : null);
export const isTrue = ({ value }: Raw): boolean => value === true;

/** The texts of a list, or the one text that stands in its place. */
export function strings(raw: Raw): readonly string[] {
  if (typeof raw.value === 'string') return [raw.value];
  return items(raw).flatMap((item) => string(item) ?? []);
}

/** The one of `allowed` that is written, else the first. */
export function oneOf<T extends string>(raw: Raw, allowed: readonly [T, ...T[]]): T {
  return allowed.find((word) => word === raw.value) ?? allowed[0];
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
