import type { Text } from '../text.ts';
import type { ConditionFix } from './types.ts';

interface Advice {
  readonly message: Text;
  readonly remedy: Text;
  readonly fix: ConditionFix | null;
}

const FULL_WIDTH = /[（）“”‘’，。；：！＝＞＜＆｜＋－×÷≥≤≠]/u;

/** What to say where the parser stopped: people write other languages, so the usual slips get their own remedy. */
export function syntaxAdvice(text: string, offset: number): Advice {
  const found = text.slice(offset).match(/^(\w+|[^\s\w])/u)?.[0] ?? '';
  const message: Text = found
    ? { zh: `条件写到“${found}”处无法理解`, en: `The condition cannot be understood at "${found}"` }
    : { zh: '条件没有写完', en: 'The condition ends too early' };
  return { message, remedy: remedyFor(text, offset, found), fix: fixFor(text, offset, found) };
}

/** The usual slips written as a condition has them. */
function fixFor(text: string, offset: number, found: string): ConditionFix | null {
  const before = text.slice(0, offset);
  const at = (from: number, length: number, written: string): ConditionFix => ({ offset: from, length, text: written });
  const plain = FULL_WIDTH_PLAIN[found] ?? (FULL_WIDTH.test(found) ? found.normalize('NFKC') : null);
  if (plain !== null) return /^[ -~]+$/.test(plain) ? at(offset, found.length, plain) : null;
  const turned = /^=([<>])/.exec(text.slice(offset))?.[1];
  if (turned !== undefined) return at(offset, 2, `${turned}=`);
  if (found === '=') return at(offset, 1, '==');
  if (/^(and|&)$/i.test(found)) return at(offset, found.length, '&&');
  if (/^(or|\|)$/i.test(found)) return at(offset, found.length, '||');
  const not = /\bnot\s*$/i.exec(before);
  if (not !== null) return at(not.index, 3, '!');
  if (found === ',' && /\d$/.test(before)) return at(offset, 1, '');
  const percent = /(?<=\d)\s*%\s*$/.exec(before);
  return percent === null ? null : at(percent.index, percent[0].trimEnd().length, '');
}

/** What these mean is spelt with two characters. */
const FULL_WIDTH_PLAIN: Readonly<Record<string, string>> = {
  '≥': '>=',
  '≤': '<=',
  '≠': '!=',
  '×': '*',
  '÷': '/',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
};

/** The name that a function of others has here. */
export function ownName(name: string): string | null {
  return { has: 'known', size: 'count' }[name] ?? null;
}

function remedyFor(text: string, offset: number, found: string): Text {
  if (FULL_WIDTH.test(found)) {
    return { zh: '请改用半角（英文）符号', en: 'Use the plain ASCII character instead of the full-width one' };
  }
  const turned = /^=([<>])/.exec(text.slice(offset))?.[1];
  if (turned !== undefined) return { zh: `请写 ${turned}=`, en: `Write ${turned}=` };
  if (found === '=') return { zh: '判断相等请写 ==', en: 'To compare, write ==' };
  if (/^and$/i.test(found) || found === '&') return { zh: '“并且”请写 &&', en: 'Write && for "and"' };
  if (/^or$/i.test(found) || found === '|') return { zh: '“或者”请写 ||', en: 'Write || for "or"' };
  if (/\bnot\s*$/i.test(text.slice(0, offset))) return { zh: '“不”请写 !', en: 'Write ! for "not"' };
  if (found === ',' && /\d$/.test(text.slice(0, offset))) {
    return { zh: '数字中不要写千分位逗号：100000', en: 'Write numbers without separators: 100000' };
  }
  if (/\d\s*%\s*$/.test(text.slice(0, offset))) {
    return { zh: '百分比只写数字：10', en: 'Write a percentage as a plain number: 10' };
  }
  if (found === '"' || found === "'") {
    return { zh: '请补上结尾的引号', en: 'Close the quotation mark' };
  }
  if (found === '') {
    return {
      zh: '请补全条件，并检查括号是否成对',
      en: 'Finish the condition, and check that every parenthesis is closed',
    };
  }
  return {
    zh: '条件的写法例如：known(class) && budget >= 100000',
    en: 'A condition looks like this: known(class) && budget >= 100000',
  };
}

/** What to write in place of something that conditions leave out. */
export function insteadOf(name: string): Text {
  switch (name) {
    case 'has':
      return { zh: '判断字段是否已填写请用 known(字段)', en: 'To ask whether a field is known, write known(field)' };
    case 'size':
      return { zh: '列表的项数请用 count(列表)', en: 'For the number of items, write count(list)' };
    case 'null':
      return {
        zh: '判断字段是否未填写请用 !known(字段)',
        en: 'To ask whether a field is not known, write !known(field)',
      };
    case 'matches':
      return {
        zh: '请用 startsWith、endsWith、contains，或 in [ … ]',
        en: 'Use startsWith, endsWith, contains, or in [ … ]',
      };
    default:
      return {
        zh: '条件中只能用：字段、数字、文本、== != < <= > >= && || ! in + - * / % ? :、known(字段)、count(列表)、timestamp("…")、startsWith、endsWith、contains',
        en: 'A condition may use: fields, numbers, texts, == != < <= > >= && || ! in + - * / % ? :, known(field), count(list), timestamp("…"), startsWith, endsWith, contains',
      };
  }
}
