import type { Check } from './check.ts';
import { checkName } from './check-names.ts';
import type { Field, FieldType } from './types.ts';

const ordered: readonly FieldType[] = ['integer', 'number', 'percent', 'money', 'list'];
const allowed: Readonly<Record<string, readonly FieldType[]>> = {
  of: ['choice', 'list'],
  currency: ['money'],
  min: ordered,
  max: ordered,
  max_length: ['text', 'list'],
};

/** Words that do not fit a field's type, bounds the wrong way round, and the business key. */
export function checkFields(check: Check): void {
  for (const field of check.definition.fields) {
    const path = ['fields', field.id];
    if (!check.sound(path)) continue;
    for (const [word, types] of Object.entries(allowed)) {
      if (types.includes(field.type) || !check.outline.marks.has(`/fields/${field.id}/${word}`)) continue;
      check.atKey('option-unfit', [...path, word], {
        message: { zh: `${field.type} 字段没有 ${word}`, en: `A field of type ${field.type} has no ${word}` },
        remedy: {
          zh: `请删除 ${word}；它只用于：${types.join('、')}`,
          en: `Delete ${word}; it is for: ${types.join(', ')}`,
        },
      });
    }
    checkBounds(check, field);
  }
  checkKey(check);
}

function checkBounds(check: Check, { id, min, max }: Field): void {
  if (min === null || max === null || min <= max) return;
  const word = check.outline.marks.has(`/fields/${id}/min`) ? 'min' : 'max';
  check.atValue('min-above-max', ['fields', id, word], {
    message: { zh: `最小值 ${min} 大于最大值 ${max}`, en: `The minimum ${min} is above the maximum ${max}` },
    remedy: { zh: '请交换或改正 min 和 max', en: 'Exchange or correct min and max' },
  });
}

function checkKey(check: Check): void {
  const { key, fields } = check.definition;
  if (
    key === null ||
    !checkName(
      check,
      'unknown-field',
      key,
      fields.map(({ id }) => id),
      ['key'],
    )
  )
    return;
  const field = fields.find(({ id }) => id === key);
  if (field === undefined || !check.sound(['fields', key])) return;
  if (field.type !== 'text' && field.type !== 'integer') {
    check.atValue('key-unfit', ['key'], {
      message: {
        zh: `${key} 是 ${field.type} 字段，不能作业务键`,
        en: `${key} is a field of type ${field.type}, which cannot be the key`,
      },
      remedy: { zh: '业务键应是 text 或 integer 字段', en: 'The key is a field of type text or integer' },
    });
  }
  if (field.personal) {
    check.atValue('key-unfit', ['key'], {
      message: { zh: `${key} 是个人信息，不能作业务键`, en: `${key} is personal, so it cannot be the key` },
      remedy: {
        zh: '业务键会留在历史中，请用非个人信息的字段',
        en: 'Keys stay in the history: use a field that is not personal',
      },
    });
  }
}
