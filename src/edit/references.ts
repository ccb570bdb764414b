import { fieldPlaces } from '../expr/index.ts';
import type { Change } from './change.ts';
import type { Kind } from './kinds.ts';
import { isPlainList, isPlainMap, type Path, type Plain } from './plain.ts';

/** Everything that may carry an `sla`. */
const timed = ['', 'phases/*/', 'phases/*/steps/*/', 'phases/*/steps/*/activities/*/', 'phases/*/steps/*/approvals/*/'];
export const slas = timed.map((at) => `${at}sla`);
const effects = slas.flatMap((sla) => [`${sla}/breach`, `${sla}/escalate/*`]);
const step = 'phases/*/steps/*';
const activity = `${step}/activities/*`;
const approval = `${step}/approvals/*`;

/** The words that name elements of each kind: an id, or a list of ids. */
export const named: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  role: [
    ...['see', 'start', 'assign', 'across'].map((word) => `access/${word}`),
    ...['hold/by', 'reopen/by', 'override/by', 'signals/*/from'],
    ...['owner', 'see', 'override/by', 'skip/by'].map((word) => `${step}/${word}`),
    ...['by', 'see', 'skip/by'].map((word) => `${activity}/${word}`),
    ...['by', 'bands/*/by'].map((word) => `${approval}/${word}`),
    ...effects.flatMap((at) => [`${at}/notify`, `${at}/raise`]),
  ],
  field: [
    ...['key', 'schedule/sets', 'tables/*/sets'],
    ...['evidence/*/valid/until', 'evidence/*/valid/from', 'evidence/*/scope'],
    ...['signals/*/match', 'signals/*/sets'],
    ...slas.flatMap((sla) => [`${sla}/due`, `${sla}/from`, `${sla}/targets/*/due`]),
    ...['rework/resets', 'starts/*/with/*'].map((word) => `${step}/${word}`),
    ...['supplies', 'may_supply', 'shared/scope/*', 'call/sends'].map((word) => `${activity}/${word}`),
    ...['of', 'voids_on'].map((word) => `${approval}/${word}`),
  ],
  step: [
    ...[`${step}/rework/to`, `${step}/next/*/to`, 'outcomes/*/from', 'reopen/to', 'retired/*/move_to'],
    ...effects.map((at) => `${at}/do/step`),
  ],
  phase: [`${step}/next/*/to`, 'outcomes/*/from', 'retired/*/move_to'],
  outcome: [`${step}/milestone`, 'evidence/*/on', ...effects.map((at) => `${at}/do/outcome`)],
  approval: [`${step}/skip/approval`, `${activity}/skip/approval`],
  activity: ['signals/*/completes'],
};

/** Conditions; `…` is any nesting of `when`, `all`, `any`, `not` and `of`. */
const conditions: readonly string[] = [
  ...['calendar/*/when', 'tables/*/rules/*/when', ...slas.map((sla) => `${sla}/targets/*/when`)],
  ...[`${activity}/when`, `${approval}/when`, `${step}/starts/*/when`, `${step}/next/*/when`],
  ...['phases/*/', `${step}/`].flatMap((at) => [`${at}entry/*/…`, `${at}exit/*/…`]),
];

/** The changes that give whatever names an element its new name. */
export function renameReferences(file: Plain, kind: Kind, id: string, to: string): readonly Change[] {
  const own = texts(file, []);
  const process = isPlainMap(file) ? file.get('process') : null;
  return own.flatMap(({ path, text }): readonly Change[] => {
    if (kind === 'field' && conditions.some((pattern) => stands(pattern, path))) {
      const words = fieldPlaces(text).filter(({ name }) => name === id);
      if (words.length === 0) return [];
      return [
        { kind: 'words', path, words: words.map(({ start, end }) => ({ offset: start, length: end - start, to })) },
      ];
    }
    const isReference = (named[kind] ?? []).some((pattern) => stands(pattern, path) || isListed(pattern, path));
    const change: readonly Change[] = isReference && text === id ? [{ kind: 'set', path, value: to }] : [];
    return kind === 'field' ? [...change, ...ownStart(file, process ?? null, path, id, to)] : change;
  });
}

/** A process that starts itself names its own fields as those of the child. */
function ownStart(file: Plain, process: Plain, path: Path, id: string, to: string): readonly Change[] {
  if (!stands(`${step}/starts/*/with/*`, path) || path.at(-1) !== id) return [];
  const child = path.slice(0, -2).reduce<Plain | undefined>((at, part) => {
    return isPlainMap(at) ? at.get(String(part)) : undefined;
  }, file);
  return isPlainMap(child) && child.get('process') === process ? [{ kind: 'rekey', path, to }] : [];
}

/** Every text in the file that is a value. */
function texts(value: Plain, path: Path): readonly { readonly path: Path; readonly text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (isPlainList(value)) return value.flatMap((item, n) => texts(item, [...path, n]));
  return isPlainMap(value) ? [...value].flatMap(([key, own]) => texts(own, [...path, key])) : [];
}

const nesting = new Set(['when', 'all', 'any', 'not', 'of']);

function stands(pattern: string, path: Path): boolean {
  const parts = pattern.split('/');
  const open = parts.at(-1) === '…';
  const fixed = open ? parts.slice(0, -1) : parts;
  if (open ? path.length < fixed.length : path.length !== fixed.length) return false;
  if (!fixed.every((part, n) => part === '*' || part === String(path[n]))) return false;
  return path.slice(fixed.length).every((part) => typeof part === 'number' || nesting.has(part));
}

function isListed(pattern: string, path: Path): boolean {
  return typeof path.at(-1) === 'number' && stands(pattern, path.slice(0, -1));
}
