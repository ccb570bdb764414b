import { choices, described, renamed } from './build.ts';
import { isTrue, member, number, oneOf, type Raw, string } from './raw.ts';
import type { Field } from './types.ts';

const fieldTypes = [
  'text',
  'integer',
  'number',
  'percent',
  'money',
  'boolean',
  'date',
  'datetime',
  'choice',
  'list',
] as const;
const itemTypes = ['text', 'integer', 'number', 'percent'] as const;

const DEFAULT_MAX_LENGTH = 2000;

export function buildField(id: string, raw: Raw): Field {
  const type = oneOf(member(raw, 'type'), fieldTypes);
  const of = member(raw, 'of');
  const values = choices(of);
  const percent = type === 'percent';
  return {
    id,
    ...described(raw, id),
    ...renamed(raw),
    type,
    min: number(member(raw, 'min')) ?? (percent ? 0 : null),
    max: number(member(raw, 'max')) ?? (percent ? 100 : null),
    maxLength: number(member(raw, 'max_length')) ?? DEFAULT_MAX_LENGTH,
    choices: values,
    items: type !== 'list' ? null : values.length > 0 ? 'choice' : oneOf(of, itemTypes),
    currency: string(member(raw, 'currency')),
    personal: isTrue(member(raw, 'personal')),
  };
}
