import { suggest } from '../suggest.ts';
import type { Text } from '../text.ts';
import { minorDigits } from './currency.ts';
import type { Collect, DecisionTable } from './table-types.ts';
import type { Field, FieldType } from './types.ts';

const numeric: readonly FieldType[] = ['integer', 'number', 'percent', 'money'];

/** Types of the fields that a way of collecting fits. */
export const collected: Readonly<Record<Collect, readonly FieldType[]>> = {
  sum: numeric,
  max: numeric,
  min: numeric,
  count: ['integer', 'number'],
  list: ['list'],
};

/** What the value of a rule should be, or null when it fits. Of a sum each value counts, not its size. */
export function unfit(field: Field, { collect }: DecisionTable, value: string | number | boolean): Text | null {
  const { type, min, max } = field;
  if (collect === 'list') return unfitScalar(field, field.items ?? 'text', null, null, value);
  if (collect === 'sum') return unfitScalar(field, type, null, null, value);
  return unfitScalar(field, type, min, max, value);
}

/** Of one or two characters everything is near. */
export function nearChoice(ids: readonly string[], value: unknown): string | null {
  return typeof value === 'string' && value.length > 2 ? suggest(value, ids) : null;
}

function unfitScalar(
  { maxLength, choices }: Field,
  type: FieldType,
  min: number | null,
  max: number | null,
  value: string | number | boolean,
): Text | null {
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean' ? null : { zh: '请写 true 或 false', en: 'Write true or false' };
    case 'choice': {
      const ids = choices.map(({ id }) => id);
      if (typeof value === 'string' && ids.includes(value)) return null;
      const near = nearChoice(ids, value);
      const list = ids.join(', ');
      return near === null
        ? { zh: `可选：${list}`, en: `It may be: ${list}` }
        : { zh: `是不是想写 ${near}？可选：${list}`, en: `Did you mean ${near}? It may be: ${list}` };
    }
    case 'integer':
    case 'number':
    case 'percent':
    case 'money': {
      const fits = typeof value === 'number' && (type !== 'integer' || Number.isInteger(value));
      if (fits && value >= (min ?? value) && value <= (max ?? value)) return null;
      const kind = type === 'integer' ? { zh: '整数', en: 'a whole number' } : { zh: '数字', en: 'a number' };
      return {
        zh: `请写${kind.zh}${min === null ? '' : `，不小于 ${min}`}${max === null ? '' : `，不大于 ${max}`}`,
        en: `Write ${kind.en}${min === null ? '' : `, no less than ${min}`}${max === null ? '' : `, no more than ${max}`}`,
      };
    }
    case 'text':
      return typeof value === 'string' && value.length <= maxLength
        ? null
        : {
            zh: `请写文本（加引号），最多 ${maxLength} 个字符`,
            en: `Write a text (in quotes) of at most ${maxLength} characters`,
          };
    case 'list':
      return {
        zh: '列表字段请写 hit: all 和 collect: list',
        en: 'A list is set with hit: all and collect: list',
      };
    default:
      return { zh: '决策表不能设置日期字段', en: 'A table cannot set a date: choose another field' };
  }
}

/** True where an amount has more decimals than its currency: no field could hold it. */
export function isTooFine({ type, currency }: Field, value: unknown): boolean {
  if (type !== 'money' || typeof value !== 'number') return false;
  const scale = 10 ** minorDigits(currency ?? 'CNY');
  return Math.round(value * scale) / scale !== value;
}

/** The sum of numbers, without what adding decimals in binary leaves behind (0.1 + 0.2). */
export function sumOf(values: readonly unknown[]): number {
  const sum = values.reduce<number>((total, value) => total + (typeof value === 'number' ? value : 0), 0);
  return Number(sum.toPrecision(15));
}
