import { diffLines, diffWordsWithSpace } from 'diff';

/** A piece of a line; `isOther`: the other text has it otherwise. */
export interface Piece {
  readonly text: string;
  readonly isOther: boolean;
}

export interface Line {
  /** From 1. */
  readonly number: number;
  readonly pieces: readonly Piece[];
}

/** A line of the one text beside a line of the other; null: it has none there. */
export interface Row {
  readonly before: Line | null;
  readonly after: Line | null;
  readonly isSame: boolean;
}

/** Rows that are shown, or rows of which nothing has changed and that are far from what has. */
export interface Block {
  readonly rows: readonly Row[];
  readonly isFar: boolean;
}

/** Milliseconds after which two texts are too different. */
const PATIENCE_MS = 2_000;
/** Lines that are shown around what has changed, and the fewest that are worth folding. */
const AROUND = 3;
const WORTH = 4;

/** Two texts line by line; null: they are too different for that. */
export function compareLines(before: string, after: string): readonly Block[] | null {
  const parts = diffLines(before, after, { timeout: PATIENCE_MS });
  if (parts === undefined) return null;
  const rows: Row[] = [];
  let [last, next] = [0, 0];
  let gone: readonly string[] = [];
  const flush = (come: readonly string[]) => {
    for (let at = 0; at < Math.max(gone.length, come.length); at += 1) {
      const [former, latter] = piecesOf(gone[at] ?? null, come[at] ?? null);
      if (former !== null) last += 1;
      if (latter !== null) next += 1;
      rows.push({
        before: former && { number: last, pieces: former },
        after: latter && { number: next, pieces: latter },
        isSame: false,
      });
    }
    gone = [];
  };
  for (const { value, added, removed } of parts) {
    const lines = linesOf(value);
    if (removed) gone = lines;
    else if (added) flush(lines);
    else {
      flush([]);
      for (const text of lines) {
        last += 1;
        next += 1;
        const pieces = [{ text, isOther: false }];
        rows.push({ before: { number: last, pieces }, after: { number: next, pieces }, isSame: true });
      }
    }
  }
  flush([]);
  return blocksOf(rows);
}

function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function piecesOf(
  before: string | null,
  after: string | null,
): readonly [readonly Piece[] | null, readonly Piece[] | null] {
  const whole = (text: string | null) => (text === null ? null : [{ text, isOther: false }]);
  if (before === null || after === null) return [whole(before), whole(after)];
  const words = diffWordsWithSpace(before, after);
  const common = words.filter(({ added, removed }) => !added && !removed).map(({ value }) => value.trim());
  // Lines that have nothing in common are told as a whole.
  if (common.join('').length === 0) return [whole(before), whole(after)];
  return [
    words.filter(({ added }) => !added).map(({ value, removed }) => ({ text: value, isOther: removed })),
    words.filter(({ removed }) => !removed).map(({ value, added }) => ({ text: value, isOther: added })),
  ];
}

function blocksOf(rows: readonly Row[]): readonly Block[] {
  const near = new Set<number>();
  for (const [at, { isSame }] of rows.entries())
    if (!isSame) for (let beside = at - AROUND; beside <= at + AROUND; beside += 1) near.add(beside);
  const blocks: { rows: Row[]; isFar: boolean }[] = [];
  for (const [at, row] of rows.entries()) {
    const isFar = !near.has(at);
    const block = blocks.at(-1);
    if (block?.isFar === isFar) block.rows.push(row);
    else blocks.push({ rows: [row], isFar });
  }
  return blocks.map((block) => (block.rows.length < WORTH ? { ...block, isFar: false } : block));
}
