import { processSchema } from '../schemas.ts';
import type { Text } from '../text.ts';

/** The elements of the language by the name of their definition in the schema, as people call them. */
const elements: Readonly<Record<string, Text>> = {
  role: { zh: '角色', en: 'a role' },
  field: { zh: '字段', en: 'a field' },
  table: { zh: '决策表', en: 'a table' },
  rule: { zh: '决策表的规则', en: 'a rule of a table' },
  outcome: { zh: '结果', en: 'an outcome' },
  evidence: { zh: '证据', en: 'evidence' },
  validity: { zh: 'valid', en: 'valid' },
  sharedObject: { zh: 'shared', en: 'shared' },
  phase: { zh: '阶段', en: 'a phase' },
  step: { zh: '环节', en: 'a step' },
  activity: { zh: '细则', en: 'an activity' },
  approval: { zh: '审批', en: 'an approval' },
  band: { zh: '审批的档', en: 'a band of an approval' },
  approverObject: { zh: '审批人', en: 'an approver' },
  substitute: { zh: '代理', en: 'a substitute' },
  sla: { zh: 'sla', en: 'an sla' },
  rework: { zh: 'rework', en: 'rework' },
  child: { zh: '子流程', en: 'a child' },
  route: { zh: '去向', en: 'a route' },
  hold: { zh: 'hold', en: 'hold' },
  reopen: { zh: 'reopen', en: 'reopen' },
  override: { zh: 'override', en: 'override' },
  skip: { zh: 'skip', en: 'skip' },
  access: { zh: 'access', en: 'access' },
  criterionObject: { zh: '条件项', en: 'a criterion' },
};

/** Where a word of the language is at home, or null when the language does not know it. */
export function homesOf(word: string): Text | null {
  const definitions = Object(processSchema.$defs);
  const homes = Object.entries(elements).filter(([name]) => Object.hasOwn(Object(definitions[name]?.properties), word));
  if (Object.hasOwn(Object(processSchema.properties), word) && homes.length === 0) {
    return { zh: '文件最外层', en: 'the outermost level of the file' };
  }
  if (homes.length === 0) return null;
  return { zh: homes.map(([, { zh }]) => zh).join('、'), en: homes.map(([, { en }]) => en).join(', ') };
}
