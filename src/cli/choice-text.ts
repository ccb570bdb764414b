import type { Choice, Field } from '../definition/types.ts';
import type { Json } from '../json.ts';
import type { Language } from '../text.ts';
import { valueText } from './value-text.ts';

/** `Survey (survey)`: the title of a choice, and the id by which it is sent. */
export function choiceText(choices: readonly Choice[], id: string, language: Language): string {
  const title = choices.find((choice) => choice.id === id)?.title[language] ?? id;
  return title === id ? id : `${title} (${id})`;
}

/** The value of a field for people. */
export function fieldValueText(field: Field, value: Json, language: Language): string {
  if (value === null) return valueText(value);
  if (field.choices.length > 0) {
    const ids = Array.isArray(value) ? value : [value];
    return ids.map((id: Json) => choiceText(field.choices, String(id), language)).join(', ');
  }
  return `${valueText(value)}${field.type === 'percent' ? ' %' : ''}`;
}
