import type { Activity, ProcessDefinition, Step } from '../definition/types.ts';
import { isSandbox } from '../names.ts';
import type { Accepted, InstanceDetail, InstanceView } from '../service/types.ts';
import { approvalLines } from './approval-text.ts';
import { childLines, parentText } from './child-text.ts';
import { choiceText, fieldValueText } from './choice-text.ts';
import type { Look } from './command.ts';
import { actionText, reasonLines } from './refusal-text.ts';
import { timeText } from './value-text.ts';

const words = {
  zh: {
    status: '状态',
    owner: '负责人',
    outcome: '结果',
    position: '位置',
    waiting: '等待进入',
    unneeded: '不需要',
    activities: '细则',
    fields: '字段',
    approvals: '审批',
    children: '子流程',
    possible: '可做的操作',
    withheld: '不可做的操作',
    revision: '修订',
    none: '无',
    quarantined: '已隔离',
    hold: '挂起',
    until: '到',
    overrides: '强制通过',
    round: '轮次',
    evidence: '依据',
    sandbox: '沙盒：与真实业务隔离，不计入任何列表和指标',
  },
  en: {
    status: 'status',
    owner: 'owner',
    outcome: 'outcome',
    position: 'position',
    waiting: 'waiting',
    unneeded: 'not needed',
    activities: 'activities',
    fields: 'fields',
    approvals: 'approvals',
    children: 'children',
    possible: 'what can be done',
    withheld: 'what cannot be done',
    revision: 'revision',
    none: 'none',
    quarantined: 'quarantined',
    hold: 'on hold',
    until: 'until',
    overrides: 'overridden',
    round: 'round',
    evidence: 'rests on',
    sandbox: 'SANDBOX: apart from all real business',
  },
} as const;

/** Where it stands, in a few lines. */
function headLines(instance: InstanceView, definition: ProcessDefinition, look: Look): readonly string[] {
  const { language, paint } = look;
  const say = words[language];
  const title = definition.title[language];
  const key = instance.key === null ? '' : `  ${paint.bold(instance.key)}`;
  const outcome = instance.outcome === null ? '' : `  ${say.outcome}: ${outcomeText(instance, definition, look)}`;
  return [
    ...(isSandbox(instance.tenant) ? [paint.yellow(say.sandbox)] : []),
    `${paint.bold(instance.id)}  ${title} v${instance.version}${key}`,
    `${say.status}: ${statusText(instance.status, language)}${outcome}  ${say.revision}: ${instance.revision}  ${timeText(instance.updatedAt)}`,
    `${say.position}: ${positionText(instance, definition, look) || '—'}`,
    ...(instance.waiting.length === 0
      ? []
      : [`${say.waiting}: ${positionText({ position: instance.waiting }, definition, look)}`]),
    `${say.owner}: ${instance.owner ?? '—'}${instance.team === null ? '' : `  (${instance.team})`}`,
    ...(instance.parent === null ? [] : [parentText(instance.parent, language)]),
    ...(instance.quarantine === null ? [] : [paint.red(`${say.quarantined}: ${instance.quarantine}`)]),
    ...(instance.hold === null ? [] : [paint.yellow(holdText(instance.hold, definition, look))]),
  ];
}

function holdText(
  { since, by, reason, until }: NonNullable<InstanceView['hold']>,
  definition: ProcessDefinition,
  { language }: Look,
): string {
  const say = words[language];
  const title = definition.hold?.reasons.find(({ id }) => id === reason)?.title[language] ?? reason;
  const end = until === null ? '' : `  ${say.until} ${until.length === 10 ? until : timeText(until)}`;
  return `${say.hold}: ${title}  ${by} ${timeText(since)}${end}`;
}

function overrideLines({ overrides }: InstanceDetail, { language, paint }: Look): readonly string[] {
  return Object.values(overrides).map(({ step, round, criteria, reason, by, at }) => {
    const where = `${step}${round > 1 ? ` (${words[language].round} ${round})` : ''}`;
    return `  ${paint.yellow('!')} ${where}  ${criteria.join(', ')}  ${reason}  ${paint.dim(`${by} ${timeText(at)}`)}`;
  });
}

/** English uses the ids. */
const statusZh: Readonly<Record<InstanceView['status'], string>> = {
  active: '进行中',
  'on-hold': '已挂起',
  closed: '已结束',
  quarantined: '已隔离',
};

function statusText(status: InstanceView['status'], language: Look['language']): string {
  return language === 'zh' ? statusZh[status] : status;
}

function outcomeText({ outcome, reason }: InstanceView, definition: ProcessDefinition, { language }: Look): string {
  const found = definition.outcomes.find(({ id }) => id === outcome);
  const title = found?.title[language] ?? outcome ?? '';
  if (reason === null) return title;
  return `${title} (${found?.reasons.find(({ id }) => id === reason)?.title[language] ?? reason})`;
}

/** `Follow-up › Price negotiation and contract`, one part per open step. */
function positionText(
  { position }: Pick<InstanceView, 'position'>,
  { phases }: ProcessDefinition,
  { language }: Pick<Look, 'language'>,
): string {
  const part = ({ phase, step }: { readonly phase: string; readonly step: string }) => {
    const found = phases.find(({ id }) => id === phase);
    const title = found?.steps.find(({ id }) => id === step)?.title[language];
    return `${found?.title[language] ?? phase} › ${title ?? step}`;
  };
  return position.map(part).join(' + ');
}

