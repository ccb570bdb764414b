import type { CompiledProcess } from '../compile/types.ts';
import type { ProblemCode } from '../definition/index.ts';
import { ADMIN, INSTANCE_OWNER } from '../definition/index.ts';
import type { Text } from '../text.ts';

/** The kinds of names that a scenario uses, as people call them, and what is said of one that the process does not have. */
export const nameKinds = {
  role: { code: 'unknown-role', zh: '角色', en: 'role' },
  activity: { code: 'unknown-activity', zh: '细则', en: 'activity' },
  step: { code: 'unknown-step', zh: '环节', en: 'step' },
  activityOrStep: { code: 'unknown-activity', zh: '细则或环节', en: 'activity or step' },
  approval: { code: 'unknown-approval', zh: '审批', en: 'approval' },
  outcome: { code: 'unknown-outcome', zh: '结果', en: 'outcome' },
  field: { code: 'unknown-field', zh: '字段', en: 'field' },
  criterion: { code: 'unknown-name', zh: '条件项或拒绝代码', en: 'criterion or code of a refusal' },
  clock: { code: 'unknown-name', zh: '时限', en: 'clock' },
  child: { code: 'unknown-name', zh: '子流程', en: 'child' },
  signal: { code: 'unknown-name', zh: '信号', en: 'signal' },
  call: { code: 'unknown-name', zh: '由服务完成的细则', en: 'activity that a service does' },
  evidence: { code: 'unknown-name', zh: '证据', en: 'evidence' },
  message: { code: 'unknown-name', zh: '消息类型', en: 'type of message' },
} as const satisfies Record<string, Text & { code: ProblemCode }>;

export type NameKind = keyof typeof nameKinds;

/** Everything that scenarios may name of a process. */
export type Names = Readonly<Record<Exclude<NameKind, 'criterion' | 'message'>, ReadonlySet<string>>> & {
  readonly gateCriteria: ReadonlySet<string>;
};

export function namesOf(process: CompiledProcess): Names {
  const { definition, activities, steps, approvals, outcomes, fields, clocks, signals, calling } = process;
  const stepIds = new Set(steps.keys());
  const activityIds = new Set(activities.keys());
  return {
    role: new Set([ADMIN, INSTANCE_OWNER, ...definition.roles.map(({ id }) => id)]),
    activity: activityIds,
    step: stepIds,
    activityOrStep: new Set([...activityIds, ...stepIds]),
    approval: new Set(approvals.keys()),
    outcome: new Set(outcomes.keys()),
    field: new Set(fields.keys()),
    clock: new Set([...clocks.values()].flatMap(({ id, of }) => [id, of])),
    child: new Set([...steps.values()].flatMap(({ starts }) => starts.map(({ child }) => child.id))),
    signal: new Set(signals.keys()),
    call: new Set(calling.map(({ activity }) => activity.id)),
    evidence: new Set(definition.evidence.map(({ id }) => id)),
    gateCriteria: new Set(
      [...steps.values(), ...process.phaseGates.values()].flatMap(({ entry, exit }) =>
        [...entry, ...exit].map(({ named }) => named.id),
      ),
    ),
  };
}
