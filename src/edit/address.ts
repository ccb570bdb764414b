import { suggest } from '../suggest.ts';
import { homes, type Kind, kindNames, kinds } from './kinds.ts';
import { isPlainMap, type Path, type Plain, valueAt } from './plain.ts';
import { refusal } from './refuse.ts';

/** An element of the file. `kind` is null for the process itself. */
export interface Place {
  readonly kind: Kind | null;
  readonly id: string;
  readonly path: Path;
}

/** Every element of the file, in its order. */
export function placesIn(file: Plain): readonly Place[] {
  return kinds.flatMap((kind) =>
    homes[kind].flatMap((home) =>
      expand(file, home.split('/'), []).map((path) => ({ kind, id: String(path.at(-1)), path })),
    ),
  );
}

function expand(value: Plain | undefined, [part, ...rest]: readonly string[], path: Path): readonly Path[] {
  if (part === undefined) return [path];
  if (!isPlainMap(value)) return [];
  const keys = part === '*' ? [...value.keys()] : value.has(part) ? [part] : [];
  return keys.flatMap((key) => expand(value.get(key), rest, [...path, key]));
}

/**
 * How people name an element: by its id where one alone has it, else with its kind (`step:demo`); criteria and children
 * by what they belong to (`demo/exit/buyer-present`, `long-term/starts/account-care`); `process` is the process itself.
 */
export function nameOf({ kind, id, path }: Place): string {
  if (kind === null) return 'process';
  return kind === 'criterion' || kind === 'child' ? path.slice(-3).join('/') : `${kind}:${id}`;
}

/** The one element that `at` names, of these kinds. Throws `invalid-input` where it is none or several. */
export function findPlace(file: Plain, at: string, pointer: string, allowed: readonly (Kind | null)[]): Place {
  if (at === 'process' && allowed.includes(null)) return { kind: null, id: 'process', path: [] };
  const places = placesIn(file).filter(({ kind }) => allowed.includes(kind));
  const found = places.filter((place) => isNamed(place, at));
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return only;
  if (only !== undefined) {
    const names = found.map(nameOf);
    throw refusal(pointer, {
      zh: `${at} 指不止一个元素；请写明：${names.join('、')}`,
      en: `${at} is the name of several elements; say which: ${names.join(', ')}`,
    });
  }
  const near = suggest(at, [...places.map(({ id }) => id), ...places.map(nameOf)]);
  const wanted = allowed.map((kind) => (kind === null ? { zh: ' process', en: 'process' } : kindNames[kind]));
  const names = wanted.map(({ en }) => en);
  const list = [names.slice(0, -1).join(', '), names.at(-1)].filter((part) => part !== '').join(' or ');
  throw refusal(pointer, {
    zh: `应为文件中的${wanted.map(({ zh }) => zh).join('、')}；没有 ${shown(at)}${near === null ? '' : `，是否指 ${near}？`}`,
    en: `expected a ${list} of the file; there is no ${shown(at)}${near === null ? '' : `, did you mean ${near}?`}`,
  });
}

function isNamed(place: Place, at: string): boolean {
  if (place.kind === 'criterion' || place.kind === 'child') return nameOf(place) === at;
  return place.id === at || nameOf(place) === at;
}

/** What was given, as far as a message shows it. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** The value of an element. */
export function elementAt(file: Plain, { path }: Place): Plain {
  return valueAt(file, path) ?? null;
}
