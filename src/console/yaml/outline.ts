/** Keys and indexes from the top of a file. */
export type Path = readonly (string | number)[];

/** A part of a YAML text, as far as it can be told while it is being written. Offsets are of the whole text. */
export interface Part {
  /** Of a list's item, its index. */
  readonly key: string | number;
  readonly parent: Part | null;
  readonly depth: number;
  readonly keyFrom: number;
  readonly keyTo: number;
  /** Column of the key, or of an item's dash; what is deeper belongs to it. In braces that of the line's own key. */
  readonly indent: number;
  /** Behind the colon; -1 of a word that has none (yet). */
  readonly colon: number;
  readonly children: Part[];
  /** Of the value: braces, brackets and quotes included; both are where it would begin when there is none. */
  from: number;
  to: number;
  shape: 'none' | 'scalar' | 'block-text' | 'flow-map' | 'flow-list';
}

/** What is deeper is no process file, and is not looked into. */
const MAX_DEPTH = 64;

const KEY = /^("(?:\\.|[^"\\])*"|'[^']*'|[^\s#&*!|>'"%@`{}[\],][^#{}[\]]*?)\s*:(?=\s|$)/;

/**
 * Reads a text that need not be valid: by indentation, and in braces by their signs. Braces that nobody closes end where
 * a line begins with a key that is not deeper than theirs.
 */
export function readOutline(text: string): Part {
  const root = partOf('', null, { keyFrom: 0, keyTo: 0, indent: -1, colon: 0 });
  let top = root;
  for (let at = 0; at < text.length; ) {
    const end = endOfLine(text, at);
    const pos = skipBlanks(text, at, end);
    if (pos === end || text[pos] === '#') at = end + 1;
    else [top, at] = readLine(text, at, pos, end, top);
  }
  return root;
}

/** Returns the part that is open now, and where the next line begins. */
function readLine(text: string, start: number, from: number, end: number, open: Part): readonly [Part, number] {
  let [top, pos] = [open, from];
  for (; isDash(text, pos) && top.depth < MAX_DEPTH; pos = skipBlanks(text, pos + 1, end)) {
    const column = pos - start;
    while (top.parent !== null && (top.indent > column || (top.indent === column && typeof top.key === 'number')))
      top = top.parent;
    const place = { keyFrom: pos, keyTo: pos + 1, indent: column, colon: pos + 1 };
    top = partOf(top.children.length, top, place);
  }
  const column = pos - start;
  if (pos === end || text[pos] === '#') return [top, end + 1];
  while (top.parent !== null && top.indent >= column) top = top.parent;
  const written = KEY.exec(text.slice(pos, end));
  if (written !== null) {
    const [whole, key = ''] = written;
    const colon = pos + whole.length;
    top = partOf(bare(key), top, { keyFrom: pos, keyTo: pos + key.length, indent: column, colon });
    pos = skipBlanks(text, colon, end);
    if (pos === end || text[pos] === '#') return [top, end + 1];
  } else if (top.shape !== 'none' || top.children.length > 0 || top.parent === null) {
    // A word on its own, most likely a key that is being written.
    const to = endOfPlain(text, pos, end);
    partOf(text.slice(pos, to), top, { keyFrom: pos, keyTo: to, indent: column, colon: -1 });
    return [top, end + 1];
  }
  return [top, readValue(text, pos, end, top)];
}

/** Reads what stands behind a key or a dash; returns where the next line begins. */
function readValue(text: string, pos: number, end: number, part: Part): number {
  part.from = pos;
  const sign = text.charAt(pos);
  if (sign === '{' || sign === '[') {
    part.to = readFlow(text, pos, part);
    return endOfLine(text, part.to) + 1;
  }
  if (sign === '|' || sign === '>') {
    part.shape = 'block-text';
    let at = end + 1;
    while (at < text.length && isDeeper(text, at, part.indent)) at = endOfLine(text, at) + 1;
    part.to = Math.min(at, text.length);
    return at;
  }
  part.shape = 'scalar';
  part.to = sign === '"' || sign === "'" ? endOfQuoted(text, pos, end) : endOfPlain(text, pos, end);
  return end + 1;
}

/** Reads braces or brackets into a part; returns where they end. */
function readFlow(text: string, open: number, part: Part): number {
  const isMap = text[open] === '{';
  const close = isMap ? '}' : ']';
  part.shape = isMap ? 'flow-map' : 'flow-list';
  let pos = open + 1;
  for (;;) {
    pos = skipToNext(text, pos);
    if (pos >= text.length || isKeyOfBlock(text, pos, part.indent)) return pos;
    const sign = text.charAt(pos);
    if (sign === close) return pos + 1;
    // A bracket that closes another: whoever opened it has gone on without closing this one.
    if (sign === '}' || sign === ']') return pos;
    if (sign === ',') pos++;
    else pos = isMap ? readPair(text, pos, part) : readItem(text, pos, part);
  }
}

function readPair(text: string, pos: number, map: Part): number {
  const keyTo = endInFlow(text, pos);
  const behind = skipBlanks(text, keyTo, endOfLine(text, keyTo));
  const hasColon = text[behind] === ':';
  const place = { keyFrom: pos, keyTo, indent: map.indent, colon: hasColon ? behind + 1 : -1 };
  const pair = partOf(bare(text.slice(pos, keyTo)), map, place);
  if (!hasColon) return Math.max(keyTo, pos + 1);
  const value = skipToNext(text, behind + 1);
  const isNone = value >= text.length || /[,}\]]/.test(text.charAt(value)) || isKeyOfBlock(text, value, map.indent);
  return isNone ? behind + 1 : readInFlow(text, value, pair);
}

function readItem(text: string, pos: number, list: Part): number {
  const place = { keyFrom: pos, keyTo: pos, indent: list.indent, colon: pos };
  return readInFlow(text, pos, partOf(list.children.length, list, place));
}

function readInFlow(text: string, pos: number, part: Part): number {
  part.from = pos;
  const isFlow = text[pos] === '{' || text[pos] === '[';
  if (isFlow && part.depth < MAX_DEPTH) part.to = readFlow(text, pos, part);
  else {
    part.shape = 'scalar';
    part.to = endInFlow(text, pos);
  }
  return Math.max(part.to, pos + 1);
}

type Place = Pick<Part, 'keyFrom' | 'keyTo' | 'indent' | 'colon'>;

function partOf(key: string | number, parent: Part | null, place: Place): Part {
  const from = Math.max(place.colon, place.keyTo);
  const depth = parent === null ? 0 : parent.depth + 1;
  const part: Part = { key, parent, depth, ...place, children: [], from, to: from, shape: 'none' };
  parent?.children.push(part);
  return part;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

function skipBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && /\s/.test(text.charAt(at))) at++;
  return at;
}

/** Past blanks, line breaks and remarks. */
function skipToNext(text: string, from: number): number {
  let at = skipBlanks(text, from, text.length);
  while (text[at] === '#' && /\s/.test(text.charAt(at - 1))) at = skipBlanks(text, endOfLine(text, at), text.length);
  return at;
}

const isDash = (text: string, at: number): boolean => text[at] === '-' && /\s|^$/.test(text.charAt(at + 1));

function isDeeper(text: string, line: number, indent: number): boolean {
  const end = endOfLine(text, line);
  const pos = skipBlanks(text, line, end);
  return pos === end || pos - line > indent;
}

/** Whether a line begins at `pos` that can be no part of the braces of a key of this indentation. */
function isKeyOfBlock(text: string, pos: number, indent: number): boolean {
  let line = pos;
  while (text[line - 1] === ' ') line--;
  return text[line - 1] === '\n' && pos - line <= indent && isKeyOrDash(text, pos);
}

function isKeyOrDash(text: string, pos: number): boolean {
  return isDash(text, pos) || KEY.test(text.slice(pos, endOfLine(text, pos)));
}

function endOfQuoted(text: string, from: number, end: number): number {
  const quote = text.charAt(from);
  for (let at = from + 1; at < end; at++) {
    if (text[at] === '\\' && quote === '"') at++;
    else if (text[at] === quote && text[at + 1] === quote && quote === "'") at++;
    else if (text[at] === quote) return at + 1;
  }
  return end;
}

function endOfPlain(text: string, from: number, end: number): number {
  const line = text.slice(from, end);
  const remark = line.search(/\s#/);
  return from + (remark < 0 ? line : line.slice(0, remark)).trimEnd().length;
}

/** Where a key or a scalar ends in braces or brackets. */
function endInFlow(text: string, from: number): number {
  const end = endOfLine(text, from);
  if (text[from] === '"' || text[from] === "'") return endOfQuoted(text, from, end);
  const found = text.slice(from, end).search(/[,{}[\]]|:(?=[\s,}\]]|$)|\s#/);
  return from + (found < 0 ? text.slice(from, end) : text.slice(from, from + found)).trimEnd().length;
}

/** A key or scalar without its quotes. */
export function bare(written: string): string {
  const quote = written.charAt(0);
  if (quote !== '"' && quote !== "'") return written;
  const inner = written.slice(1, written.endsWith(quote) && written.length > 1 ? -1 : undefined);
  return quote === "'" ? inner.replaceAll("''", "'") : inner.replaceAll(/\\(["\\])/g, '$1');
}

export function pathOf(part: Part): Path {
  return part.parent === null ? [] : [...pathOf(part.parent), part.key];
}

/** The part at a path; null: there is none. */
export function partAt(root: Part, path: Path): Part | null {
  return path.reduce<Part | null>((part, key) => part?.children.find((child) => child.key === key) ?? null, root);
}

/** The text of a scalar, without its quotes. */
export function scalarOf(text: string, { from, to }: Part): string {
  return bare(text.slice(from, to));
}
