import type { ErrorCode } from 'yaml';
import type { Text } from '../text.ts';

/** What to do about an error of the YAML parser. */
export function syntaxRemedy(code: ErrorCode): Text {
  switch (code) {
    case 'TAB_AS_INDENT':
      return { zh: '缩进请用空格，不要用制表符', en: 'Indent with spaces, not with tabs' };
    case 'BAD_INDENT':
    case 'BLOCK_IN_FLOW':
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
