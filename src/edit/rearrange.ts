import { elementAt, findPlace, nameOf, type Place, placesIn, shown } from './address.ts';
import type { Change } from './change.ts';
import { homes, type Kind, kindNames, kinds, wordsOf } from './kinds.ts';
import type { Operation } from './operations.ts';
import { isPlainMap, type Path, type Plain, plainOf, valueAt } from './plain.ts';
import { renameReferences } from './references.ts';
import { refusal } from './refuse.ts';
import { emptied, removeMember, setWord, wordBefore } from './set-words.ts';

type Of<Name extends Operation['op']> = Extract<Operation, { readonly op: Name }>;

/** The element that elements of a kind stand in, and the word that they stand under. */
const parents: Readonly<Partial<Record<Kind, { readonly kind: Kind; readonly word: string }>>> = {
  step: { kind: 'phase', word: 'steps' },
  activity: { kind: 'step', word: 'activities' },
  approval: { kind: 'step', word: 'approvals' },
};

/** A new id for an element, wherever it is named; it carries `was:` where the language has it. `began`: before the edit. */
export function rename(file: Plain, { at, to }: Of<'rename'>, pointer: string, began: Plain): readonly Change[] {
  const place = findPlace(file, at, `${pointer}/at`, kinds);
  const { kind, id, path } = place;
  if (kind === null || id === to) return [];
  const siblings = valueAt(file, path.slice(0, -1));
  if (isPlainMap(siblings) && siblings.has(to)) {
    throw refusal(`${pointer}/to`, {
      zh: `${shown(to)} 已是旁边另一个${kindNames[kind].zh}的标识；请另选一个`,
      en: `${shown(to)} is the id of another ${kindNames[kind].en} beside it; choose another`,
    });
  }
  const hasWas = wordsOf(kind).includes('was') && isPlainMap(elementAt(file, place));
  const was = hasWas ? writeWas(file, place, to, began) : [];
  return [...renameReferences(file, kind, id, to), ...was, { kind: 'rekey', path, to }];
}

function writeWas(file: Plain, place: Place, to: string, began: Plain): readonly Change[] {
  const earlier = earlierIds(elementAt(file, place));
  const was = [...earlier.filter((id) => id !== to), ...(isOfVersion(file, place, began) ? [place.id] : [])];
  if (was.length > 0) return setWord(file, place, ['was'], was.length === 1 ? (was[0] ?? '') : was, '');
  return earlier.length === 0 ? [] : [{ kind: 'remove', path: [...place.path, 'was'] }];
}

/** Whether a version may have known it by this id: not if this edit gave it, be it a new one or one that another had. */
function isOfVersion(file: Plain, { kind, id }: Place, began: Plain): boolean {
  const ofKind = (data: Plain) => placesIn(data).filter((place) => place.kind === kind);
  const formerIds = (data: Plain) => ofKind(data).flatMap((place) => earlierIds(elementAt(data, place)));
  const wasThere = ofKind(began).some((place) => place.id === id) || formerIds(began).includes(id);
  return wasThere && !formerIds(file).includes(id);
}

export function add(file: Plain, operation: Of<'add'>, pointer: string): readonly Change[] {
  const { map, kind, id, owner } = destination(file, operation, pointer);
  const siblings = valueAt(file, map);
  const value = plainOf(operation.value);
  if (siblings === undefined) {
    const words = map.slice(owner.path.length).map(String);
    return setWord(file, owner, words, new Map([[id, value]]), pointer);
  }
  if (!isPlainMap(siblings) || siblings.has(id)) {
    throw refusal(`${pointer}/at`, {
      zh: `已有${kindNames[kind].zh} ${shown(id)}；请另选标识，或用 set 修改它`,
      en: `there is a ${kindNames[kind].en} ${shown(id)} already; choose another id, or change it with set`,
    });
  }
  const after = neighbour([...siblings.keys()], operation, pointer);
  return [{ kind: 'insert', path: map, after, key: id, value, like: true }];
}

