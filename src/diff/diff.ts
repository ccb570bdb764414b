import type { ProcessDefinition } from '../definition/types.ts';
import { canonicalJson } from '../json.ts';
import type { Text } from '../text.ts';
import { type Difference, effectOf, effectOfAdding, type Judge, opposite, topicOf } from './effect.ts';
import { type Element, isMembers, type Members } from './elements.ts';
import { type Mapping, mappingOf } from './mapping.ts';
import { match, type Pair } from './match.ts';
import { translate } from './translate.ts';
import { type Change, type ChangeKind, changeKinds, type Diff, type Effect, effects, elementKinds } from './types.ts';
import { kindNames, nameOf, valueText, wordName, writtenWord } from './words.ts';

/** A definition and, where its file is at hand, the line of each path in it. */
export interface Version {
  readonly definition: ProcessDefinition;
  readonly lineOf: ((path: readonly string[]) => number) | null;
}

/** Most changes that are told one by one. */
const MOST_CHANGES = 1_000;
/** How many cases of criteria are tried, in parts of conditions: some tenths of a second. */
const EFFORT = 4_000_000;

/** Every difference of two versions. What has another id by `was` is renamed, and whatever names it says the same. */
export function diffProcesses(from: Version, to: Version): Diff {
  const mapping = mappingOf(from.definition, to.definition);
  const { pairs, added, removed } = match(from.definition, to.definition, mapping);
  const overriders = {
    before: (from.definition.override?.by ?? []).map((role) => mapping.roles.get(role) ?? role),
    after: to.definition.override?.by ?? [],
  };
  const judge = { fields: to.definition.fields, effort: { left: EFFORT }, overriders };
  const lines: Lines = { from: from.lineOf, to: to.lineOf };
  const process = from.definition.process;
  const after = [
    ...pairs.flatMap((pair) => changesOf(pair, mapping, process, judge, lines)),
    ...outermost(added).map((element) => addition(element, added, to)),
  ];
  const order = new Map(to.lineOf === null ? [] : after.map((change) => [change, change.line.after ?? 0]));
  const changes = [
    ...after.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0)),
    ...outermost(removed).map((element) => removal(element, removed, mapping, from)),
  ].sort((a, b) => rank(a) - rank(b));
  const counted = [...changeKinds, ...effects].map((name): readonly [ChangeKind | Effect, number] => [
    name,
    changes.filter(({ kind, effect }) => kind === name || effect === name).length,
  ]);
  return {
    counts: countsOf(counted),
    changes: changes.slice(0, MOST_CHANGES),
    left: Math.max(0, changes.length - MOST_CHANGES),
  };
}

function countsOf(counted: readonly (readonly [ChangeKind | Effect, number])[]): Diff['counts'] {
  const of = new Map(counted);
  const count = (name: ChangeKind | Effect): number => of.get(name) ?? 0;
  return {
    added: count('added'),
    removed: count('removed'),
    renamed: count('renamed'),
    moved: count('moved'),
    changed: count('changed'),
    tightened: count('tightened'),
    loosened: count('loosened'),
    neutral: count('neutral'),
    text: count('text'),
  };
}

/** What stands inside of phases is read with them. */
function rank({ element }: Change): number {
  return Math.min(elementKinds.indexOf(element), elementKinds.indexOf('phase'));
}

interface Lines {
  readonly from: Version['lineOf'];
  readonly to: Version['lineOf'];
}

function changesOf(pair: Pair, mapping: Mapping, process: string, judge: Judge, lines: Lines): readonly Change[] {
  const { before, after } = pair;
  const make = (change: Omit<Change, 'element' | 'id' | 'path' | 'line'>, words: readonly string[] = []): Change => {
    const written = words.map((word) => writtenWord(after.kind, word));
    return {
      ...change,
      element: after.kind,
      id: after.id,
      path: pointerOf([...after.path, ...written]),
      line: {
        before: lines.from?.([...before.path, ...written]) ?? null,
        after: lines.to?.([...after.path, ...written]) ?? null,
      },
    };
  };
  const renamed = before.id !== after.id;
  const old = translate(before, mapping, process);
  const words = differences(old, after.own).filter(({ words: [word] }) => !(renamed && word === 'was'));
  return [
    ...(renamed ? [make(renaming(pair))] : []),
    ...(pair.moved === null ? [] : [make(moving(pair))]),
    ...words.map((difference) => {
      const { words: path, was, is } = difference;
      const name = wordName(after.kind, path);
      const subject = nameOf(after);
      const effect = effectOf(difference, { kind: after.kind, old, own: after.own }, judge);
      const summary = {
        zh: `${subject.zh}：${name.zh} ${valueText(was, 'zh')} → ${valueText(is, 'zh')}`,
        en: `${subject.en}: ${name.en} ${valueText(was, 'en')} → ${valueText(is, 'en')}`,
      };
      const topic = effect === 'text' ? effect : topicOf(after.kind, path);
      return make({ kind: 'changed', topic, effect, word: name.en, summary, before: was, after: is }, path);
    }),
  ];
}

/** Values that are told whole, though there are words inside. */
const whole = new Set(['title', 'say', 'criterion', 'repeatable', 'join', 'choices', 'with', 'reassign', 'do']);

