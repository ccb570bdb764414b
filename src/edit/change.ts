import { isPlainList, isPlainMap, type Path, type Plain, type PlainMap, valueAt } from './plain.ts';

/**
 * One change of what a file says. Carried out twice: on the data here, on the text in `write-change.ts`; the edited text
 * must then say what the changed data says.
 */
export type Change =
  /** What is there becomes this. Members that both have are changed one by one, new ones come after. */
  | { readonly kind: 'set'; readonly path: Path; readonly value: Plain }
  /** Words of the text that is there; offsets into its value. */
  | { readonly kind: 'words'; readonly path: Path; readonly words: readonly Word[] }
  /** A member that a map has not got, after this one of its members (null: first). */
  | {
      readonly kind: 'insert';
      readonly path: Path;
      readonly after: string | null;
      readonly key: string;
      readonly value: Plain;
      /** Over several lines where its neighbour is. */
      readonly like: boolean;
    }
  | { readonly kind: 'remove'; readonly path: Path }
  | { readonly kind: 'rekey'; readonly path: Path; readonly to: string }
  /** A member of a map becomes one of the map `to`, after this one of its members. */
  | {
      readonly kind: 'move';
      readonly path: Path;
      /** What goes with it: itself, or what would be empty without it. */
      readonly gone: Path;
      readonly to: Path;
      readonly after: string | null;
      /** Where `to` is not there yet: the member of what it is in that it comes after (null: first). */
      readonly made: { readonly after: string | null } | null;
    };

export interface Word {
  readonly offset: number;
  readonly length: number;
  readonly to: string;
}

/** The data after a change of it. */
export function changed(data: Plain, change: Change): Plain {
  const { path } = change;
  switch (change.kind) {
    case 'set':
      return update(data, path, (old) => merged(old, change.value));
    case 'words':
      return update(data, path, (old) => reworded(String(old), change.words));
    case 'insert':
      return update(data, path, (map) => inserted(mapOf(map), change.after, change.key, change.value));
    case 'remove':
      return updateParent(data, path, (key, map) => new Map([...map].filter(([name]) => name !== key)));
    case 'rekey':
      return updateParent(
        data,
        path,
        (key, map) => new Map([...map].map(([name, value]) => [name === key ? change.to : name, value])),
      );
    case 'move': {
      const { gone, to, after, made } = change;
      const key = String(path.at(-1));
      const moved = valueAt(data, path) ?? null;
      const without = updateParent(data, gone, (own, map) => new Map([...map].filter(([name]) => name !== own)));
      if (made === null) return update(without, to, (map) => inserted(mapOf(map), after, key, moved));
      const fresh = new Map([[key, moved]]);
      return updateParent(without, to, (word, map) => inserted(map, made.after, word, fresh));
    }
  }
}

/** What `set` makes of a value. */
function merged(old: Plain | undefined, value: Plain): Plain {
  if (isPlainMap(old) && isPlainMap(value)) {
    const kept = [...old].filter(([key]) => value.has(key));
    if (kept.length === 0) return value;
    const fresh = freshMembers(old, value);
    const behind = (own: string | null) => fresh.filter(({ after }) => after === own).map(({ key }) => key);
    const keys = [...behind(null), ...kept.flatMap(([key]) => [key, ...behind(key)])];
    return new Map(keys.map((key) => [key, merged(old.get(key), value.get(key) ?? null)]));
  }
  if (isPlainList(old) && isPlainList(value)) return value.map((item, n) => merged(old[n], item));
  return value;
}

/** The members of a new value that the old one has not got, each with the one of both that it comes after (null: none). */
export function freshMembers(
  old: PlainMap,
  value: PlainMap,
): readonly { readonly key: string; readonly after: string | null }[] {
  let after: string | null = null;
  return [...value.keys()].flatMap((key) => {
    if (!old.has(key)) return [{ key, after }];
    after = key;
    return [];
  });
}

export function reworded(text: string, words: readonly Word[]): string {
  return [...words]
    .sort((a, b) => b.offset - a.offset)
    .reduce((made, { offset, length, to }) => made.slice(0, offset) + to + made.slice(offset + length), text);
}

function inserted(map: PlainMap, after: string | null, key: string, value: Plain): PlainMap {
  const entries = [...map];
  const at = after === null ? 0 : entries.findIndex(([name]) => name === after) + 1;
  return new Map([...entries.slice(0, at), [key, value], ...entries.slice(at)]);
}

function mapOf(value: Plain | undefined): PlainMap {
  if (isPlainMap(value)) return value;
  throw new Error('a member of what is no map');
}

function updateParent(data: Plain, path: Path, edit: (key: string, map: PlainMap) => Plain): Plain {
  return update(data, path.slice(0, -1), (map) => edit(String(path.at(-1)), mapOf(map)));
}

function update(data: Plain | undefined, path: Path, edit: (old: Plain | undefined) => Plain): Plain {
  const [part, ...rest] = path;
  if (part === undefined) return edit(data);
  if (isPlainList(data)) return data.map((item, n) => (n === part ? update(item, rest, edit) : item));
  const map = mapOf(data);
  return new Map([...map].map(([key, value]) => [key, key === String(part) ? update(value, rest, edit) : value]));
}
