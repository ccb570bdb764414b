import { computed, effect, signal } from '@preact/signals';
import type { Text } from './api.ts';

export type Language = 'zh' | 'en';

const KEPT = 'phasegate.language';

function first(): Language {
  const kept = localStorage.getItem(KEPT);
  if (kept === 'zh' || kept === 'en') return kept;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** The language of everything that is shown, as it was chosen last on this machine. */
export const language = signal<Language>(first());

effect(() => {
  localStorage.setItem(KEPT, language.value);
  document.documentElement.lang = language.value;
});

/** A text in the language of now. */
export function say({ zh, en }: Text): string {
  return language.value === 'zh' ? zh : en;
}

const locale = computed(() => (language.value === 'zh' ? 'zh-CN' : 'en-GB'));
const dates = computed(() => new Intl.DateTimeFormat(locale.value, { dateStyle: 'medium', timeStyle: 'short' }));
const days = computed(() => new Intl.DateTimeFormat(locale.value, { month: 'short', day: 'numeric' }));
const years = computed(
  () => new Intl.DateTimeFormat(locale.value, { year: '2-digit', month: 'numeric', day: 'numeric' }),
);
const numbers = computed(() => new Intl.NumberFormat(locale.value));

/** An instant (ISO 8601) in the reader's own time zone. */
export function dateText(instant: string): string {
  return dates.value.format(new Date(instant));
}

/** The day of an instant, without the year where it is this one. */
export function dayText(instant: string): string {
  const day = new Date(instant);
  return (day.getFullYear() === new Date().getFullYear() ? days : years).value.format(day);
}

export function numberText(value: number): string {
  return numbers.value.format(value);
}

/** Integer minor units of a currency, as people write it. */
export function moneyText(amount: number, currency: string): string {
  const format = new Intl.NumberFormat(locale.value, { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount / 10 ** digits);
}

/** The same in a few characters: 123万, 1.2M. */
export function shortMoneyText(amount: number, currency: string): string {
  const format = new Intl.NumberFormat(locale.value, { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  const short = { style: 'currency', currency, notation: 'compact', maximumSignificantDigits: 4 } as const;
  return new Intl.NumberFormat(locale.value, short).format(amount / 10 ** digits);
}
