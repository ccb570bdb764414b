import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** A value that JSON can carry. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What has come through JSON or YAML: this only tells the compiler so, and turns what cannot be into null. */
export function toJson(value: unknown): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object') return null;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toJson(member)]));
}

/**
 * RFC 8785 (JCS) text: the one spelling of a value, so that equal values have equal hashes. Throws for what JSON
 * cannot carry.
 *
 * Every event is sealed, and this takes half the time of the library, to which odd values are left.
 */
export function canonicalJson(value: unknown): string {
  const text = spelt(value) ?? canonicalize(value);
  if (text === undefined) throw new Error('a value that JSON cannot carry has no canonical text');
  return text;
}

/** Null: the value, or one in it, is odd. */
function spelt(value: unknown): string | null {
  if (typeof value === 'string') return speltString(value);
  if (value === null || typeof value === 'boolean') return String(value);
  // The standard's spelling of numbers is that of ECMAScript.
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : null;
  if (typeof value !== 'object' || 'toJSON' in value) return null;
  return Array.isArray(value) ? speltArray(value) : speltObject(value);
}

function speltArray(items: readonly unknown[]): string | null {
  let text = '';
  for (const item of items) {
    const one = spelt(item);
    if (one === null) return null;
    text += text === '' ? one : `,${one}`;
  }
  return `[${text}]`;
}

/** With its keys in order of their UTF-16 code units. */
function speltObject(value: object): string | null {
  let text = '';
  for (const key of Object.keys(value).sort()) {
    const [name, member] = [speltString(key), spelt(Reflect.get(value, key))];
    if (name === null || member === null) return null;
    text += `${text === '' ? '' : ','}${name}:${member}`;
  }
  return `{${text}}`;
}

/** Nothing that JSON escapes, and no surrogate: half a pair of them has no canonical text. */
const plain = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;

function speltString(value: string): string | null {
  if (plain.test(value)) return `"${value}"`;
  const text = JSON.stringify(value);
  return text.includes('\\ud') ? null : text;
}

/** SHA-256 of a text in UTF-8, as 64 lower-case hexadecimal digits. */
export function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}
