import type { Json } from '../json.ts';

/** A stored value for people: money in major units, lists with commas, everything else as it is. */
export function valueText(value: Json): string {
  if (value === null) return '—';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map((item: Json) => valueText(item)).join(', ');
  if (typeof value === 'object' && 'amount' in value && 'currency' in value) {
    const { amount, currency } = value;
    if (typeof amount === 'number' && typeof currency === 'string') return moneyText(amount, currency);
  }
  return JSON.stringify(value);
}

function moneyText(amount: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'code' });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  const major = (amount / 10 ** digits).toLocaleString('en', { minimumFractionDigits: digits });
  return `${currency} ${major}`;
}

/** `2026-02-13T09:30:00.000Z` → `2026-02-13 09:30` (UTC). */
export function timeText(instant: string): string {
  return instant.slice(0, 16).replace('T', ' ');
}

/** An instant as the clocks of a zone show it: `2026-02-13 17:30`. */
export function wallText(instant: string, zone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(
    new Date(instant),
  );
}
