/** A stretch of the file: offsets of UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A file's text with the offsets at which its lines start. */
export interface Source {
  readonly text: string;
  readonly file: string;
  readonly lineStarts: readonly number[];
}

export function makeSource(text: string, file: string): Source {
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  return { text, file, lineStarts };
}

/** Line and column of an offset, both counted from 1. */
export function placeOf(
  { lineStarts, text }: Source,
  offset: number,
): { readonly line: number; readonly column: number } {
  const at = Math.min(Math.max(offset, 0), text.length);
  let [low, high] = [0, lineStarts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: at - (lineStarts[low] ?? 0) + 1 };
}

/** The span cut at the end of its first line. */
export function firstLine({ text }: Source, { start, end }: Span): Span {
  const newline = text.slice(start, end).search(/\r?\n/);
  return { start, end: newline < 0 ? end : start + newline };
}
