import { placeOf, type Source, type Span } from './source.ts';

/** What to write in place of a stretch of one line; where its length is 0, what to put in. Lines and columns count from 1. */
export interface Fix {
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly text: string;
}

export interface Replacement extends Span {
  readonly text: string;
}

/** What mends the problem at a stretch of the file; null: here nothing surely does. */
export type Mend = (source: Source, span: Span) => Replacement | null;

export function fixOf(source: Source, span: Span, mend: Mend): Fix | null {
  const found = mend(source, span);
  if (found === null || source.text.slice(found.start, found.end).includes('\n')) return null;
  return { ...placeOf(source, found.start), length: found.end - found.start, text: found.text };
}

/** The word that was meant, in place of the one that was written; null in, null out. */
export function writeInstead(word: string | null): Mend | null {
  return word === null ? null : (_, span) => ({ ...span, text: scalarOf(word) });
}

/** The same text in quotes. */
export const putInQuotes: Mend = ({ text }, span) => ({ ...span, text: quoted(text.slice(span.start, span.end)) });

/** A text as YAML writes it: plain where that cannot be mistaken for something else. */
export function scalarOf(text: string): string {
  return /^[A-Za-z_][\w/-]*$/.test(text) && !/^(true|false|null)$/i.test(text) ? text : quoted(text);
}

/** JSON's way of quoting is one of YAML's. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}
