import type { Period } from './types.ts';

/** `09:00-12:00`. */
export function periodText({ opens, closes }: Period): string {
  return `${clockText(opens)}-${clockText(closes)}`;
}

function clockText(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
