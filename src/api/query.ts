import { ProcessError } from '../errors.ts';
import { NAME } from '../names.ts';
import { suggest } from '../suggest.ts';
import type { Text } from '../text.ts';
import type { Exchange } from './exchange.ts';

/** What a query parameter must look like, and how that is said to people. */
export interface Form {
  readonly pattern: RegExp;
  readonly expected: Text;
}

export const idForm: Form = {
  pattern: /^[a-z][a-z0-9-]{0,63}$/,
  expected: { zh: '小写字母开头的标识，例如 first-contact', en: 'an id in lower case, e.g. first-contact' },
};
export const stepForm: Form = {
  pattern: /^(?:[a-z][a-z0-9-]{0,63})?$/,
  expected: {
    zh: '环节的标识，例如 first-contact；留空表示尚未进入任何环节',
    en: 'the id of a step, e.g. first-contact, or nothing for those that stand in none yet',
  },
};
export const keyForm: Form = {
  pattern: /^[^\p{Cc}\p{Cs}]{1,200}$/u,
  expected: { zh: '1–200 个字符的业务键', en: 'a business key of 1–200 characters' },
};
export const instanceForm: Form = {
  pattern: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  expected: { zh: '实例的编号（UUID）', en: 'the id of an instance (a UUID)' },
};
export const nameForm: Form = {
  pattern: NAME,
  expected: { zh: '操作人的名称，1–100 个可见字符', en: 'the name of an actor, 1–100 visible characters' },
};
export const cursorForm: Form = {
  pattern: /^[A-Za-z0-9_.~:-]{1,200}$/,
  expected: { zh: '上一页回答中的 next', en: 'the `next` of the page before' },
};
export const positionForm: Form = {
  pattern: /^[0-9a-z.-]{1,120}$/,
  expected: { zh: '流中收到的某个 id', en: 'an id that came in a stream' },
};
export const typesForm: Form = {
  pattern: /^[a-z.,]{1,1000}$/,
  expected: { zh: '以逗号分隔的消息类型', en: 'types of messages with commas between them' },
};
export const numberForm: Form = {
  pattern: /^[1-9]\d{0,8}$/,
  expected: { zh: '一个正整数', en: 'a whole number from 1' },
};
export const instantForm: Form = {
  pattern: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/,
  expected: {
    zh: '时间点，例如 2026-02-13T09:30Z 或 2026-02-13T17:30%2B08:00（+ 在网址中写作 %2B）',
    en: 'an instant, e.g. 2026-02-13T09:30Z or 2026-02-13T17:30%2B08:00 (in an address + is written %2B)',
  },
};
export function oneOf(...values: readonly string[]): Form {
  return {
    pattern: new RegExp(`^(?:${values.join('|')})$`),
    expected: { zh: `以下之一：${values.join('、')}`, en: `one of ${values.join(', ')}` },
  };
}

/** The query's parameters by name, null where absent. Throws `malformed-request` for unknown, repeated or ill-formed ones. */
export function readQuery<Name extends string>(
  exchange: Exchange,
  forms: Readonly<Record<Name, Form>>,
): Readonly<Record<Name, string | null>> {
  const names = Object.keys(forms);
  const given = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(exchange.query)) {
    const form = Object.entries<Form>(forms).find(([known]) => known === name)?.[1];
    if (form === undefined) throw unknownParameter(name, names);
    if (given.has(name)) {
      throw wrong(name, { zh: '只能出现一次', en: 'may be given only once' });
    }
    if (!form.pattern.test(value)) {
      throw wrong(name, {
        zh: `应为${form.expected.zh}，收到的是 ${JSON.stringify(value.slice(0, 100))}`,
        en: `must be ${form.expected.en}; found ${JSON.stringify(value.slice(0, 100))}`,
      });
    }
    given.set(name, value);
  }
  const result = Object.fromEntries(names.map((name) => [name, given.get(name) ?? null]));
  return result as Record<Name, string | null>;
}

/** `limit` as a number within 1 and the most a page may hold. */
export function pageLimit(exchange: Exchange, limit: string | null): number {
  const { pageDefault, pageMax } = exchange.world.limits;
  if (limit === null) return pageDefault;
  if (Number(limit) <= pageMax) return Number(limit);
  throw wrong('limit', {
    zh: `应为 1–${pageMax}，收到的是 ${limit}`,
    en: `must be 1–${pageMax}; found ${limit}`,
  });
}

function wrong(parameter: string, what: Text): ProcessError {
  return new ProcessError(
    'malformed-request',
    { zh: `查询参数 ${parameter} ${what.zh}。`, en: `The query parameter ${parameter} ${what.en}.` },
    { parameter },
  );
}

function unknownParameter(name: string, known: readonly string[]): ProcessError {
  const shown = name.slice(0, 100);
  const near = suggest(shown, known);
  const list = known.join(', ');
  return new ProcessError(
    'malformed-request',
    {
      zh: `没有名为 ${JSON.stringify(shown)} 的查询参数${near === null ? '' : `，是否想写 ${near}`}？${known.length === 0 ? '此处不接受查询参数。' : `可用的有：${list}。`}`,
      en: `There is no query parameter ${JSON.stringify(shown)}${near === null ? '.' : `; did you mean ${near}?`} ${known.length === 0 ? 'None is taken here.' : `Known: ${list}.`}`,
    },
    { parameter: shown, ...(near !== null && { suggestion: near }) },
  );
}