function differences(before: Members, after: Members): readonly Difference[] {
  const words = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return words.flatMap((word): readonly Difference[] => {
    const [was, is] = [before[word] ?? null, after[word] ?? null];
    if (canonicalJson(was) === canonicalJson(is)) return [];
    if (whole.has(word) || !isMembers(was) || !isMembers(is)) return [{ words: [word], was, is }];
    return differences(was, is).map((inner) => ({ ...inner, words: [word, ...inner.words] }));
  });
}

function renaming({ before, after }: Pair): Omit<Change, 'element' | 'id' | 'path' | 'line'> {
  const name = nameOf(before);
  return {
    kind: 'renamed',
    topic: 'element',
    effect: 'neutral',
    word: null,
    summary: { zh: `${name.zh} 改名为 ${after.id}`, en: `${name.en} is renamed ${after.id}` },
    before: before.id,
    after: after.id,
  };
}

function moving({ before, after, moved }: Pair): Omit<Change, 'element' | 'id' | 'path' | 'line'> {
  const name = nameOf(after);
  const elsewhere = moved === 'elsewhere';
  const [from, to] = [parentOf(before), parentOf(after)];
  // The order of phases, steps and tables counts; that of what is declared is for readers.
  const isRead = ['role', 'field', 'outcome', 'evidence', 'signal', 'retired'].includes(after.kind);
  return {
    kind: 'moved',
    topic: isRead ? 'text' : 'element',
    effect: isRead ? 'text' : 'neutral',
    word: null,
    summary: elsewhere
      ? { zh: `${name.zh} 从 ${from} 移到 ${to}`, en: `${name.en} moves from ${from} to ${to}` }
      : { zh: `${name.zh} 的次序改变`, en: `${name.en} has another place in the order` },
    before: pointerOf(before.path),
    after: pointerOf(after.path),
  };
}

/** The phase or step that an element is in. */
function parentOf({ path }: Element): string {
  return path.at(-3) ?? '';
}

/** Those that are not inside of another of them. */
function outermost(elements: readonly Element[]): readonly Element[] {
  return elements.filter((element) => !elements.some((other) => isInside(element, other)));
}

function isInside({ path }: Element, other: Element): boolean {
  return path.length > other.path.length && other.path.every((part, n) => path[n] === part);
}

/** `（含 3 项细则、1 项审批）` */
function contents(element: Element, all: readonly Element[]): Text {
  const inside = all.filter((other) => isInside(other, element));
  const counts = [...new Set(inside.map(({ kind }) => kind))].map((kind) => {
    const n = inside.filter((other) => other.kind === kind).length;
    const plural = { activity: 'activities', criterion: 'criteria', 'child process': 'child processes' };
    const { zh, en } = kindNames[kind];
    const many = Object.entries(plural).find(([one]) => one === en)?.[1] ?? `${en}s`;
    return { zh: `${n} 项${zh}`, en: `${n} ${n === 1 ? en : many}` };
  });
  if (counts.length === 0) return { zh: '', en: '' };
  return {
    zh: `（含 ${counts.map(({ zh }) => zh).join('、')}）`,
    en: ` (with ${counts.map(({ en }) => en).join(', ')})`,
  };
}

function addition(element: Element, all: readonly Element[], { definition, lineOf }: Version): Change {
  const { kind, id, path, own } = element;
  const [name, more] = [nameOf(element), contents(element, all)];
  return {
    kind: 'added',
    topic: kind === 'criterion' ? 'gate' : 'element',
    effect: effectOfAdding(element, definition),
    element: kind,
    id,
    path: pointerOf(path),
    word: null,
    summary: {
      zh: `新增${name.zh}${detail(element).zh}${more.zh}`,
      en: `${name.en} is added${detail(element).en}${more.en}`,
    },
    before: null,
    after: own,
    line: { before: null, after: lineOf?.(path) ?? null },
  };
}

function removal(
  element: Element,
  all: readonly Element[],
  { retired }: Mapping,
  { definition, lineOf }: Version,
): Change {
  const { kind, id, path, own } = element;
  const [name, more] = [nameOf(element), contents(element, all)];
  const heir = kind === 'step' ? retired.get(id) : undefined;
  const onward =
    heir === undefined
      ? { zh: '', en: '' }
      : { zh: `；其中的实例转到 ${heir}`, en: `; its instances go on with ${heir}` };
  return {
    kind: 'removed',
    topic: kind === 'criterion' ? 'gate' : 'element',
    effect: opposite(effectOfAdding(element, definition)),
    element: kind,
    id,
    path: pointerOf(path),
    word: null,
    summary: {
      zh: `删除${name.zh}${detail(element).zh}${more.zh}${onward.zh}`,
      en: `${name.en} is removed${detail(element).en}${more.en}${onward.en}`,
    },
    before: own,
    after: null,
    line: { before: lineOf?.(path) ?? null, after: null },
  };
}

/** What a criterion demands. */
function detail({ kind, own }: Element): Text {
  if (kind !== 'criterion') return { zh: '', en: '' };
  const text = (language: 'zh' | 'en') => valueText(own.criterion ?? null, language);
  return { zh: `：${text('zh')}`, en: `: ${text('en')}` };
}

/** RFC 6901. */
function pointerOf(path: readonly string[]): string {
  return path.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
