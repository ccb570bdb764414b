import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** A value that JSON can carry. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * RFC 8785 (JCS) text: the one spelling of a value, so that equal values have equal hashes.
 *
 * JSON.stringify spells everything as the standard asks but for the order of keys, so it suffices to put those in
 * order: every event is sealed, and this halves what that takes. Odd values are left to the library.
 */
export function canonicalJson(value: unknown): string {
  const ordered = inOrder(value);
  const text = ordered === ODD ? canonicalize(value) : JSON.stringify(ordered);
  if (text === undefined) throw new Error('a value that JSON cannot carry has no canonical text');
  // An escape of this kind may be half a surrogate pair, which has no canonical text either: the library tells.
  return text.includes('\\ud') ? (canonicalize(value) ?? text) : text;
}

/** Stands for a value that cannot be put in order here. */
const ODD = Symbol('odd');

/** The value with the keys of every object in order of their UTF-16 code units. */
function inOrder(value: unknown): unknown {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : ODD;
  if (typeof value !== 'object' || 'toJSON' in value) return ODD;
  if (Array.isArray(value)) {
    const items = value.map(inOrder);
    return items.includes(ODD) ? ODD : items;
  }
  const ordered: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    // Keys like numbers come first in any object, whatever the order they were added in; __proto__ is no key at all.
    if (/^\d/.test(key) || key === '__proto__') return ODD;
    const member = inOrder(Reflect.get(value, key));
    if (member === ODD) return ODD;
    ordered[key] = member;
  }
  return ordered;
}

/** SHA-256 of a text in UTF-8, as 64 lower-case hexadecimal digits. */
export function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}
