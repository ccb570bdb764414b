import { elementAt, findPlace, type Place, shown } from './address.ts';
import type { Change } from './change.ts';
import { type Kind, kinds, wordsOf } from './kinds.ts';
import type { Operation } from './operations.ts';
import { isPlainList, isPlainMap, isSame, type Path, type Plain, type PlainMap, plainOf, valueAt } from './plain.ts';
import { refusal } from './refuse.ts';

type Set = Extract<Operation, { readonly op: `set${string}` }>;

const timed: readonly (Kind | null)[] = [null, 'phase', 'step', 'activity', 'approval'];
const roleWords: Readonly<Partial<Record<Kind, string>>> = {
  step: 'owner',
  activity: 'by',
  approval: 'by',
  signal: 'from',
};
const conditional: readonly Kind[] = ['criterion', 'activity', 'approval', 'child'];
const demands = ['when', 'all', 'any', 'not', 'at_least', 'of'];

/** The changes that give a word of an element its value. */
export function setWords(file: Plain, operation: Set, pointer: string): readonly Change[] {
  const find = (allowed: readonly (Kind | null)[]) => findPlace(file, operation.at, `${pointer}/at`, allowed);
  switch (operation.op) {
    case 'set': {
      const words = operation.word.split('/');
      return setWord(file, find([null, ...kinds]), words, plainOf(operation.value), `${pointer}/word`);
    }
    case 'set-title': {
      const place = find([null, ...kinds.filter((kind) => wordsOf(kind).includes('title'))]);
      const old = valueAt(file, [...place.path, 'title']);
      const title = new Map([...(isPlainMap(old) ? old : []), ...mapOf(plainOf(operation.value))]);
      return setWord(file, place, ['title'], title, pointer);
    }
    case 'set-sla': {
      const place = find(timed);
      const old = valueAt(file, [...place.path, 'sla']);
      return setWord(file, place, ['sla'], slaOf(old, operation.value), pointer);
    }
    case 'set-role': {
      const place = find(kinds.filter((kind) => roleWords[kind] !== undefined));
      const word = place.kind === null ? '' : (roleWords[place.kind] ?? '');
      return setWord(file, place, [word], plainOf(operation.value), pointer);
    }
    case 'set-condition': {
      const place = find(conditional);
      if (place.kind !== 'criterion') return setWord(file, place, ['when'], plainOf(operation.value), pointer);
      return setCriterion(file, place, plainOf(operation.value), `${pointer}/value`);
    }
  }
}

function mapOf(value: Plain): PlainMap {
  return isPlainMap(value) ? value : new Map();
}

function slaOf(old: Plain | undefined, given: Extract<Set, { op: 'set-sla' }>['value']): Plain {
  if (typeof given !== 'string' || !isPlainMap(old)) {
    return typeof given === 'string' ? new Map([['within', given]]) : plainOf(given);
  }
  if (old.has('within')) return new Map([...old, ['within', given]]);
  // One target takes the place of another.
  return new Map(
    [...old].map(([word, value]) => (word === 'due' || word === 'targets' ? ['within', given] : [word, value])),
  );
}

function setCriterion(file: Plain, place: Place, value: Plain, pointer: string): readonly Change[] {
  if (value === null) {
    throw refusal(pointer, {
      zh: `条件项不能没有条件；要删除它请用 remove ${place.path.slice(-3).join('/')}`,
      en: `a criterion has a condition; to take it out use remove ${place.path.slice(-3).join('/')}`,
    });
  }
  const old = elementAt(file, place);
  if (!isPlainMap(old)) return [{ kind: 'set', path: place.path, value }];
  const wanted = isPlainMap(value) ? value : new Map([['when', value]]);
  const kept = [...old].filter(([word]) => !demands.includes(word));
  return changing(old, new Map([...wanted, ...kept]), place.path);
}

function changing(old: Plain, value: Plain, path: Path): readonly Change[] {
  return isSame(old, value) ? [] : [{ kind: 'set', path, value }];
}

