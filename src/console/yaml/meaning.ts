import type { Guide, Said } from '../guide.ts';
import { choicesOf, type Declared, declaredIn, fieldOfTable, isNear, placeAt, titleOf } from './declared.ts';
import { type Part, type Path, partAt, scalarOf } from './outline.ts';
import { type Spot, spotAt } from './spot.ts';

/** What a word of a file means. Offsets are of the word. */
export interface Meaning {
  readonly from: number;
  readonly to: number;
  readonly head: string;
  /** What it is called or what kind of thing it is. */
  readonly title: Said | null;
  readonly help: Said | null;
  /** Of a field, its type; of a function, how it is written. */
  readonly code: string | null;
  /** Where what it names is declared: offset; null: here, or not in this file. */
  readonly declared: number | null;
}

/** Null: nothing can be said of this place. */
export function meaningAt(guide: Guide, text: string, root: Part, offset: number): Meaning | null {
  const spot = spotAt(text, root, offset);
  if (spot === null || spot.part === null) return null;
  const { part, path } = spot;
  if (spot.role === 'key') return ofKey(guide, text, part, path);
  const place = placeAt(guide, path);
  if (place === null || part.shape !== 'scalar' || offset > part.to) return null;
  if (place.isCondition) return inCondition(guide, text, root, spot, offset);
  const id = scalarOf(text, part);
  const span = { from: part.from, to: part.to };
  const kinds = place.names ?? [];
  const field = fieldOfTable(text, root, path);
  const found =
    (field === null ? undefined : choicesOf(text, root, field).find((choice) => choice.id === id)) ??
    kinds
      .flatMap((kind) => declaredIn(guide, text, root, kind))
      .find((named) => named.id === id && (named.kind !== 'approval' || isNear(path, named.part)));
  if (found !== undefined) return ofDeclared(guide, text, found, span);
  return place.values?.includes(id) ? ofValue(guide, path, id, span) : null;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** A word of the language, or an id that is declared here. */
function ofKey(guide: Guide, text: string, part: Part, path: Path): Meaning | null {
  const owner = placeAt(guide, path);
  const span = { from: part.keyFrom, to: part.keyTo };
  const head = String(part.key);
  const word = owner?.words?.[head];
  if (word !== undefined) return { ...span, head, title: word.title, help: word.help, code: null, declared: null };
  if (owner?.each === undefined) return null;
  const kind = Object.keys(guide.kinds).find((name) =>
    (guide.kinds[name]?.homes ?? []).some((home) => isAt(home, [...path, part.key])),
  );
  const help = kind === undefined ? null : (guide.kinds[kind]?.name ?? null);
  return { ...span, head, title: titleOf(text, part), help, code: typeOf(text, part), declared: null };
}

function isAt(home: string, path: Path): boolean {
  const words = home.split('/');
  return words.length === path.length && words.every((word, n) => word === '*' || word === path[n]);
}

function ofDeclared(guide: Guide, text: string, { id, kind, part, title }: Declared, span: Span): Meaning {
  const help = guide.kinds[kind]?.name ?? null;
  return { ...span, head: id, title, help, code: typeOf(text, part), declared: part.keyFrom };
}

/** What a value of a closed list is a value of. */
function ofValue(guide: Guide, path: Path, id: string, span: Span): Meaning | null {
  const word = [...path].reverse().find((part) => typeof part === 'string') ?? '';
  const owner = placeAt(guide, path.slice(0, path.lastIndexOf(word)));
  const { title, help } = owner?.words?.[word] ?? {};
  return help === undefined ? null : { ...span, head: id, title: title ?? null, help, code: null, declared: null };
}

function inCondition(guide: Guide, text: string, root: Part, spot: Spot, offset: number): Meaning | null {
  const { from: start, to: end } = spot.part ?? { from: 0, to: 0 };
  const before = /\w*$/.exec(text.slice(start, offset))?.[0].length ?? 0;
  const after = /^\w*/.exec(text.slice(offset, end))?.[0].length ?? 0;
  const span = { from: offset - before, to: offset + after };
  const word = text.slice(span.from, span.to);
  if (word === '') return null;
  const known = guide.conditionWords.find(({ name }) => name === word);
  if (known !== undefined)
    return { ...span, head: word, title: null, help: known.help, code: known.signature, declared: null };
  const field = declaredIn(guide, text, root, 'field').find(({ id }) => id === word);
  return field === undefined ? null : ofDeclared(guide, text, field, span);
}

/** The type of a field, with its currency or what a list is of. */
function typeOf(text: string, part: Part): string | null {
  const type = partAt(part, ['type']);
  if (type === null) return null;
  const more = partAt(part, ['currency']) ?? partAt(part, ['of']);
  const isShort = more !== null && more.shape === 'scalar';
  return isShort ? `${scalarOf(text, type)} (${scalarOf(text, more)})` : scalarOf(text, type);
}