interface Destination {
  readonly kind: Kind;
  readonly id: string;
  /** The map that it goes into, and the element whose map it is. */
  readonly map: Path;
  readonly owner: Place;
}

/** `step:pilot` in `follow-up`, `field:region`, `demo/exit/buyer-present`. */
function destination(file: Plain, { at, in: inside }: Of<'add'>, pointer: string): Destination {
  const parts = at.split('/');
  const process: Place = { kind: null, id: 'process', path: [] };
  if (parts.length === 3) {
    const [of = '', gate = '', id = ''] = parts;
    const kind = gate === 'starts' ? 'child' : gate === 'entry' || gate === 'exit' ? 'criterion' : null;
    if (kind !== null && id !== '') {
      const owner = findPlace(file, of, `${pointer}/at`, kind === 'child' ? ['step'] : ['phase', 'step']);
      return { kind, id, map: [...owner.path, gate], owner };
    }
  }
  const [name = '', id = '', ...more] = at.split(':');
  const kind = kinds.find((known) => known === name);
  if (kind === undefined || kind === 'criterion' || kind === 'child' || id === '' || more.length > 0) {
    throw refusal(`${pointer}/at`, {
      zh: `应为“种类:标识”（例如 step:pilot）或“环节/exit/标识”；收到 ${shown(at)}。种类：${kinds.join('、')}`,
      en: `expected kind:id (like step:pilot) or step/exit/id; found ${shown(at)}. Kinds: ${kinds.join(', ')}`,
    });
  }
  const parent = parents[kind];
  if (parent === undefined) {
    const word = homes[kind][0]?.split('/')[0] ?? '';
    return { kind, id, map: [word], owner: process };
  }
  if (inside === null) {
    throw refusal(`${pointer}/in`, {
      zh: `应写明在哪个${kindNames[parent.kind].zh}中（in）；没有写`,
      en: `expected the ${kindNames[parent.kind].en} that it is added to (in); found nothing`,
    });
  }
  const owner = findPlace(file, inside, `${pointer}/in`, [parent.kind]);
  return { kind, id, map: [...owner.path, parent.word], owner };
}

/** The key after which something comes; null: first. */
function neighbour(
  keys: readonly string[],
  { after, before }: Pick<Of<'move'>, 'after' | 'before'>,
  pointer: string,
): string | null {
  if (after !== null && before !== null) {
    throw refusal(`${pointer}/before`, {
      zh: 'after 与 before 只能写一个；两个都写了',
      en: 'expected one of after and before; found both',
    });
  }
  const word = after === null ? 'before' : 'after';
  const beside = after ?? before;
  if (beside === null) return keys.at(-1) ?? null;
  const index = keys.indexOf(beside.replace(/^\w+:/, ''));
  if (index < 0) {
    throw refusal(`${pointer}/${word}`, {
      zh: `${word} 应为旁边的元素之一：${keys.join('、')}；收到 ${shown(beside)}`,
      en: `${word} should be one of its neighbours: ${keys.join(', ')}; found ${shown(beside)}`,
    });
  }
  return keys[after === null ? index - 1 : index] ?? null;
}

