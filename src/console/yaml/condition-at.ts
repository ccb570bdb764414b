/** What is being written at a place in a condition. */
export interface ConditionSpot {
  /** Where the word begins; offset into the condition. */
  readonly from: number;
  readonly word: string;
  readonly kind: 'word' | 'method' | 'choice';
  /** Of a choice, the field that it is a value of. */
  readonly field: string | null;
  /** Of a choice, the quote that it stands in; empty: none yet. */
  readonly quote: string;
}

/** Behind a comparison with a field, or in a list of its values. */
const CHOICE = /(\w+)\s*(?:==|!=|in\s*\[(?:\s*(["'])[^"']*\2\s*,)*)\s*(["']?)([\w-]*)$/;

/** Longer than any condition may be. */
const MOST = 600;

/** Null: in a text that is no value of a field. */
export function conditionAt(condition: string, offset: number): ConditionSpot | null {
  if (condition.length > MOST) return null;
  const before = condition.slice(0, offset).replaceAll('\\"', '"');
  const shift = offset - before.length;
  const choice = CHOICE.exec(before);
  const [, field = '', , quote = '', value = ''] = choice ?? [];
  if (choice !== null && !/^\d/.test(value))
    return { from: shift + before.length - value.length - quote.length, word: value, kind: 'choice', field, quote };
  if ((before.match(/"/g)?.length ?? 0) % 2 === 1) return null;
  const word = /\w*$/.exec(before)?.[0] ?? '';
  const from = before.length - word.length;
  return { from: from + shift, word, kind: before[from - 1] === '.' ? 'method' : 'word', field: null, quote: '' };
}
