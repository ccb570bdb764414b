import type { Guide, Place, PlaceOrName, Said } from '../guide.ts';
import { conditionAt } from './condition-at.ts';
import { choicesOf, type Declared, declaredIn, fieldOfTable, isNear, placeAt } from './declared.ts';
import { type Part, partAt, scalarOf } from './outline.ts';
import { type Spot, spotAt } from './spot.ts';

/** Something that could be written at a place of a file. */
export interface Candidate {
  readonly label: string;
  readonly kind: 'word' | 'value' | 'name' | 'field' | 'function' | 'method' | 'operator';
  /** A word or two: what it is called, what it is of. */
  readonly detail: Said | null;
  readonly help: Said | null;
  /** A word that its element cannot do without. */
  readonly isRequired: boolean;
  /** What is put in; `#{}` are places to be filled in, one after the other. */
  readonly template: string;
  /** More can be chosen from once it is put in. */
  readonly goesOn: boolean;
}

export interface Candidates {
  /** What is written from here to the cursor is replaced. */
  readonly from: number;
  readonly all: readonly Candidate[];
}

/** What there is beside the file: ids by the kind of what they name. */
export type Beside = Readonly<Record<string, readonly string[]>>;

/** Null: nothing can be said of this place. */
export function candidatesAt(
  guide: Guide,
  text: string,
  root: Part,
  offset: number,
  beside: Beside,
): Candidates | null {
  const spot = spotAt(text, root, offset);
  const place = spot === null ? null : placeAt(guide, spot.path);
  if (spot === null || place === null) return null;
  const context: Context = { guide, text, root, spot, beside };
  if (spot.role === 'key') {
    const isValue = spot.others.length === 0 && spot.part === null && spot.path.length > 0;
    return { from: spot.from, all: [...wordsOf(context, place), ...(isValue ? valuesOf(context, place) : [])] };
  }
  const isText = spot.part?.shape === 'scalar';
  if (place.isCondition && isText) return inCondition(context, offset);
  const values = valuesOf(context, place);
  // The first word of an element of a list that stands behind dashes.
  const words = typeof spot.path.at(-1) === 'number' && !spot.isFlow ? wordsOf(context, place) : [];
  const start = place.isCondition ? fieldsAndFunctions(context) : [];
  return { from: spot.from, all: [...words, ...values, ...start] };
}

interface Context {
  readonly guide: Guide;
  readonly text: string;
  readonly root: Part;
  readonly spot: Spot;
  readonly beside: Beside;
}

const plain = { help: null, detail: null, isRequired: false, goesOn: false } as const;

/** Words that say something about an element, and not what it does. */
const remarks: ReadonlySet<string> = new Set(['was', 'source', 'assumed', 'note']);

/** The words of an element that it does not have yet: what it must have, what it may have, what is said about it. */
function wordsOf({ guide, spot }: Context, place: Place): readonly Candidate[] {
  const written = new Set(spot.others.map(({ key }) => key));
  const words = Object.entries(place.words ?? {}).filter(([name]) => !written.has(name));
  const candidates = words.map(([label, { title, help, isRequired, place: next }]): Candidate => {
    const isThere = spot.role === 'key' && (spot.part?.colon ?? -1) >= 0;
    const { template, goesOn } = isThere
      ? { template: label, goesOn: false }
      : beginning(guide, label, next, spot.isFlow);
    return { label, kind: 'word', detail: title, help, isRequired, template, goesOn };
  });
  const rank = ({ label, isRequired }: Candidate): number => (isRequired ? 0 : remarks.has(label) ? 2 : 1);
  return candidates.sort((a, b) => rank(a) - rank(b));
}

