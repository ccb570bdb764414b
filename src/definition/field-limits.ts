import type { Cut } from '../expr/index.ts';
import type { Text } from '../text.ts';
import type { Limits } from './regions.ts';
import type { Reports } from './reports.ts';
import type { Field, ProcessDefinition } from './types.ts';

/** What values a field can have: those of its declaration, and where a table sets it those that the table gives. */
export function limitsOf({ tables }: Pick<ProcessDefinition, 'tables'>, { id, min, max }: Field): Limits {
  const table = tables.find(({ sets }) => sets === id);
  const any = { min, max, only: null };
  if (table === undefined) return any;
  if (table.collect === 'count') return { min: Math.max(0, min ?? 0), max: table.rules.length, only: null };
  if (table.hit === 'all') return any;
  return { ...any, only: table.rules.flatMap(({ then }): readonly Cut[] => (then === null ? [] : [then])) };
}

/** Whether what is declared of a field, and the table that sets it, can be relied on. */
export function isRight(
  { tables }: Pick<ProcessDefinition, 'tables'>,
  { sound }: Pick<Reports, 'sound'>,
  field: string,
): boolean {
  const table = tables.find(({ sets }) => sets === field);
  return sound(['fields', field]) && (table === undefined || sound(['tables', table.id]));
}

/** The limits of a field for people, to go on after the name of the field. */
export function limitsText({ type, choices }: Field, { min, max, only }: Limits): Text {
  if (only !== null)
    return { zh: `由决策表给出：${only.join('、')}`, en: `is what its table gives: ${only.join(', ')}` };
  switch (type) {
    case 'choice': {
      const ids = choices.map(({ id }) => id);
      return { zh: `是其中之一：${ids.join('、')}`, en: `is one of ${ids.join(', ')}` };
    }
    case 'boolean':
      return { zh: '是 true 或 false', en: 'is true or false' };
    case 'text':
      return { zh: '是文本', en: 'is a text' };
    case 'integer':
      return ranged({ zh: '整数', en: 'a whole number' }, min, max);
    case 'money':
      return ranged({ zh: '金额', en: 'an amount' }, min, max);
    case 'number':
    case 'percent':
      return ranged({ zh: '数字', en: 'a number' }, min, max);
    default:
      return { zh: '是日期或时间', en: 'is a time' };
  }
}

function ranged(kind: Text, min: number | null, max: number | null): Text {
  const zh = [min === null ? [] : [`不小于 ${min}`], max === null ? [] : [`不大于 ${max}`]].flat();
  const en = [min === null ? [] : [`from ${min}`], max === null ? [] : [`to ${max}`]].flat();
  return { zh: `是${[kind.zh, ...zh].join('，')}`, en: ['is', kind.en, ...en].join(' ') };
}
