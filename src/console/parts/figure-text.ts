import type { FigureAmount, Figures } from '../api.ts';
import { language, moneyText, numberText, say } from '../language.ts';
import { numberWords } from '../words/numbers.ts';

/** A share from 0 to 1. */
export function shareText(share: number): string {
  const locale = language.value === 'zh' ? 'zh-CN' : 'en-GB';
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

/** Days as people say them: short spans in hours or minutes. */
export function daysText(days: number): string {
  const [value, unit] =
    days >= 1 || days === 0
      ? [days, numberWords.day]
      : days * 24 >= 1
        ? [days * 24, numberWords.hour]
        : [days * 1440, numberWords.minute];
  const rounded = value >= 10 ? Math.round(value) : Math.round(value * 10) / 10;
  return `${numberText(rounded)} ${say(unit)}`;
}

export function amountsText(amounts: readonly FigureAmount[]): string {
  return amounts.map(({ amount, currency }) => moneyText(amount, currency)).join(' + ');
}

/** The first and the last day of a period, in the zone of the process. */
export function spanText({ since, until, zone }: Pick<Figures, 'since' | 'until' | 'zone'>): string {
  const locale = language.value === 'zh' ? 'zh-CN' : 'en-GB';
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: zone });
  return `${format.format(new Date(since))} – ${format.format(new Date(Date.parse(until) - 1))}`;
}
