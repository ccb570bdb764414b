import type { Choice } from '../api.ts';
import { dateText, moneyText, numberText, say } from '../language.ts';
import { dealWords } from '../words/deal.ts';

/** A value of a field, as people read it; `choices`: what of its choices are called. */
export function valueText(value: unknown, choices: readonly Choice[] = []): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'boolean') return say(value ? dealWords.yes : dealWords.no);
  if (typeof value === 'number') return numberText(value);
  if (Array.isArray(value))
    return value.map((each) => valueText(each, choices)).join(language() === 'zh' ? '、' : ', ');
  if (isMoney(value)) return moneyText(value.amount, value.currency);
  const text = String(value);
  const chosen = choices.find(({ id }) => id === text);
  if (chosen !== undefined) return say(chosen.title);
  return INSTANT.test(text) ? dateText(text) : text;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;
const language = () => document.documentElement.lang;

function isMoney(value: unknown): value is { readonly amount: number; readonly currency: string } {
  return typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value;
}
