import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Block, compareLines, type Line } from '../../src/console/parts/line-diff.ts';

const rowsOf = (blocks: readonly Block[] | null) => (blocks ?? []).flatMap(({ rows }) => rows);
const textOf = (line: Line | null) => (line === null ? [] : [line.pieces.map(({ text }) => text).join('')]);
const numbers = (count: number) => Array.from({ length: count }, (_, n) => `line ${n + 1}`);

describe('two texts line by line', () => {
  it('stand beside each other, with what is other within a line', () => {
    const [row, ...more] = rowsOf(compareLines('when: discount > 10\n', 'when: discount > 5\n'));
    expect(more).toEqual([]);
    expect(row).toEqual({
      isSame: false,
      before: {
        number: 1,
        pieces: [
          { text: 'when: discount > ', isOther: false },
          { text: '10', isOther: true },
        ],
      },
      after: {
        number: 1,
        pieces: [
          { text: 'when: discount > ', isOther: false },
          { text: '5', isOther: true },
        ],
      },
    });
  });

  it('show three lines around what has changed, and fold the others', () => {
    const lines = numbers(20);
    const blocks = compareLines(lines.join('\n'), lines.with(9, 'other').join('\n')) ?? [];
    expect(blocks.map(({ isFar, rows }) => [isFar, rows.length])).toEqual([
      [true, 6],
      [false, 7],
      [true, 7],
    ]);
  });

  it('are both there, whatever they are, each line once and in order', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c: 1', 'c: 2', '', '  d'), { maxLength: 12 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const rows = rowsOf(compareLines(`${before.join('\n')}\n`, `${after.join('\n')}\n`));
        const sides = (side: 'before' | 'after') => rows.flatMap((row) => textOf(row[side]));
        expect(sides('before')).toEqual(before.length === 0 ? [''] : before);
        expect(sides('after')).toEqual(after.length === 0 ? [''] : after);
        for (const side of ['before', 'after'] as const)
          expect(rows.flatMap((row) => row[side]?.number ?? [])).toEqual(sides(side).map((_, n) => n + 1));
      }),
    );
  });
});
