import { processSchema } from '../schemas.ts';
import type { Text } from '../text.ts';

/** The elements that operations name, with the map that each stands in. */
export const kinds = [
  'phase',
  'step',
  'activity',
  'approval',
  'role',
  'field',
  'table',
  'outcome',
  'evidence',
  'signal',
  'criterion',
  'child',
] as const;
export type Kind = (typeof kinds)[number];

/** Where elements of each kind stand: `*` is any id. The last part is the element's own. */
export const homes: Readonly<Record<Kind, readonly string[]>> = {
  phase: ['phases/*'],
  step: ['phases/*/steps/*'],
  activity: ['phases/*/steps/*/activities/*'],
  approval: ['phases/*/steps/*/approvals/*'],
  role: ['roles/*'],
  field: ['fields/*'],
  table: ['tables/*'],
  outcome: ['outcomes/*'],
  evidence: ['evidence/*'],
  signal: ['signals/*'],
  criterion: ['phases/*/entry/*', 'phases/*/exit/*', 'phases/*/steps/*/entry/*', 'phases/*/steps/*/exit/*'],
  child: ['phases/*/steps/*/starts/*'],
};

export const kindNames: Readonly<Record<Kind, Text>> = {
  phase: { zh: '阶段', en: 'phase' },
  step: { zh: '环节', en: 'step' },
  activity: { zh: '细则', en: 'activity' },
  approval: { zh: '审批', en: 'approval' },
  role: { zh: '角色', en: 'role' },
  field: { zh: '字段', en: 'field' },
  table: { zh: '决策表', en: 'table' },
  outcome: { zh: '结果', en: 'outcome' },
  evidence: { zh: '证据', en: 'evidence' },
  signal: { zh: '信号', en: 'signal' },
  criterion: { zh: '条件项', en: 'criterion' },
  child: { zh: '子流程', en: 'child process' },
};

/** The schema's name of what stands at the end of each home. */
const elements: Readonly<Record<Kind, string>> = {
  phase: 'phase',
  step: 'step',
  activity: 'activity',
  approval: 'approval',
  role: 'role',
  field: 'field',
  table: 'table',
  outcome: 'outcome',
  evidence: 'evidence',
  signal: 'signal',
  criterion: 'criterionObject',
  child: 'child',
};

/** Words of a step that come last, as files are written: what is done, then what it takes to leave. */
const lastOfStep = ['starts', 'wait', 'activities', 'approvals', 'exit', 'next', 'milestone', 'advance'];

/** The words of an element (null: of the file's top), in the order in which they are written. */
export function wordsOf(kind: Kind | null): readonly string[] {
  const definitions = Object(processSchema.$defs);
  const element = kind === null ? processSchema : definitions[elements[kind]];
  const words = Object.keys(Object(element?.properties));
  return kind === 'step' ? [...words.filter((word) => !lastOfStep.includes(word)), ...lastOfStep] : words;
}
