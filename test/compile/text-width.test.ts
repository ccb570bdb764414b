import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textWidth, wrapText } from '../../src/compile/text-width.ts';

describe('wrapText', () => {
  it.each([
    ['one two three four', 5, 3, ['one two', 'three four']],
    ['one two three four', 5, 1, ['one two…']],
    ['客户回访与满意度调查', 6, 2, ['客户回访与满', '意度调查']],
    ['收集行业信息，并整理', 6, 2, ['收集行业信息，', '并整理']],
    ['在 CRM 中登记', 5, 2, ['在 CRM 中', '登记']],
    ['unbreakablelongword', 5, 2, ['unbreaka…']],
    ['  spaces   around ', 20, 2, ['spaces   around']],
    ['', 5, 2, []],
  ])('breaks %j at %d em into at most %d lines', (text, width, most, lines) => {
    expect(wrapText(text, width, most)).toEqual(lines);
  });

  it('loses nothing without saying so, and stays within the width', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 3, max: 30 }), (text, width) => {
        const lines = wrapText(text, width, 3);
        const squeezed = (words: string): string => words.replace(/\s/g, '');
        expect(lines.length).toBeLessThanOrEqual(3);
        if (!lines.some((line) => line.endsWith('…'))) expect(squeezed(lines.join(''))).toBe(squeezed(text));
        // Closing punctuation may hang over.
        for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(width + 1);
      }),
    );
  });
});
