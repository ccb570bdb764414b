import { readNodes } from '../definition/index.ts';
import type { Json } from '../json.ts';
import { isPlainList, isPlainMap, type Plain, read } from './plain.ts';

/**
 * A value as somebody writes it on a command line: in braces, brackets or quotes it is read as in a process file, and so
 * are numbers, true, false and null; anything else is the text that it is.
 */
export function readValue(text: string): Json {
  if (!/^\s*([{["']|-?\d+(\.\d+)?\s*$|(true|false|null)\s*$)/.test(text)) return text;
  const nodes = readNodes(`value: ${text}\n`);
  const file = nodes === null ? undefined : read(nodes);
  return isPlainMap(file) && file.size === 1 ? jsonOf(file.get('value') ?? null) : text;
}

function jsonOf(value: Plain): Json {
  if (isPlainList(value)) return value.map(jsonOf);
  if (!isPlainMap(value)) return value;
  return Object.fromEntries([...value].map(([key, own]) => [key, jsonOf(own)]));
}
