import { type Part, type Path, pathOf } from './outline.ts';

/** Where in a file something is being written, or pointed at. */
export interface Spot {
  /** Of a key, the element that it is a word of; of a value, the value's own. */
  readonly path: Path;
  readonly role: 'key' | 'value';
  /** Where the word or scalar begins. */
  readonly from: number;
  /** Its part, where there is one. */
  readonly part: Part | null;
  /** Keys that the element has already, or scalars of the list: without the one that is being written. */
  readonly others: readonly Part[];
  readonly isFlow: boolean;
}

/** Null: in a remark, or in a text of several lines. */
export function spotAt(text: string, root: Part, offset: number): Spot | null {
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  if (isRemark(text.slice(line, offset))) return null;
  const flow = flowAround(text, root, offset);
  if (flow !== null) return inFlow(text, flow, offset);
  const last = lastBefore(root, offset);
  if (last.shape === 'block-text' && offset <= last.to) return null;
  const isOnLine = last.keyFrom >= line && last.parent !== null;
  if (isOnLine && last.colon >= 0 && offset >= last.colon) return valueSpot(last, offset);
  if (isOnLine) return keySpot(last, last.keyFrom);
  const written = text.slice(line, offset);
  const blank = written.length - written.trimStart().length;
  return keySpotIn(ownerOf(last, blank), line + blank, null, false);
}

/** Without what stands in quotes. */
function isRemark(before: string): boolean {
  return /(^|\s)#/.test(before.replace(/"(?:\\.|[^"\\])*"|'[^']*'/g, ''));
}

/** The innermost braces or brackets around a place. */
function flowAround(text: string, part: Part, offset: number): Part | null {
  for (const child of part.children) {
    const found = flowAround(text, child, offset);
    if (found !== null) return found;
  }
  const isFlow = part.shape === 'flow-map' || part.shape === 'flow-list';
  const isClosed = /[}\]]/.test(text.charAt(part.to - 1)) && part.to > part.from + 1;
  return isFlow && part.from < offset && (offset < part.to || (offset === part.to && !isClosed)) ? part : null;
}

function inFlow(text: string, flow: Part, offset: number): Spot {
  const last = flow.children.findLast(({ keyFrom }) => keyFrom <= offset) ?? null;
  const isBehind = last === null || text.slice(Math.max(last.to, last.keyTo), Math.max(offset, last.to)).includes(',');
  if (flow.shape === 'flow-list') {
    if (last !== null && !isBehind) return valueSpot(last, offset);
    const path = [...pathOf(flow), flow.children.length];
    return { path, role: 'value', from: offset, part: null, others: flow.children, isFlow: true };
  }
  if (last === null || isBehind) return keySpotIn(flow, offset, null, true);
  return last.colon >= 0 && offset >= last.colon ? valueSpot(last, offset) : keySpot(last, last.keyFrom);
}

const isInFlow = ({ parent }: Part): boolean => parent?.shape === 'flow-map' || parent?.shape === 'flow-list';

function keySpot(part: Part, from: number): Spot {
  return keySpotIn(part.parent ?? part, from, part, isInFlow(part));
}

function keySpotIn(owner: Part, from: number, part: Part | null, isFlow: boolean): Spot {
  const others = owner.children.filter((child) => child !== part);
  return { path: pathOf(owner), role: 'key', from, part, others, isFlow };
}

function valueSpot(part: Part, offset: number): Spot {
  const from = part.shape === 'none' ? offset : Math.min(part.from, offset);
  const others = typeof part.key === 'number' ? (part.parent?.children ?? []).filter((child) => child !== part) : [];
  return { path: pathOf(part), role: 'value', from, part, others, isFlow: isInFlow(part) };
}

/** The last part that begins at or before a place; in braces it is what the braces belong to. */
function lastBefore(root: Part, offset: number): Part {
  let found = root;
  for (;;) {
    if (found.shape === 'flow-map' || found.shape === 'flow-list') return found;
    const next = found.children.findLast(({ keyFrom }) => keyFrom <= offset);
    if (next === undefined) return found;
    found = next;
  }
}

/** The part that a line of this indentation belongs to, behind another. */
function ownerOf(last: Part, indent: number): Part {
  let owner = last;
  while (owner.parent !== null && (owner.indent >= indent || owner.colon < 0)) owner = owner.parent;
  return owner;
}
