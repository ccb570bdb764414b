import type { Approval } from '../../src/definition/approval-types.ts';
import type { DecisionTable } from '../../src/definition/table-types.ts';
import type { Activity, Field, Outcome, Phase, ProcessDefinition, Step } from '../../src/definition/types.ts';

// Definitions as src/definition would hand them over, with everything that a test does not care for left empty.

const described = (id: string) => ({
  title: { zh: `${id} 的标题`, en: `Title of ${id}` },
  source: null,
  assumed: false,
  note: null,
});

/** What has its id among others of its kind. */
const named = (id: string) => ({ id, ...described(id), was: [] });

export const activity = (id: string, words: Partial<Activity> = {}): Activity => ({
  ...named(id),
  by: [],
  see: [],
  when: null,
  optional: false,
  skip: null,
  repeatable: false,
  choices: null,
  supplies: [],
  maySupply: [],
  shared: null,
  call: null,
  sla: null,
  every: null,
  ...words,
});

export const approval = (id: string): Approval => ({
  ...named(id),
  when: null,
  of: null,
  bands: [{ upTo: null, by: [{ kind: 'role', id: 'boss' }], mode: 'any', n: 1, order: 'parallel' }],
  exclude: [],
  voidsOn: [],
  sla: null,
});

export const step = (id: string, words: Partial<Step> = {}): Step => ({
  ...named(id),
  optional: false,
  skip: null,
  repeatable: null,
  owner: null,
  see: [],
  sla: null,
  entry: [],
  exit: [],
  activities: [],
  approvals: [],
  rework: null,
  next: [],
  starts: [],
  wait: 'all',
  override: null,
  milestone: null,
  advance: 'manual',
  ...words,
});

export const phase = (id: string, steps: readonly Step[], words: Partial<Phase> = {}): Phase => ({
  ...named(id),
  order: 'sequence',
  join: 'all',
  sla: null,
  entry: [],
  exit: [],
  steps,
  ...words,
});

export const outcome = (id: string, from: Outcome['from']): Outcome => ({ ...named(id), from, reasons: [] });

export const field = (id: string, words: Partial<Field> = {}): Field => ({
  ...named(id),
  type: 'number',
  min: null,
  max: null,
  maxLength: 2000,
  choices: [],
  items: null,
  currency: null,
  personal: false,
  ...words,
});

export const definition = (phases: readonly Phase[], words: Partial<ProcessDefinition> = {}): ProcessDefinition => ({
  process: 'deal-flow',
  ...described('deal-flow'),
  policy: [],
  subject: 'deal',
  key: null,
  calendar: [],
  schedule: null,
  sla: null,
  roles: [],
  substitutes: [],
  managers: [],
  access: null,
  fields: [],
  tables: [],
  evidence: [],
  signals: [],
  outcomes: [],
  hold: null,
  reopen: null,
  override: null,
  retired: [],
  phases,
  ...words,
});

export const rule = (when: string | null, then: number): DecisionTable['rules'][number] => {
  return { when, then, assumed: false };
};