/** An answer to start or send: where the instance stands now, and what happened by itself. */
export function acceptedText(
  { instance, entries }: Pick<Accepted, 'instance' | 'entries'>,
  definition: ProcessDefinition,
  look: Look,
): string {
  const { paint } = look;
  const done = entries.map((entry) => `${paint.green('✓')} ${entry.seq}  ${entry.type}  ${entry.actor}`);
  return [...done, ...headLines(instance, definition, look)].join('\n');
}

/** A whole instance as a page of text. */
export function instanceText(instance: InstanceDetail, definition: ProcessDefinition, look: Look): string {
  const { language, paint } = look;
  const say = words[language];
  const withheld = instance.actions.filter((action) => !action.allowed);
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', paint.bold(title), ...lines];
  return [
    ...headLines(instance, definition, look),
    ...section(say.activities, activityLines(instance, definition, look)),
    ...section(say.approvals, approvalLines(instance.records.approvals, definition, look)),
    ...section(say.children, childLines(instance.records.children, look)),
    ...section(say.fields, fieldLines(instance, definition, look)),
    ...section(say.overrides, overrideLines(instance, look)),
    ...section(
      say.possible,
      instance.actions
        .filter((action) => action.allowed)
        .map((action) => `  ${paint.green('✓')} ${actionText(action, language)}`),
    ),
    ...section(
      say.withheld,
      withheld.flatMap((action) => [
        `  ${paint.red('✗')} ${actionText(action, language)}`,
        ...(action.reasons === null ? [] : unmet(action.reasons, look)),
      ]),
    ),
  ].join('\n');
}

/** Only what stands in the way: the page would drown in what holds. */
function unmet(reasons: NonNullable<InstanceDetail['actions'][number]['reasons']>, { language, paint }: Look) {
  const of = (reasons.of ?? []).filter((reason) => reason.verdict !== 'met');
  return reasonLines({ ...reasons, of }, language, paint, '      ');
}

function activityLines(instance: InstanceDetail, definition: ProcessDefinition, look: Look): readonly string[] {
  const { language, paint } = look;
  const open = new Set(instance.position.map(({ step }) => step));
  return definition.phases
    .flatMap((phase) => phase.steps)
    .filter(
      (step) => open.has(step.id) || step.activities.some(({ id }) => instance.records.activities[id] !== undefined),
    )
    .flatMap((step: Step) => [
      `  ${open.has(step.id) ? paint.cyan('▸') : ' '} ${step.id}  ${step.title[language]}${roundText(instance, step, look)}`,
      ...step.activities.map((activity) => `      ${activityText(instance, activity, look)}`),
    ]);
}

/** Which round of a step this is, from the second on. */
function roundText({ records }: InstanceDetail, { id }: Step, { language, paint }: Look): string {
  const round = records.steps[id]?.round ?? 0;
  return round < 2 ? '' : paint.dim(`  ${words[language].round} ${round}`);
}

function activityText(instance: InstanceDetail, activity: Activity, { language, paint }: Look): string {
  const record = instance.records.activities[activity.id];
  const rests = instance.evidence.find((evidence) => evidence.activity === activity.id);
  const isMet = rests?.state === 'valid' && activity.supplies.length === 0 && activity.choices === null;
  const status = record?.status === undefined || record.status === 'open' ? (isMet ? 'done' : 'open') : record.status;
  const mark = { open: paint.dim('○'), done: paint.green('✓'), skipped: paint.yellow('–') }[status];
  const name = `${mark} ${activity.id}  ${activity.title[language]}${rests === undefined ? '' : evidenceText(rests, { language, paint })}`;
  if (instance.activities[activity.id] === 'not-needed') return `${name}  ${paint.dim(words[language].unneeded)}`;
  if (record === undefined || record.status === 'open') return name;
  const chosen = record.choices.map((id) => choiceText(activity.choices?.of ?? [], id, language)).join(', ');
  const choices = chosen === '' ? '' : `  [${chosen}]`;
  const count = record.count > 1 ? `  ×${record.count}` : '';
  return `${name}${choices}${count}  ${paint.dim(`${record.by} ${timeText(record.at)}`)}`;
}

/** The evidence that an activity rests on, and until when. */
function evidenceText(
  { evidence, state, validFrom, validTo }: InstanceDetail['evidence'][number],
  { language, paint }: Look,
): string {
  const days = validFrom === null ? '' : ` ${validFrom} – ${validTo}`;
  const text = `  ${words[language].evidence} ${evidence}${days}`;
  return state === 'valid' ? paint.dim(text) : paint.red(`${text} (${evidenceStates[language][state]})`);
}

const evidenceStates = {
  zh: { valid: '有效', expired: '已过期', upcoming: '未生效', none: '没有', unknown: '范围未知' },
  en: { valid: 'valid', expired: 'expired', upcoming: 'not yet valid', none: 'none', unknown: 'scope unknown' },
} as const;

function fieldLines(instance: InstanceDetail, definition: ProcessDefinition, look: Look): readonly string[] {
  const { language, paint } = look;
  return definition.fields.flatMap((field) => {
    const record = instance.records.fields[field.id];
    if (record === undefined) return [];
    const value = fieldValueText(field, record.value, language);
    return [`  ${field.id}  ${field.title[language]}: ${value}  ${paint.dim(`${record.by} ${timeText(record.at)}`)}`];
  });
}
