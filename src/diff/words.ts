import type { Json } from '../json.ts';
import { processSchema } from '../schemas.ts';
import type { Language, Text } from '../text.ts';
import { type Element, isList, isMembers } from './elements.ts';
import type { ElementKind } from './types.ts';

export const kindNames: Readonly<Record<ElementKind, Text>> = {
  process: { zh: '流程', en: 'process' },
  role: { zh: '角色', en: 'role' },
  field: { zh: '字段', en: 'field' },
  table: { zh: '决策表', en: 'table' },
  outcome: { zh: '结果', en: 'outcome' },
  evidence: { zh: '证据', en: 'evidence' },
  signal: { zh: '信号', en: 'signal' },
  retired: { zh: '取消的环节', en: 'retired step' },
  phase: { zh: '阶段', en: 'phase' },
  step: { zh: '环节', en: 'step' },
  criterion: { zh: '条件项', en: 'criterion' },
  activity: { zh: '细则', en: 'activity' },
  approval: { zh: '审批', en: 'approval' },
  child: { zh: '子流程', en: 'child process' },
};

/** `step demo`; a criterion or child with the place that it belongs to. */
export function nameOf({ kind, id, path }: Element): Text {
  const name = kind === 'criterion' || kind === 'child' ? path.slice(-3).join('/') : id;
  return { zh: `${kindNames[kind].zh} ${name}`, en: `${kindNames[kind].en} ${name}` };
}

/** Words of the file that definitions call otherwise than by another spelling. */
const spelt: Readonly<Record<string, string>> = {
  'field.choices': 'of',
  'field.items': 'of',
  'activity.choices': 'any',
  'criterion.criterion': 'when',
};

/** A word of an element, as it is written in the file: `maySupply` → `may_supply`. */
export function writtenWord(kind: ElementKind, word: string): string {
  return spelt[`${kind}.${word}`] ?? word.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** What people call a word, by the titles of the language's schema: `时限 sla.within`. */
export function wordName(kind: ElementKind, words: readonly string[]): Text {
  const written = words.map((word) => writtenWord(kind, word));
  const definitions = Object(processSchema.$defs);
  const element = kind === 'process' ? processSchema : definitions[kind === 'criterion' ? 'criterionObject' : kind];
  const title: unknown = Object(Object(element?.properties)[written[0] ?? '']).title;
  const zh = typeof title === 'string' ? `${title.split(' / ')[0] ?? ''} ` : '';
  return { zh: `${zh}${written.join('.')}`, en: written.join('.') };
}

/** Longest text of a value in a summary. */
const WIDTH = 100;

/** A value for people. */
export function valueText(value: Json, language: Language): string {
  const text = spell(value, language);
  return text.length > WIDTH ? `${text.slice(0, WIDTH)}…` : text;
}

function spell(value: Json | undefined, language: Language): string {
  if (value === null || value === undefined) return { zh: '（无）', en: '(none)' }[language];
  if (isList(value)) return `[${value.map((item) => spell(item, language)).join(', ')}]`;
  if (!isMembers(value)) return String(value);
  if (typeof value.zh === 'string' && typeof value.en === 'string') return language === 'zh' ? value.zh : value.en;
  if (value.kind === 'condition' && typeof value.text === 'string') return value.text;
  if (value.of !== undefined && typeof value.kind === 'string') {
    const count = value.n === undefined ? '' : ` ${spell(value.n, language)}`;
    return `${value.kind}${count} ${spell(value.of, language)}`;
  }
  if (typeof value.kind === 'string' && typeof value.id === 'string') {
    return value.kind === 'role' ? value.id : `${value.kind} ${value.id}`;
  }
  const members = Object.entries(value).filter(([key, own]) => !isUnsaid(key, own));
  return `{ ${members.map(([key, own]) => `${key}: ${spell(own, language)}`).join(', ')} }`;
}

/** What a definition holds though nobody wrote it. */
function isUnsaid(word: string, value: Json): boolean {
  if (value === null || value === false || (isList(value) && value.length === 0)) return true;
  return (word === 'onRework' && value === 'restart') || (word === 'onChange' && value === 'keep');
}