/** A word with what its value begins with. */
function beginning(
  { places }: Guide,
  word: string,
  next: PlaceOrName,
  isFlow: boolean,
): Pick<Candidate, 'template' | 'goesOn'> {
  const place = (typeof next === 'string' ? places[next] : next) ?? {};
  const isScalar = place.values !== undefined || place.names !== undefined || place.isCondition === true;
  if (place.words?.zh !== undefined) return { template: `${word}: { zh: #{}, en: #{} }`, goesOn: false };
  if (isScalar && (place.items === undefined || place.each === undefined))
    return { template: `${word}: #{}`, goesOn: place.isCondition !== true };
  if (place.words === undefined && place.each === undefined)
    return place.items === undefined
      ? { template: `${word}: #{}`, goesOn: false }
      : { template: `${word}: [#{}]`, goesOn: true };
  return { template: isFlow ? `${word}: { #{} }` : `${word}:\n\t#{}`, goesOn: true };
}

function valuesOf(context: Context, place: Place): readonly Candidate[] {
  const { guide, text, root, spot, beside } = context;
  const written = new Set(spot.others.map((part) => scalarOf(text, part)));
  const fixed = (place.values ?? []).map((label): Candidate => ({ ...plain, label, kind: 'value', template: label }));
  const field = fieldOfTable(text, root, spot.path);
  const choices = field === null ? [] : choicesOf(text, root, field).map(nameOf(guide));
  const names = (place.names ?? []).flatMap((kind) => {
    const near = declaredIn(guide, text, root, kind).filter(
      ({ part }) => kind !== 'approval' || isNear(spot.path, part),
    );
    const others = (beside[kind] ?? []).map(
      (label): Candidate => ({
        ...plain,
        label,
        kind: 'name',
        detail: guide.kinds[kind]?.name ?? null,
        template: label,
      }),
    );
    return [...near.map(nameOf(guide)), ...others];
  });
  const seen = new Set<string>();
  return [...fixed, ...choices, ...names].filter(({ label }) => {
    const isNew = !written.has(label.replaceAll('"', '')) && !seen.has(label);
    seen.add(label);
    return isNew;
  });
}

function nameOf({ kinds }: Guide): (declared: Declared) => Candidate {
  return ({ id, kind, title }) => {
    const label = /^[A-Za-z_][\w/-]*$/.test(id) ? id : `"${id}"`;
    return { ...plain, label, kind: 'name', detail: title ?? kinds[kind]?.name ?? null, template: label };
  };
}

function inCondition(context: Context, offset: number): Candidates | null {
  const { guide, text, root, spot } = context;
  const at = conditionAt(text.slice(spot.from, offset), offset - spot.from);
  if (at === null) return null;
  const from = spot.from + at.from;
  if (at.kind === 'method') return { from, all: wordsOfConditions(guide, ['method']) };
  if (at.kind === 'word') return { from, all: fieldsAndFunctions(context) };
  // In a text in double quotes, the condition's own are single ones.
  const quote = at.quote || (text[spot.from] === '"' ? "'" : '"');
  const choices = choicesOf(text, root, at.field ?? '').map(({ id, title }): Candidate => {
    const label = `${quote}${id}${quote}`;
    return { ...plain, label, kind: 'value', detail: title, template: label };
  });
  return { from, all: choices };
}

function fieldsAndFunctions(context: Context): readonly Candidate[] {
  const { guide, text, root } = context;
  const fields = declaredIn(guide, text, root, 'field').map(({ id, part, title }): Candidate => {
    const type = partAt(part, ['type']);
    const help = type === null ? null : { zh: scalarOf(text, type), en: scalarOf(text, type) };
    return { ...plain, label: id, kind: 'field', detail: title, help, template: id };
  });
  return [...fields, ...wordsOfConditions(guide, ['function', 'operator', 'literal'])];
}

function wordsOfConditions({ conditionWords }: Guide, kinds: readonly string[]): readonly Candidate[] {
  return conditionWords
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ name, kind, signature, help }): Candidate => {
      const call = kind === 'function' || kind === 'method';
      const template = name === 'timestamp' ? `${name}("#{}")` : call ? `${name}(#{})` : name;
      const detail = { zh: signature, en: signature };
      const own = kind === 'literal' ? 'value' : kind;
      return { ...plain, label: name, kind: own, detail, help, template, goesOn: kind === 'function' };
    });
}
