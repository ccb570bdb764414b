import type { ErrorCode } from 'yaml';
import type { Text } from '../text.ts';
import type { Mend } from './fix.ts';

/** In Chinese, what the YAML parser says in English; what process files never have is left to the general words. */
const saidInChinese: Partial<Record<ErrorCode, string>> = {
  TAB_AS_INDENT: '缩进中有制表符',
  BAD_INDENT: '同一层的行没有对齐',
  BLOCK_IN_FLOW: '在 { } 或 [ ] 之内换成了缩进写法，可能是前面的括号没有关上',
  BAD_SCALAR_START: '文本以 YAML 的保留符号开头',
  BLOCK_AS_IMPLICIT_KEY: '同一行里出现了第二个键，或文本中有未加引号的“: ”',
  MULTILINE_IMPLICIT_KEY: '这一行没有写完：键后面缺少冒号，或引号、括号没有关上',
  BAD_DQ_ESCAPE: '双引号中有无效的反斜杠转义',
  MISSING_CHAR: '缺少一个符号',
  UNEXPECTED_TOKEN: '这里出现了意外的符号',
  NON_STRING_KEY: '键不是文字',
  KEY_OVER_1024_CHARS: '键太长',
  BAD_COLLECTION_TYPE: '这里的列表或映射写法不对',
};

/** What an error of the YAML parser says, after what it is an error of. */
export function syntaxMessage(code: ErrorCode, said: string): Text {
  const zh = saidInChinese[code];
  return {
    zh: `文件不是有效的 YAML${zh === undefined ? '' : `：${zh}`}`,
    en: `The file is not valid YAML: ${said}`,
  };
}

/** Punctuation of Chinese keyboards that looks like YAML's own and is plain text to it. */
const FULL_WIDTH = /[：，｛｝［］]/;

/** What to do about the first such character of a text; null: there is none. */
export function fullWidthRemedy(text: string): Text | null {
  const [wide] = FULL_WIDTH.exec(text) ?? [];
  if (wide === undefined) return null;
  const plain = wide.normalize('NFKC');
  return {
    zh: `这一行有全角符号“${wide}”，YAML 只认半角的“${plain}”（冒号、逗号后还要有一个空格）`,
    en: `This line has a full-width ${wide}; YAML knows only the plain ${plain} (with a space after a colon or comma)`,
  };
}

/** A text in braces that goes on behind a colon and a space: `{ en: Settle: the rent }`. */
const COLON_IN_TEXT = /[{,]\s*[\w-]+: [^"',:{}[\]]+: /;

/** Tabs of an indentation, or the one full-width sign of a line, written as YAML has them; `line` begins at `start`. */
export function mendLine(code: ErrorCode, line: string, start: number): Mend | null {
  const bare = line.replace(REMARK, '');
  const wide = [...bare.matchAll(/[：，｛｝［］]/g)];
  const [{ 0: sign = '', index: at } = { index: 0 }] = wide;
  if (wide.length === 1) {
    const blank = /[：，]/.test(sign) && !/\s/.test(bare.charAt(at + 1)) ? ' ' : '';
    return () => ({ start: start + at, end: start + at + 1, text: sign.normalize('NFKC') + blank });
  }
  const indentation = /^\s*/.exec(line)?.[0] ?? '';
  if (code !== 'TAB_AS_INDENT' || !indentation.includes('\t')) return null;
  return () => ({ start, end: start + indentation.length, text: indentation.replaceAll('\t', '  ') });
}

/** What stands behind a # is for people, in whatever punctuation. */
const REMARK = /(^|\s)#.*$/;

/** What to do about an error of the YAML parser; `line` is the line that it stands in. */
export function syntaxRemedy(code: ErrorCode, line: string): Text {
  const wide = fullWidthRemedy(line.replace(REMARK, ''));
  if (wide !== null) return wide;
  switch (code) {
    case 'TAB_AS_INDENT':
      return { zh: '缩进请用空格，不要用制表符', en: 'Indent with spaces, not with tabs' };
    case 'BAD_INDENT':
    case 'BLOCK_IN_FLOW':
      if (COLON_IN_TEXT.test(line)) {
        return { zh: '含有“: ”的文本请加引号', en: 'Put a text with ": " in it in quotes' };
      }
      return {
        zh: '请检查缩进：同一层的行要对齐，每层两个空格；{ 和 [ 要成对',
        en: 'Check the indentation: lines of one level start in one column, two spaces for each level; close every { and [',
      };
    case 'BAD_SCALAR_START':
      return { zh: '以该符号开头的文本请加引号', en: 'Put a text that starts with this character in quotes' };
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return {
        zh: '请检查这一行：键后面是否漏了冒号，或文本中有 ": " 而没有加引号',
        en: 'Look at this line: a colon may be missing after a key, or a text with ": " in it needs quotes',
      };
    case 'BAD_DQ_ESCAPE':
      return {
        zh: '双引号中的反斜杠请写两个，或改用单引号',
        en: 'In double quotes write two backslashes for one, or use single quotes',
      };
    case 'MISSING_CHAR':
      return {
        zh: '请补上缺少的符号（引号、冒号、逗号或括号）',
        en: 'Add the character that is missing (quote, colon, comma or bracket)',
      };
    case 'NON_STRING_KEY':
    case 'KEY_OVER_1024_CHARS':
      return { zh: '键请写成简短的文字', en: 'Write the key as a short word' };
    default:
      return {
        zh: '请检查这一行和上一行的缩进、冒号、引号和括号',
        en: 'Check indentation, colons, quotes and brackets in this line and the one before',
      };
  }
}
