import { weekdays } from '../calendar/index.ts';

const names: readonly string[] = weekdays;

/** `mon-fri`, `sat`, `sun-thu` as days of the week, Monday 0; null when it is none. */
export function weekdaysOf(words: string): readonly number[] | null {
  const [from = '', until = from, ...rest] = words.split('-');
  const [first, last] = [from, until].map((word) => names.indexOf(word));
  if (first === undefined || last === undefined || first < 0 || last < 0 || rest.length > 0) return null;
  return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, index) => (first + index) % 7);
}
