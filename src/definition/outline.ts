import type { Span } from './source.ts';

/** Keys and indexes from the top of the file to an element. */
export type Path = readonly (string | number)[];

/** Where one element of the file stands. */
export interface Mark {
  /** Its key, where it has one. */
  readonly key: Span | null;
  /** A scalar's whole text; nothing of a map or list that has a key. */
  readonly value: Span;
  /** A map's keys, in the order written (a JavaScript object would put number-like ones first). */
  readonly keys: readonly string[];
}

/** The file as plain data, and where each part of it was written. */
export interface Outline {
  readonly value: unknown;
  readonly marks: ReadonlyMap<string, Mark>;
  /** Pointers of members that were refused; the value there, if any, is not what was meant. */
  readonly dropped: ReadonlySet<string>;
}

/** RFC 6901 pointer of a path. */
export function pointerOf(path: Path): string {
  // Asked for of every element several times, few of which have anything to escape.
  let pointer = '';
  for (const part of path) pointer += `/${typeof part === 'string' && /[~/]/.test(part) ? escaped(part) : part}`;
  return pointer;
}

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** The mark of an element or, where it was not written, of the nearest one around it. */
function nearest({ marks }: Outline, pointer: string): Mark | undefined {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const mark = marks.get(at);
    if (mark !== undefined || at === '') return mark;
  }
}

const TOP: Span = { start: 0, end: 0 };

/** The word that names an element: its key or, in a list, itself. */
export function keySpan(outline: Outline, pointer: string): Span {
  const mark = nearest(outline, pointer);
  return mark?.key ?? mark?.value ?? TOP;
}

/** The value of an element; its key where the value is a map, a list or nothing. */
export function valueSpan(outline: Outline, pointer: string): Span {
  const mark = nearest(outline, pointer);
  if (mark === undefined) return TOP;
  return mark.value.end > mark.value.start || mark.key === null ? mark.value : mark.key;
}

/** True at and below what was refused: the value that is there is not the one that was meant. */
export function isDropped({ dropped }: Outline, pointer: string): boolean {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) if (dropped.has(at)) return true;
  return dropped.has('');
}
