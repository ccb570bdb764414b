import { ProcessError } from '../errors.ts';
import type { Text } from '../text.ts';

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SPACE = /[\t\n\r ]*/y;
const LITERALS = ['true', 'false', 'null'] as const;
/** Names that reach an object's prototype in careless code. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * JSON text → value, stricter than `JSON.parse`: at most `maxDepth` arrays and objects inside one another, no key
 * twice, no `__proto__`, no NUL, no half of a surrogate pair, no number beyond a double. Throws `malformed-json` with
 * `line`, `column` (from 1) and `pointer` (RFC 6901) of the offending place.
 *
 * The text is walked once before `JSON.parse`: that one neither bounds its depth nor says where most errors are.
 */
export function parseJson(text: string, maxDepth: number): unknown {
  let at = 0;
  const path: (string | number)[] = [];

  const refuse = (message: Text, place = at): never => {
    const before = text.slice(0, place);
    const line = before.split('\n').length;
    const column = place - before.lastIndexOf('\n');
    const pointer = path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
    throw new ProcessError(
      'malformed-json',
      {
        zh: `第 ${line} 行第 ${column} 列：${message.zh}`,
        en: `Line ${line}, column ${column}: ${message.en}`,
      },
      { line, column, pointer },
    );
  };

  const expect = (zh: string, en: string): never => {
    const found = at < text.length ? JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0)) : null;
    return refuse({
      zh: `此处应为${zh}，${found === null ? '但内容到此结束' : `但发现 ${found}`}。`,
      en: `expected ${en}, but ${found === null ? 'the body ends here' : `found ${found}`}.`,
    });
  };

  const skipSpace = (): void => {
    const c = text.charCodeAt(at);
    if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) return;
    SPACE.lastIndex = at;
    at += SPACE.exec(text)?.[0].length ?? 0;
  };

  /** Walks a string from its opening quote; returns whether it holds escapes. */
  const string = (): boolean => {
    let escaped = false;
    at += 1;
    for (;;) {
      const c = text.charCodeAt(at);
      if (c === 0x22) {
        at += 1;
        return escaped;
      }
      if (c === 0x5c) {
        escaped = true;
        escapeSequence();
      } else if (c < 0x20) {
        refuse({
          zh: '字符串中不能有控制字符，请使用 \\n、\\t 等转义。',
          en: 'a text may not hold a bare control character; write \\n, \\t and so on.',
        });
      } else if (Number.isNaN(c)) expect('字符串结尾的 "', 'the closing " of a text');
      else at += 1;
    }
  };

  const escapeSequence = (): void => {
    const kind = text.charAt(at + 1);
    if (kind !== 'u') {
      if (kind === '' || !'"\\/bfnrt'.includes(kind)) {
        refuse({ zh: '无效的转义字符。', en: 'no such escape: write \\\\ for a backslash.' });
      }
      at += 2;
      return;
    }
    const unit = hex(at);
    if (unit === 0) refuse({ zh: '文本中不能有 NUL 字符（\\u0000）。', en: 'a text may not hold NUL (\\u0000).' });
    if (unit >= 0xd800 && unit <= 0xdfff) {
      const low = unit < 0xdc00 && text.startsWith('\\u', at + 6) ? hex(at + 6) : 0;
      if (low < 0xdc00 || low > 0xdfff) {
        refuse({ zh: '不完整的字符（单独的代理项）。', en: 'half of a surrogate pair is not a character.' });
      }
      at += 6;
    }
    at += 6;
  };

  const hex = (place: number): number => {
    const digits = text.slice(place + 2, place + 6);
    if (!/^[0-9A-Fa-f]{4}$/.test(digits)) {
      refuse({ zh: '\\u 之后应有四位十六进制数字。', en: 'four hexadecimal digits must follow \\u.' }, place);
    }
    return Number.parseInt(digits, 16);
  };

  const value = (depth: number): void => {
    skipSpace();
    const c = text.charAt(at);
    if (c === '{' || c === '[') {
      if (depth >= maxDepth) {
        refuse({ zh: `嵌套超过 ${maxDepth} 层。`, en: `nested deeper than ${maxDepth} levels.` });
      }
      if (c === '{') object(depth + 1);
      else array(depth + 1);
    } else if (c === '"') string();
    else if (c === '-' || (c >= '0' && c <= '9')) number();
    else {
      const literal = LITERALS.find((word) => text.startsWith(word, at));
      if (literal === undefined) expect('一个值', 'a value');
      else at += literal.length;
    }
    skipSpace();
  };

  const number = (): void => {
    NUMBER.lastIndex = at;
    const digits = NUMBER.exec(text)?.[0];
    if (digits === undefined) expect('数字', 'a number');
    else if (!Number.isFinite(Number(digits))) {
      refuse({ zh: '数字超出可表示的范围。', en: 'this number is too large to be held.' });
    } else at += digits.length;
  };

  const array = (depth: number): void => {
    at += 1;
    skipSpace();
    if (text.charAt(at) === ']') {
      at += 1;
      return;
    }
    for (let index = 0; ; index += 1) {
      path.push(index);
      value(depth);
      path.pop();
      const c = text.charAt(at);
      if (c !== ',' && c !== ']') expect(' , 或 ]', ', or ]');
      at += 1;
      if (c === ']') return;
    }
  };

  const object = (depth: number): void => {
    at += 1;
    skipSpace();
    if (text.charAt(at) === '}') {
      at += 1;
      return;
    }
    const seen = new Set<string>();
    for (;;) {
      skipSpace();
      if (text.charAt(at) !== '"') expect('双引号中的键', 'a key in double quotes');
      const start = at;
      const raw = string() ? JSON.parse(text.slice(start, at)) : text.slice(start + 1, at - 1);
      const key = String(raw);
      path.push(key);
      if (seen.has(key)) refuse({ zh: `键 "${key}" 重复。`, en: `the key "${key}" is there twice.` }, start);
      if (FORBIDDEN.has(key)) refuse({ zh: `不接受键 "${key}"。`, en: `the key "${key}" is not taken.` }, start);
      seen.add(key);
      skipSpace();
      if (text.charAt(at) !== ':') expect(' :', ':');
      at += 1;
      value(depth);
      path.pop();
      const c = text.charAt(at);
      if (c !== ',' && c !== '}') expect(' , 或 }', ', or }');
      at += 1;
      if (c === '}') return;
    }
  };

  value(0);
  if (at < text.length) expect('结尾', 'the end of the body');
  return JSON.parse(text);
}
