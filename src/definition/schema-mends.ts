import { type Mend, putInQuotes, quoted, scalarOf } from './fix.ts';
import { type Outline, valueSpan } from './outline.ts';
import type { Source, Span } from './source.ts';

/** What mends a value of the wrong kind; `wanted` are the JSON types that it may have. */
export function mendKind(schemaPath: string, data: unknown, wanted: readonly unknown[]): Mend | null {
  if (schemaPath.includes('$defs/text/')) return typeof data === 'string' ? inItsLanguage(data) : null;
  if (/\$defs\/(duration|warning|gate)\//.test(schemaPath)) return null;
  if (typeof data === 'number' || typeof data === 'boolean')
    return /\$defs\/(source|note|choiceId)\//.test(schemaPath) ? putInQuotes : null;
  if (typeof data !== 'string' || wanted.includes('string')) return null;
  if (wanted.includes('array')) return (_, span) => ({ ...span, text: `[${scalarOf(data)}]` });
  if (wanted.includes('boolean') && /^(true|false)$/i.test(data)) return plainly(data.toLowerCase());
  return wanted.some((type) => type === 'number' || type === 'integer') && isNumber(data, wanted)
    ? plainly(data.trim())
    : null;
}

function isNumber(text: string, wanted: readonly unknown[]): boolean {
  return (wanted.includes('number') ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/).test(text.trim());
}

function plainly(text: string): Mend {
  return (_, span) => ({ ...span, text });
}

/** A bare text under the language that it is in. */
function inItsLanguage(text: string): Mend {
  const language = /\p{Script=Han}/u.test(text) ? 'zh' : 'en';
  return (_, span) => ({ ...span, text: `{ ${language}: ${quoted(text)} }` });
}

/** Words that an element cannot do without and that have something to begin with. */
const beginnings: Readonly<Record<string, (name: string) => string>> = {
  title: (name) => `{ zh: ${scalarOf(name)}, en: ${quoted(inWords(name))} }`,
  type: () => 'text',
};

/** The missing word before the others of its element, where there is something to begin with. */
export function mendMissing(outline: Outline, pointer: string, key: string): Mend | null {
  const begin = beginnings[key];
  const first = outline.marks.get(pointer)?.keys[0];
  const at = first === undefined ? null : outline.marks.get(`${pointer}/${first}`)?.key;
  if (begin === undefined || !at) return null;
  const name = pointer.slice(pointer.lastIndexOf('/') + 1) || 'process';
  return ({ text }) => {
    const before = text.slice(text.lastIndexOf('\n', at.start - 1) + 1, at.start);
    const after = /^ *$/.test(before) ? `\n${before}` : ', ';
    return { start: at.start, end: at.start, text: `${key}: ${begin(name)}${after}` };
  };
}

/** `market-analysis` as it is said: Market analysis. */
function inWords(id: string): string {
  const words = id.replaceAll(/[-_]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What stood behind the comma of a text in braces belongs to the text before it. */
export function mendRestOfText(outline: Outline, pointer: string, isRest: (key: string) => boolean): Mend | null {
  const map = pointer.slice(0, pointer.lastIndexOf('/'));
  const keys = outline.marks.get(map)?.keys ?? [];
  const n = keys.findIndex((key) => pointer === pointerIn(map, key));
  const [before, last] = [keys[n - 1], keys.slice(n).findLast((_, at, own) => own.slice(0, at + 1).every(isRest))];
  if (before === undefined || last === undefined || isRest(before)) return null;
  const end = outline.marks.get(pointerIn(map, last))?.key?.end;
  const { start } = valueSpan(outline, pointerIn(map, before));
  return end === undefined ? null : (source) => ({ start, end, text: unquotedThenQuoted(source, { start, end }) });
}

const pointerIn = (map: string, key: string): string => `${map}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;

function unquotedThenQuoted({ text }: Source, { start, end }: Span): string {
  return quoted(text.slice(start, end).replaceAll('"', ''));
}

/** Takes an item out of a list in brackets, with the comma before it. */
export function mendRepeated(outline: Outline, list: string, index: number): Mend {
  const before = valueSpan(outline, `${list}/${index - 1}`);
  return (_, { end }) => ({ start: before.end, end, text: '' });
}
