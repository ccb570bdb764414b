import { isCollection, type ParsedNode, type YAMLMap, type YAMLSeq } from 'yaml';
import { isListNode, isMapNode, keyText, type Path } from './plain.ts';

/** A map or list of the file. */
export type Collection = YAMLMap.Parsed | YAMLSeq.Parsed;

/** A file's text and the nodes in it. */
export interface Tree {
  readonly text: string;
  readonly root: YAMLMap.Parsed;
  /** How its lines end. */
  readonly eol: '\n' | '\r\n';
}

/** A member of a map or an item of a list: where it begins, where what it says ends. */
export interface Item {
  /** Null in a list. */
  readonly key: ParsedNode | null;
  readonly node: ParsedNode | null;
  readonly start: number;
  readonly end: number;
}

export function itemsOf(tree: Tree, collection: Collection): readonly Item[] {
  if (isMapNode(collection)) {
    return collection.items.map(({ key, value }) => ({
      key,
      node: value,
      start: key.range[0],
      end: value === null ? key.range[1] : endOf(tree, value),
    }));
  }
  return collection.items.map((node) => {
    const start = node?.range[0] ?? 0;
    const end = node === null ? start : endOf(tree, node);
    // In block style an item begins with its dash.
    return { key: null, node, start: isFlow(collection) ? start : tree.text.lastIndexOf('-', start), end };
  });
}

/** Where what a node says ends: before the remarks and empty lines that YAML counts to it. */
export function endOf(tree: Tree, node: ParsedNode): number {
  if (isMapNode(node) && !isFlow(node)) {
    const last = node.items.at(-1);
    return last === undefined ? node.range[1] : last.value === null ? last.key.range[1] : endOf(tree, last.value);
  }
  if (isListNode(node) && !isFlow(node)) {
    const last = node.items.at(-1);
    return last === undefined || last === null ? node.range[1] : endOf(tree, last);
  }
  // A block text ends with its line break.
  let end = node.range[1];
  while (end > node.range[0] && /[\r\n]/.test(tree.text.charAt(end - 1))) end--;
  return end;
}

/** In braces or brackets. */
export function isFlow(node: ParsedNode | null): boolean {
  return isCollection(node) && node.flow === true;
}

/** The node at a path; undefined: there is none. */
export function nodeAt(tree: Tree, path: Path): ParsedNode | null | undefined {
  return path.reduce<ParsedNode | null | undefined>((at, part) => {
    if (isMapNode(at)) return at.items.find(({ key }) => keyText(key) === String(part))?.value;
    return isListNode(at) && typeof part === 'number' ? at.items[part] : undefined;
  }, tree.root);
}

export function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** The end of a line before its line break. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  if (end < 0) return text.length;
  return text.charAt(end - 1) === '\r' && end > at ? end - 1 : end;
}

/** The offset behind a line's break. */
export function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

export function columnOf(text: string, at: number): number {
  return at - lineStart(text, at);
}

/** True when nothing but indentation is before it on its line. */
export function isFirstOnLine(text: string, at: number): boolean {
  return text.slice(lineStart(text, at), at).trim() === '';
}

/** The end of the lines of a block item (before the last line's break): remarks that are indented deeper are its own. */
export function blockEnd(text: string, { start, end }: Item): number {
  const column = columnOf(text, start);
  let own = lineEnd(text, end);
  for (let at = nextLine(text, own); at < text.length; at = nextLine(text, at)) {
    const line = text.slice(at, lineEnd(text, at));
    const indent = line.search(/\S/);
    if (indent >= 0 && (line.charAt(indent) !== '#' || indent <= column)) break;
    if (indent >= 0) own = at + line.length;
  }
  return own;
}

/** Where the remarks begin that stand directly above a block item, as far indented as it is; else its own line. */
export function remarkStart(text: string, { start }: Item): number {
  const column = columnOf(text, start);
  let own = lineStart(text, start);
  while (own > 0) {
    const above = lineStart(text, own - 1);
    const line = text.slice(above, own);
    if (line.search(/\S/) !== column || line.charAt(column) !== '#') break;
    own = above;
  }
  return own;
}
