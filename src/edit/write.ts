import { parse } from 'yaml';
import { isPlainList, isPlainMap, type Plain, type PlainMap } from './plain.ts';

/** Longest line that a value is written on, where there is another way. */
const WIDTH = 120;
/** Blanks of one level. */
export const STEP = 2;

/** Clauses like 2.1.1 stand in quotes, as 2.1 must. */
const NUMBERED = /^[\d.]+$/;

export type Quote = '' | '"' | "'";

/** A value in one line, as it may stand in braces. */
export function flowText(value: Plain): string {
  if (isPlainList(value)) return `[${value.map(flowText).join(', ')}]`;
  if (!isPlainMap(value)) return scalarText(value, '');
  return value.size === 0
    ? '{}'
    : `{ ${[...value].map(([key, own]) => `${scalarText(key, '')}: ${flowText(own)}`).join(', ')} }`;
}

/** A scalar; a text in these quotes, and without any only where YAML then reads it as it is. */
export function scalarText(value: string | number | boolean | null, quote: Quote): string {
  if (typeof value !== 'string') return String(value);
  if (quote === '' && !NUMBERED.test(value) && isPlainText(value)) return value;
  const single = !/['\p{Cc}]/u.test(value) && (quote === "'" || (quote === '' && value.includes('"')));
  return single ? `'${value}'` : JSON.stringify(value);
}

/** Whether YAML reads it as it is, in braces too. */
function isPlainText(value: string): boolean {
  if (/[\p{Cc}\p{Surrogate}[\]{}]/u.test(value)) return false;
  try {
    return parse(`[${value}]`, { schema: 'core', version: '1.2' })?.[0] === value;
  } catch {
    return false;
  }
}

/** The lines of a member, not indented: one where it fits and need not be a `block`. */
export function memberLines(key: string, value: Plain, indent: number, block: boolean): readonly string[] {
  const line = `${scalarText(key, '')}: ${flowText(value)}`;
  if (!isPlainMap(value) || value.size === 0 || (!block && indent + line.length <= WIDTH)) return [line];
  return [`${scalarText(key, '')}:`, ...blockLines(value, indent + STEP)];
}

function blockLines(value: PlainMap, indent: number): readonly string[] {
  return [...value].flatMap(([key, own]) =>
    memberLines(key, own, indent, levels(own) > 2).map((line) => `${' '.repeat(STEP)}${line}`),
  );
}

/** How many maps are inside one another. */
function levels(value: Plain): number {
  return isPlainMap(value) ? 1 + Math.max(0, ...[...value.values()].map(levels)) : 0;
}
