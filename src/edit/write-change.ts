import { isCollection, isScalar, Lexer, type ParsedNode } from 'yaml';
import { spanInScalar } from '../definition/index.ts';
import { type Change, freshMembers } from './change.ts';
import {
  blockEnd,
  type Collection,
  columnOf,
  endOf,
  type Item,
  isFlow,
  itemsOf,
  lineEnd,
  lineStart,
  nodeAt,
  remarkStart,
  type Tree,
} from './layout.ts';
import {
  isListNode,
  isMapNode,
  isPlainList,
  isPlainMap,
  isSame,
  keyText,
  type Path,
  type Plain,
  read,
} from './plain.ts';
import { Unwritable } from './refuse.ts';
import type { Splice } from './splice.ts';
import { spliceItems } from './splice-items.ts';
import { flowText, memberLines, type Quote, STEP, scalarText } from './write.ts';

const none: ReadonlySet<number> = new Set();

/** The splices that make a change in the text. Throws {@link Unwritable}. */
export function writeChange(tree: Tree, change: Change): readonly Splice[] {
  const { path } = change;
  switch (change.kind) {
    case 'set':
      return setNode(tree, existing(tree, path), change.value);
    case 'words': {
      const node = existing(tree, path);
      const [start, end] = node.range;
      const value = String(read(node));
      return change.words.map(({ offset, length, to }) => ({
        ...spanInScalar(tree.text, { start, end }, value, offset, length),
        text: to,
      }));
    }
    case 'insert': {
      const map = collectionAt(tree, path);
      const after = indexOf(map, change.after);
      return addTo(tree, map, after, linesOf(tree, map, change.key, change.value, change.like && isBlock(map, after)));
    }
    case 'remove': {
      const { map, index } = memberAt(tree, path);
      return spliceItems(tree, map, { removed: new Set([index]), withRemarks: false, added: [] });
    }
    case 'rekey': {
      const { item } = memberAt(tree, path);
      const [start, end] = item.key?.range ?? [0, 0];
      const key = scalarText(change.to, quoteAt(tree, start));
      // Values that stand in a column stay in it.
      const blanks = /^: ( +)\S/.exec(tree.text.slice(end, lineEnd(tree.text, end)))?.[1]?.length ?? 0;
      if (blanks === 0) return [{ start, end, text: key }];
      return [
        { start, end: end + 2 + blanks, text: `${key}: ${' '.repeat(Math.max(0, blanks + end - start - key.length))}` },
      ];
    }
    case 'move':
      return moveMember(tree, change);
  }
}

function existing(tree: Tree, path: Path): ParsedNode {
  const node = nodeAt(tree, path);
  if (node === null || node === undefined) throw new Unwritable(0);
  return node;
}

function collectionAt(tree: Tree, path: Path): Collection {
  const node = existing(tree, path);
  if (!isCollection(node)) throw new Unwritable(node.range[0]);
  return node;
}

function indexOf(collection: Collection, key: string | null): number {
  if (key === null || !isMapNode(collection)) return -1;
  return collection.items.findIndex((pair) => keyText(pair.key) === key);
}

function memberAt(tree: Tree, path: Path): { readonly map: Collection; readonly index: number; readonly item: Item } {
  const map = collectionAt(tree, path.slice(0, -1));
  const index = indexOf(map, String(path.at(-1)));
  const item = itemsOf(tree, map)[index];
  if (item === undefined) throw new Unwritable(map.range?.[0] ?? 0);
  return { map, index, item };
}

function indentOf(tree: Tree, collection: Collection): number {
  return columnOf(tree.text, itemsOf(tree, collection)[0]?.start ?? 0);
}

/** Whether the member of a map (-1: the first) is written over several lines. */
function isBlock(map: Collection, index: number): boolean {
  const value = isMapNode(map) ? map.items[Math.max(index, 0)]?.value : null;
  return isMapNode(value) && !isFlow(value);
}

function linesOf(tree: Tree, map: Collection, key: string, value: Plain, block: boolean): readonly string[] {
  if (isFlow(map)) return [`${scalarText(key, '')}: ${flowText(value)}`];
  return memberLines(key, value, indentOf(tree, map), block);
}

function addTo(tree: Tree, collection: Collection, after: number, lines: readonly string[]): readonly Splice[] {
  if (collection.items.length > 0) {
    return spliceItems(tree, collection, { removed: none, withRemarks: false, added: [{ after, lines }] });
  }
  const [start, end] = collection.range ?? [0, 0];
  return [{ start, end, text: `{ ${lines.join(' ')} }` }];
}