/** The words from an element on down to a value, which becomes another; null takes the word out. */
export function setWord(
  file: Plain,
  place: Place,
  words: readonly string[],
  value: Plain,
  pointer: string,
): readonly Change[] {
  const element = elementAt(file, place);
  const parts = words.map((word) => (/^\d{1,4}$/.test(word) ? Number(word) : word));
  // As far down as the file goes.
  let depth = 0;
  while (depth < parts.length && valueAt(element, parts.slice(0, depth + 1)) !== undefined) depth++;
  const path = [...place.path, ...parts];
  if (depth === parts.length) {
    if (value === null) return removeWord(file, path, pointer);
    return changing(valueAt(file, path) ?? null, value, path);
  }
  const at = [...place.path, ...parts.slice(0, depth)];
  const parent = valueAt(file, at);
  const missing = parts.slice(depth);
  if (value === null) {
    throw refusal(pointer, {
      zh: `${shown(words.join('/'))} 没有写，无从删除`,
      en: `${shown(words.join('/'))} is not written there, so it cannot be taken out`,
    });
  }
  const [key = '', ...inner] = missing;
  const wrapped = inner.reduceRight<Plain>((own, part) => new Map([[String(part), own]]), value);
  if (isPlainList(parent) && inner.length === 0 && key === parent.length) {
    return [{ kind: 'set', path: at, value: [...parent, value] }];
  }
  if (!isPlainMap(parent) || missing.some((part) => typeof part === 'number')) {
    const there = at.slice(place.path.length).join('/') || place.id;
    throw refusal(pointer, {
      zh: `${shown(there)} 下没有可写 ${shown(String(key))} 的地方`,
      en: `there is no place for ${shown(String(key))} in ${shown(there)}`,
    });
  }
  const order = depth === 0 ? wordsOf(place.kind) : [];
  return [
    {
      kind: 'insert',
      path: at,
      after: wordBefore(parent, String(key), order),
      key: String(key),
      value: wrapped,
      like: false,
    },
  ];
}

/** The member that a new word comes after: those that the language names later follow it; else the last. */
export function wordBefore(map: PlainMap, word: string, order: readonly string[]): string | null {
  const keys = [...map.keys()];
  const rank = order.indexOf(word);
  const next = rank < 0 ? -1 : keys.findIndex((key) => order.indexOf(key) > rank);
  return (next < 0 ? keys.at(-1) : keys[next - 1]) ?? null;
}

function removeWord(file: Plain, path: Path, pointer: string): readonly Change[] {
  const parent = valueAt(file, path.slice(0, -1));
  if (isPlainList(parent)) {
    const value = parent.filter((_, n) => n !== path.at(-1));
    return value.length === 0
      ? removeWord(file, path.slice(0, -1), pointer)
      : [{ kind: 'set', path: path.slice(0, -1), value }];
  }
  return removeMember(file, path, pointer);
}

/** A member taken out, with what would be empty without it. */
export function removeMember(file: Plain, path: Path, pointer: string): readonly Change[] {
  return [{ kind: 'remove', path: emptied(file, path, pointer) }];
}

/** A member, or the map of which it is the last one, and so on up. Throws where something must be in that map. */
export function emptied(file: Plain, path: Path, pointer: string): Path {
  const parent = valueAt(file, path.slice(0, -1));
  if (isPlainMap(parent) && parent.size > 1) return path;
  const word = String(path.at(-2) ?? '');
  if (path.length > 1 && !['steps', 'phases', 'roles', 'outcomes'].includes(word)) {
    return emptied(file, path.slice(0, -1), pointer);
  }
  throw refusal(pointer, {
    zh: `${String(path.at(-1))} 是 ${word} 中的最后一个，不能拿走；请先添加另一个`,
    en: `${String(path.at(-1))} is the last of ${word}; add another before it is taken away`,
  });
}
