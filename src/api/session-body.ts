import { type InputProblem, ProcessError } from '../errors.ts';
import type { Text } from '../text.ts';

/** With what somebody signs in. */
export interface SignIn {
  readonly with: 'key' | 'ticket';
  readonly secret: string;
}

const SECRET = /^[\x21-\x7e]{1,8192}$/;
/** Problems told of one body. */
const MOST_PROBLEMS = 10;

/** Either `key` or `ticket`. Throws `invalid-input`, which repeats nothing of what was given. */
export function readSignIn(body: Readonly<Record<string, unknown>>): SignIn {
  const { key, ticket, ...others } = body;
  const problems = Object.keys(others).map((name) => problem(`/${pointerPart(name)}`, unknown));
  if ((key === undefined) === (ticket === undefined)) throw invalid([problem('', either), ...problems]);
  const [name, secret] = key === undefined ? (['ticket', ticket] as const) : (['key', key] as const);
  if (problems.length === 0 && typeof secret === 'string' && SECRET.test(secret)) return { with: name, secret };
  throw invalid(problems.length > 0 ? problems : [problem(`/${name}`, form)]);
}

/** A key that a cookie has no room for. */
export function tooLong(): ProcessError {
  return invalid([problem('/key', long)]);
}

function invalid(errors: readonly InputProblem[]): ProcessError {
  const [first] = errors;
  return new ProcessError('invalid-input', first?.message ?? either, { errors: errors.slice(0, MOST_PROBLEMS) });
}

function problem(pointer: string, message: Text): InputProblem {
  return { pointer, message };
}

function pointerPart(name: string): string {
  return name.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1');
}

const unknown: Text = { zh: '只接受 key 或 ticket。', en: 'Only key or ticket is taken.' };
const either: Text = {
  zh: '请给出 key（密钥或令牌）或 ticket（登录链接中 # 之后的部分）之一。',
  en: 'Give either key (an API key or a token) or ticket (what follows # in a sign-in link).',
};
const form: Text = {
  zh: '应为 1–8192 个可见的 ASCII 字符，不含空格。',
  en: 'It should be 1–8192 visible ASCII characters, without blanks.',
};
const long: Text = {
  zh: '该令牌太长，浏览器的 Cookie（4096 字节）放不下。请让身份提供方减少其中的内容，或改用密钥登录。',
  en: 'This token does not fit into a cookie (4096 bytes). Have the identity provider put less into it, or sign in with a key.',
};