function setNode(tree: Tree, node: ParsedNode, value: Plain): readonly Splice[] {
  if (isMapNode(node) && isPlainMap(value)) {
    const known = node.items.map(({ key }) => keyText(key));
    if (!known.some((key) => value.has(key))) return replace(tree, node, value);
    const removed = new Set(known.flatMap((key, n) => (value.has(key) ? [] : [n])));
    const old = read(node);
    const added = isPlainMap(old) ? freshMembers(old, value) : [];
    return [
      ...node.items.flatMap(({ key, value: own }) => {
        const to = value.get(keyText(key));
        return to === undefined || own === null ? [] : setNode(tree, own, to);
      }),
      ...spliceItems(tree, node, {
        removed,
        withRemarks: false,
        added: added.map(({ key, after }) => ({
          after: indexOf(node, after),
          lines: linesOf(tree, node, key, value.get(key) ?? null, false),
        })),
      }),
    ];
  }
  if (isListNode(node) && isPlainList(value)) return setList(tree, node, value);
  return isSame(read(node), value) ? [] : replace(tree, node, value);
}

function setList(tree: Tree, node: Collection, value: readonly Plain[]): readonly Splice[] {
  const items = itemsOf(tree, node);
  if (items.length === 0 || value.length === 0)
    return [{ start: node.range?.[0] ?? 0, end: node.range?.[1] ?? 0, text: flowText(value) }];
  const kept = Math.min(items.length, value.length);
  return [
    ...items
      .slice(0, kept)
      .flatMap((item, n) => (item.node === null ? [] : setNode(tree, item.node, value[n] ?? null))),
    ...spliceItems(tree, node, {
      removed: new Set(items.map((_, n) => n).slice(kept)),
      withRemarks: false,
      added: value
        .slice(kept)
        .map((item) => ({ after: items.length - 1, lines: [isFlow(node) ? flowText(item) : `- ${flowText(item)}`] })),
    }),
  ];
}

/** The whole of a node written anew, on the line of its key. */
function replace(tree: Tree, node: ParsedNode, value: Plain): readonly Splice[] {
  const { text } = tree;
  const [start] = node.range;
  const written = isPlainList(value) || isPlainMap(value) ? flowText(value) : scalarText(value, quoteAt(tree, start));
  if (!isCollection(node) || isFlow(node)) {
    const end = endOf(tree, node);
    if (isScalar(node) && (node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL'))
      keepRemarks(text, start, end);
    else if (isCollection(node)) keepRemarks(text, start, end);
    return [{ start, end, text: written }];
  }
  // A block begins on a line of its own.
  const before = text.slice(0, start).trimEnd().length;
  const end = endOf(tree, node);
  keepRemarks(text, before, end);
  return [{ start: before, end, text: ` ${written}` }];
}

function keepRemarks(text: string, start: number, end: number): void {
  if (hasRemark(text.slice(start, end))) throw new Unwritable(start);
}

function hasRemark(part: string): boolean {
  return [...new Lexer().lex(part)].some((token) => token.startsWith('#'));
}

function quoteAt({ text }: Tree, at: number): Quote {
  const char = text.charAt(at);
  return char === '"' || char === "'" ? char : '';
}

function moveMember(tree: Tree, change: Extract<Change, { kind: 'move' }>): readonly Splice[] {
  const { path, to, after, made } = change;
  const from = memberAt(tree, path);
  const gone = memberAt(tree, change.gone);
  const target = collectionAt(tree, made === null ? to : to.slice(0, -1));
  const flow = isFlow(target);
  const index = indexOf(target, made === null ? after : made.after);
  const own = movedLines(tree, from.map, from.item, from.index, flow);
  const lines = made === null ? own : wrapped(String(to.at(-1)), own, flow);
  const removed = new Set([gone.index]);
  if (target === gone.map) {
    return spliceItems(tree, target, { removed, withRemarks: true, added: [{ after: index, lines }] });
  }
  const alone = gone.item.start === from.item.start;
  if (!alone) keepRemarks(tree.text, gone.item.start, lineStart(tree.text, from.item.start));
  return [
    ...spliceItems(tree, gone.map, { removed, withRemarks: alone, added: [] }),
    ...addTo(tree, target, index, lines),
  ];
}

/** The lines of a member as the only one of a new map. */
function wrapped(word: string, lines: readonly string[], flow: boolean): readonly string[] {
  if (flow) return [`${word}: { ${lines.join(' ')} }`];
  return [`${word}:`, ...lines.map((line) => (line === '' ? '' : `${' '.repeat(STEP)}${line}`))];
}

/** A member as it is written, remarks above it included, without its indentation. */
function movedLines(tree: Tree, map: Collection, item: Item, index: number, intoFlow: boolean): readonly string[] {
  const { text } = tree;
  const own = text.slice(item.start, item.end);
  if (isFlow(map) && !own.includes('\n')) return [own];
  if (intoFlow || isFlow(map)) {
    const start = isFlow(map) ? item.start : remarkStart(text, item);
    const end = isFlow(map) ? item.end : blockEnd(text, item);
    keepRemarks(text, start, end);
    const key = item.key === null ? '' : `${scalarText(keyText(item.key), '')}: `;
    return [`${key}${flowText(read(item.node))}`];
  }
  const column = columnOf(text, item.start);
  const start = index > 0 ? remarkStart(text, item) : lineStart(text, item.start);
  const lines = text.slice(start, blockEnd(text, item)).split(/\r?\n/);
  return lines.map((line) => (line.slice(0, column).trim() === '' ? line.slice(column) : line.trimStart()));
}
