import type { Guide, Place, PlaceOrName, Said } from '../guide.ts';
import { type Part, type Path, partAt, pathOf, scalarOf } from './outline.ts';

/** What may stand at a path of a file; null: nothing that the language knows. */
export function placeAt({ top, places }: Guide, path: Path): Place | null {
  const named = (place: PlaceOrName | undefined) => (typeof place === 'string' ? places[place] : place) ?? null;
  return path.reduce<Place | null>((place, part) => {
    if (typeof part === 'number') return named(place?.items);
    return named(place?.words?.[part]?.place ?? place?.each);
  }, top);
}

/** An element that a file declares. */
export interface Declared {
  readonly id: string;
  readonly kind: string;
  readonly part: Part;
  readonly title: Said | null;
}

/** The elements of a kind, in the order of the file. */
export function declaredIn(guide: Guide, text: string, root: Part, kind: string): readonly Declared[] {
  const homes = guide.kinds[kind]?.homes ?? [];
  return homes.flatMap((home) =>
    partsAt(root, home.split('/')).flatMap((part) => {
      const id = typeof part.key === 'number' ? scalarOf(text, part) : part.key;
      return part.colon >= 0 && id !== '' ? [{ id, kind, part, title: titleOf(text, part) }] : [];
    }),
  );
}

function partsAt(part: Part, [word, ...rest]: readonly string[]): readonly Part[] {
  if (word === undefined) return [part];
  return part.children.filter(({ key }) => word === '*' || key === word).flatMap((child) => partsAt(child, rest));
}

/** What an element is called: its `title`, or what it is in both languages itself; null: neither is there. */
export function titleOf(text: string, part: Part): Said | null {
  const title = partAt(part, ['title']) ?? part;
  const said = (language: string) => {
    const own = partAt(title, [language]);
    return own === null ? '' : scalarOf(text, own);
  };
  const [zh, en] = [said('zh'), said('en')];
  return zh === '' && en === '' ? null : { zh: zh || en, en: en || zh };
}

/** The values that a field may have, where it says which. */
export function choicesOf(text: string, root: Part, field: string): readonly Declared[] {
  const of = partAt(root, ['fields', field, 'of']);
  return (of?.children ?? []).map((part) => ({
    id: typeof part.key === 'number' ? scalarOf(text, part) : part.key,
    kind: 'choice',
    part,
    title: titleOf(text, part),
  }));
}

/** The field that a value of a decision table is of; null: the path leads to none. */
export function fieldOfTable(text: string, root: Part, path: Path): string | null {
  const [tables, table = '', rules, , then] = path;
  if (tables !== 'tables' || rules !== 'rules' || then !== 'then') return null;
  const sets = partAt(root, ['tables', table, 'sets']);
  return sets === null ? null : scalarOf(text, sets);
}

/** The step of a file that something stands in. */
export function stepOf(path: Path): string | null {
  const [phases, , steps, step] = path;
  return phases === 'phases' && steps === 'steps' && typeof step === 'string' ? step : null;
}

/** Whether two elements stand in the same step; outside of steps everything does. */
export function isNear(path: Path, part: Part): boolean {
  return stepOf(path) === null || stepOf(path) === stepOf(pathOf(part));
}
