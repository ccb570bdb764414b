import type { Text } from '../text.ts';
import type { Method } from './node.ts';

/** A word that conditions are written with, for whoever writes one. */
export interface ConditionWord {
  readonly name: string;
  readonly kind: 'function' | 'method' | 'operator' | 'literal';
  /** How it is written, with the types of what goes in and comes out. */
  readonly signature: string;
  readonly help: Text;
  readonly example: string;
}

const methodHelp: Readonly<Record<Method, Text>> = {
  startsWith: { zh: '文本是否以另一段文本开头。', en: 'Whether a text begins with another.' },
  endsWith: { zh: '文本是否以另一段文本结尾。', en: 'Whether a text ends with another.' },
  contains: { zh: '文本中是否含有另一段文本。', en: 'Whether a text has another in it.' },
};

/** Every function, method, named operator and literal of the closed grammar (`node.ts`). */
export const conditionWords: readonly ConditionWord[] = [
  {
    name: 'known',
    kind: 'function',
    signature: 'known(field) → boolean',
    help: {
      zh: '字段是否已填写。没有填写的字段使其他比较“未知”，known 则总有答案。',
      en: 'Whether a field has a value. A field without one makes other comparisons unknown; known always has an answer.',
    },
    example: 'known(class)',
  },
  {
    name: 'count',
    kind: 'function',
    signature: 'count(list) → number',
    help: { zh: '列表有几项。', en: 'How many items a list has.' },
    example: 'count(tags) >= 2',
  },
  {
    name: 'timestamp',
    kind: 'function',
    signature: 'timestamp("…") → time',
    help: {
      zh: '一个时间点：日期（UTC 零点），或带时区的时间。时间只能与时间比较。',
      en: 'A moment: a date (midnight UTC), or a time with its offset. A time compares with a time only.',
    },
    example: 'ordered_at >= timestamp("2026-03-01T00:00:00+08:00")',
  },
  ...(['startsWith', 'endsWith', 'contains'] as const satisfies readonly Method[]).map(
    (name): ConditionWord => ({
      name,
      kind: 'method',
      signature: `text.${name}(text) → boolean`,
      help: methodHelp[name],
      example: `note.${name}("VIP")`,
    }),
  ),
  {
    name: 'in',
    kind: 'operator',
    signature: 'value in [value, …] → boolean',
    help: {
      zh: '值是否在列表中；列表也可以是列表字段。',
      en: 'Whether a list, or a field that is a list, has the value.',
    },
    example: 'class in ["A", "B"]',
  },
  { name: 'true', kind: 'literal', signature: 'true', help: { zh: '是。', en: 'Yes.' }, example: 'urgent == true' },
  { name: 'false', kind: 'literal', signature: 'false', help: { zh: '否。', en: 'No.' }, example: 'urgent == false' },
];