export function move(file: Plain, operation: Of<'move'>, pointer: string): readonly Change[] {
  const place = findPlace(file, operation.at, `${pointer}/at`, kinds);
  const { kind, id, path } = place;
  const parent = kind === null ? undefined : parents[kind];
  if (operation.to !== null && parent === undefined) {
    throw refusal(`${pointer}/to`, {
      zh: `${nameOf(place)} 只能在原处调整次序（after、before），不能移到别处`,
      en: `${nameOf(place)} can change its order only (after, before), not its place`,
    });
  }
  const home = path.slice(0, -1);
  const owner =
    operation.to === null || parent === undefined
      ? null
      : findPlace(file, operation.to, `${pointer}/to`, [parent.kind]);
  const to = owner === null || parent === undefined ? home : [...owner.path, parent.word];
  const siblings = valueAt(file, to);
  const isHome = to.join('/') === home.join('/');
  const keys = isPlainMap(siblings) ? [...siblings.keys()] : [];
  const others = keys.filter((key) => key !== id);
  const after = neighbour(others, operation, pointer);
  if (isHome) {
    const stays = (keys[keys.indexOf(id) - 1] ?? null) === after;
    return stays ? [] : [{ kind: 'move', path, gone: path, to, after, made: null }];
  }
  const gone = emptied(file, path, `${pointer}/at`);
  const element = owner === null ? undefined : elementAt(file, owner);
  if (siblings !== undefined || owner === null || parent === undefined || !isPlainMap(element)) {
    return [{ kind: 'move', path, gone, to, after, made: null }];
  }
  const made = { after: wordBefore(element, parent.word, wordsOf(owner.kind)) };
  return [{ kind: 'move', path, gone, to, after, made }];
}

/** Takes an element out; a step or phase tells in `retired` where instances go on that stand there. */
export function remove(file: Plain, { at, moveTo }: Of<'remove'>, pointer: string): readonly Change[] {
  const place = findPlace(file, at, `${pointer}/at`, kinds);
  const changes = removeMember(file, place.path, `${pointer}/at`);
  const retires = place.kind === 'step' || place.kind === 'phase';
  if (!retires) {
    if (moveTo === null) return changes;
    throw refusal(`${pointer}/move_to`, {
      zh: `只有删除环节或阶段时才写 move_to；${nameOf(place)} 不需要`,
      en: `only steps and phases are removed with move_to; ${nameOf(place)} needs none`,
    });
  }
  if (moveTo === null) {
    throw refusal(`${pointer}/move_to`, {
      zh: `应写明停在 ${place.id} 的实例转到哪个环节（move_to）；没有写`,
      en: `expected the step that instances in ${place.id} go on with (move_to); found nothing`,
    });
  }
  const target = findPlace(file, moveTo, `${pointer}/move_to`, ['step']);
  if (target.path.slice(0, place.path.length).join('/') === place.path.join('/')) {
    throw refusal(`${pointer}/move_to`, {
      zh: `move_to 应为留下的环节；${target.id} 也被删除`,
      en: `move_to should be a step that stays; ${target.id} is removed too`,
    });
  }
  return [...changes, ...retire(file, place, target.id, pointer)];
}

/** What was moved to a step that goes now moves on with it. */
function retire(file: Plain, place: Place, to: string, pointer: string): readonly Change[] {
  const element = elementAt(file, place);
  const steps = place.kind === 'step' ? [[place.id, element] as const] : stepsOf(element);
  const gone = steps.map(([id]) => id);
  const written = valueAt(file, ['retired']);
  const known = isPlainMap(written) ? [...written] : [];
  const onward = known.map(([id, entry]) => {
    const moved = isPlainMap(entry) && gone.includes(String(entry.get('move_to')));
    return [id, moved ? new Map([...entry, ['move_to', to]]) : entry] as const;
  });
  const fresh = steps
    .flatMap(([id, step]) => [id, ...earlierIds(step)])
    .map((id) => [id, new Map([['move_to', to]])] as const);
  const retired: Plain = new Map([...onward, ...fresh]);
  return setWord(file, { kind: null, id: 'process', path: [] }, ['retired'], retired, pointer);
}

function stepsOf(phase: Plain): readonly (readonly [string, Plain])[] {
  const steps = isPlainMap(phase) ? phase.get('steps') : undefined;
  return isPlainMap(steps) ? [...steps] : [];
}

function earlierIds(element: Plain): readonly string[] {
  const was = isPlainMap(element) ? element.get('was') : undefined;
  return was === undefined ? [] : Array.isArray(was) ? was.map(String) : [String(was)];
}
