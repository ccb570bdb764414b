import { minorDigits } from '../definition/index.ts';

/** Stored money: an integer count of the currency's smallest unit. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

/** Major units to money, exactly; null when the number has more decimals than the currency or is out of range. */
export function fromMajor(major: number, currency: string): Money | null {
  const scale = 10 ** minorDigits(currency);
  const amount = Math.round(major * scale);
  return Number.isSafeInteger(amount) && amount / scale === major ? { amount, currency } : null;
}

/** Major units, for conditions. */
export function toMajor(money: Money): number {
  return money.amount / 10 ** minorDigits(money.currency);
}

export function isMoney(value: unknown): value is Money {
  return (
    typeof value === 'object' &&
    value !== null &&
    'amount' in value &&
    Number.isSafeInteger(value.amount) &&
    'currency' in value &&
    typeof value.currency === 'string' &&
    Object.keys(value).length === 2
  );
}
