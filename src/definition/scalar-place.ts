import type { Replacement } from './fix.ts';
import type { Span } from './source.ts';

/**
 * Where a part of a scalar's value stands in the file: value and written text are walked side by side, past the quotes
 * and escapes of quoted texts and the line folding of long ones.
 */
export function spanInScalar(file: string, scalar: Span, value: string, offset: number, length: number): Span {
  const { start } = characterIn(file, scalar, value, offset);
  if (length === 0) return { start, end: start };
  return { start, end: Math.max(start, characterIn(file, scalar, value, offset + length - 1).end) };
}

/** A part of a scalar replaced by a text, as the scalar's own quotes ask for it; null: it would need quotes that it has not. */
export function writtenIn(file: string, scalar: Span, part: Span, text: string): Replacement | null {
  const quote = file.charAt(scalar.start);
  if (quote === "'") return { ...part, text: text.replaceAll("'", "''") };
  if (quote === '"') return { ...part, text: JSON.stringify(text).slice(1, -1) };
  if (quote === '|' || quote === '>') return { ...part, text };
  const all = file.slice(scalar.start, part.start) + text + file.slice(part.end, scalar.end);
  return /^[\w(]/.test(all) && !/: |\s#/.test(all) ? { ...part, text } : null;
}

/** How the character of the value at an offset is written. */
function characterIn(file: string, scalar: Span, value: string, offset: number): Span {
  const quote = file.charAt(scalar.start);
  const quoted = quote === '"' || quote === "'";
  const end = scalar.end - (quoted ? 1 : 0);
  let at = scalar.start + (quoted ? 1 : 0);
  if (quote === '|' || quote === '>') at = file.indexOf('\n', at) + 1;
  let read = 0;
  for (;;) {
    // Blanks may have been folded or be indentation: they are skipped on both sides.
    while (at < end && isBlank(file.charAt(at))) at++;
    while (read < offset && isBlank(value.charAt(read))) read++;
    if (at >= end) return { start: Math.min(at, scalar.end), end: Math.min(at, scalar.end) };
    const next = at + writtenLength(file, at, quote);
    if (read >= offset) return { start: at, end: Math.min(next, scalar.end) };
    at = next;
    read++;
  }
}

const isBlank = (char: string): boolean => char === ' ' || char === '\n' || char === '\r' || char === '\t';

function writtenLength(file: string, at: number, quote: string): number {
  const char = file.charAt(at);
  if (quote === "'" && char === "'") return 2;
  if (quote !== '"' || char !== '\\') return 1;
  const kind = file.charAt(at + 1);
  return kind === 'x' ? 4 : kind === 'u' ? 6 : kind === 'U' ? 10 : 2;
}
