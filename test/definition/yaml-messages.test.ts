import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readProcess } from '../../src/definition/index.ts';

const sales = readFileSync(new URL('../../processes/sales.yaml', import.meta.url), 'utf8');

/** The problems of the file after one slip of the hand. */
function slip(from: string, to: string) {
  expect(sales).toContain(from);
  return readProcess(sales.replace(from, to), 'sales.yaml').problems;
}

describe('what is said of YAML that is none', () => {
  it.each([
    ['a tab', '        owner: rep\n', '\towner: rep\n'],
    ['a line out of place', '        owner: operations\n', '          owner: operations\n'],
    ['a brace left open', 'say: { zh: 还有未解决的交付问题', 'say: zh: 还有未解决的交付问题'],
    ['a colon left out', '        advance: auto ', '        advance auto '],
  ])('is said in Chinese too: %s', (_what, from, to) => {
    const problems = slip(from, to).filter(({ code }) => code === 'yaml-syntax');
    expect(problems.length).toBeGreaterThan(0);
    for (const { message, remedy } of problems) {
      expect(message.zh).toMatch(/^文件不是有效的 YAML：[^A-Za-z]*(\{ \} 或 \[ \])?[^A-Za-z]*(YAML)?[^A-Za-z]*$/);
      expect(remedy.zh).toMatch(/\p{Script=Han}/u);
    }
  });

  it.each([['：', '        owner: operations', '        owner： operations']])(
    'names a full-width %s',
    (wide, from, to) => {
      const [first] = slip(from, to);
      expect(first?.remedy.zh).toContain(`全角符号“${wide}”`);
      expect(first?.remedy.en).toContain(`full-width ${wide}`);
    },
  );

  it('does not blame the full-width colon of a remark', () => {
    const remedies = slip('\noverride: {', '\nhold: { pause: any\noverride: {').map(({ remedy }) => remedy.en);
    expect(remedies).toContainEqual(expect.stringContaining('close every { and ['));
    expect(remedies).not.toContainEqual(expect.stringContaining('full-width'));
  });

  it('names a full-width comma in a list of names', () => {
    const remedies = slip('[market-analysis, sales-tools', '[market-analysis，sales-tools').map(
      ({ remedy }) => remedy.en,
    );
    expect(remedies).toContainEqual(expect.stringContaining('full-width ，'));
  });

  it('tells a text with a colon in it from a brace left open', () => {
    const [first] = slip(
      'title: { zh: 销售流程, en: Sales process }',
      'title: { zh: 销售流程, en: Sales: the process }',
    );
    expect(first?.remedy).toEqual({
      zh: '含有“: ”的文本请加引号',
      en: 'Put a text with ": " in it in quotes',
    });
  });

  it.each(['en: Sales, a process }', 'en: Sales, 过程 }'])(
    'tells the rest of a text behind a comma from a word: %s',
    (text) => {
      const [first] = slip('title: { zh: 销售流程, en: Sales process }', `title: { zh: 销售流程, ${text}`);
      expect([first?.code, first?.remedy]).toEqual([
        'unknown-key',
        { zh: '含逗号的文本请加引号', en: 'Put a text with a comma in it in quotes' },
      ]);
    },
  );
});
