import {
  blockEnd,
  type Collection,
  columnOf,
  isFirstOnLine,
  isFlow,
  itemsOf,
  lineStart,
  nextLine,
  remarkStart,
  type Tree,
} from './layout.ts';
import { Unwritable } from './refuse.ts';
import type { Splice } from './splice.ts';

/** What becomes of the items of a map or list. */
export interface ItemChanges {
  readonly removed: ReadonlySet<number>;
  /** Whether the remarks directly above what is removed go with it. */
  readonly withRemarks: boolean;
  /** What comes after which item (-1: before all), as lines without indentation. */
  readonly added: readonly { readonly after: number; readonly lines: readonly string[] }[];
}

/** Items taken out of a map or list of the file and put into it; at least one of those that are there is kept. */
export function spliceItems(tree: Tree, collection: Collection, changes: ItemChanges): readonly Splice[] {
  const flow = isFlow(collection);
  return [
    ...removals(tree, collection, changes, flow),
    ...changes.added.map(({ after, lines }) =>
      flow ? addInFlow(tree, collection, after, lines, changes) : addInBlock(tree, collection, after, lines, changes),
    ),
  ];
}

function removals(tree: Tree, collection: Collection, changes: ItemChanges, flow: boolean): readonly Splice[] {
  const { text } = tree;
  const items = itemsOf(tree, collection);
  const splices: Splice[] = [];
  for (let first = 0; first < items.length; first++) {
    if (!changes.removed.has(first)) continue;
    let last = first;
    while (changes.removed.has(last + 1)) last++;
    const [from, to] = [items[first], items[last]];
    const [before, after] = [items[first - 1], items[last + 1]];
    first = last;
    if (from === undefined || to === undefined) continue;
    if (flow || !isFirstOnLine(text, from.start)) {
      const range = after === undefined ? [before?.end ?? from.start, to.end] : [from.start, after.start];
      const [start = 0, end = 0] = range;
      keepRemarks(tree, after === undefined ? start : to.end, after === undefined ? from.start : end);
      splices.push({ start, end, text: '' });
    } else {
      const start = changes.withRemarks && before !== undefined ? remarkStart(text, from) : lineStart(text, from.start);
      splices.push({ start, end: nextLine(text, blockEnd(text, to)), text: '' });
    }
  }
  return splices;
}

/** Nobody's remarks are lost with the comma beside them. */
function keepRemarks({ text }: Tree, start: number, end: number): void {
  if (text.slice(start, end).includes('#')) throw new Unwritable(start);
}

function addInFlow(
  tree: Tree,
  collection: Collection,
  after: number,
  [line = '', ...more]: readonly string[],
  { removed }: ItemChanges,
): Splice {
  if (more.length > 0) throw new Unwritable(collection.range?.[0] ?? 0);
  const items = itemsOf(tree, collection);
  const before = items.findLast((_, n) => n <= after && !removed.has(n));
  if (before !== undefined) return { start: before.end, end: before.end, text: `, ${line}` };
  const next = items.find((_, n) => n > after && !removed.has(n));
  const start = next?.start ?? 0;
  return { start, end: start, text: `${line}, ` };
}

function addInBlock(
  tree: Tree,
  collection: Collection,
  after: number,
  lines: readonly string[],
  { removed }: ItemChanges,
): Splice {
  const { text, eol } = tree;
  const items = itemsOf(tree, collection);
  const indent = ' '.repeat(columnOf(text, items[0]?.start ?? 0));
  const indented = lines.map((line) => (line === '' ? '' : `${indent}${line}`));
  const before = items.findLast((_, n) => n <= after && !removed.has(n));
  if (before !== undefined) {
    const start = blockEnd(text, before);
    return { start, end: start, text: `${eol}${indented.join(eol)}` };
  }
  const next = items.find((_, n) => n > after && !removed.has(n));
  const start = next?.start ?? 0;
  return { start, end: start, text: `${indented.join(eol).trimStart()}${eol}${indent}` };
}
