import type { MigrationEffects } from '../engine/index.ts';
import type { PlanAnswer, PlanGroup, PlanKind, PlannedInstance, PlanRun } from '../service/types.ts';
import type { Text } from '../text.ts';
import type { Look } from './command.ts';
import { tableText } from './plain-table.ts';
import { timeText } from './value-text.ts';

const kinds: Readonly<Record<PlanKind, Text>> = {
  auto: { zh: '自动转', en: 'go over' },
  ask: { zh: '需决定', en: 'ask' },
  blocked: { zh: '受阻', en: 'blocked' },
  keep: { zh: '保留', en: 'stay' },
};

/** The summary of a plan: how many of what, then the groups. */
export function planText({ plan, groups, late }: PlanAnswer, of: string, look: Look): string {
  const { language, paint } = look;
  const { counts, process, base } = plan;
  const head = {
    zh: `${process}：${counts.open} 个进行中的实例不在 ${of} 上（最新已发布为第 ${base.version} 版）`,
    en: `${process}: ${counts.open} open ${counts.open === 1 ? 'instance is' : 'instances are'} not on ${of} (version ${base.version} is the newest published)`,
  }[language];
  const summary = (['auto', 'ask', 'blocked', 'keep'] as const).map(
    (kind) => `${counts[kind]} ${kinds[kind][language]}`,
  );
  if (late > 0) summary.push(paint.yellow({ zh: `${late} 个一转即逾期`, en: `${late} late at once` }[language]));
  const lines = [paint.bold(head), summary.join('   ')];
  if (groups.length > 0) lines.push('', groupTable(groups, look));
  return lines.join('\n');
}

function groupTable(groups: readonly PlanGroup[], look: Look): string {
  const { language } = look;
  const heads = {
    zh: ['数量', '', '版本', '现在', '转到', '逾期', '说明'],
    en: ['count', '', 'version', 'from', 'to', 'late', 'why'],
  }[language];
  const steps = (places: PlanGroup['from']) => places.map(({ step }) => step).join(', ') || '–';
  const rows = groups.map(({ kind, version, from, to, why, count, late }) => [
    count,
    kinds[kind][language],
    version,
    steps(from),
    to === null ? '?' : steps(to),
    late === 0 ? '' : late,
    why?.[language] ?? '',
  ]);
  return tableText(heads, rows, look);
}

/** What becomes of each instance. */
export function plannedText(instances: readonly PlannedInstance[], look: Look): string {
  const { language, paint } = look;
  if (instances.length === 0) return { zh: '没有这样的实例', en: 'There is none' }[language];
  return instances
    .map(({ instance, kind, why, effects }) => {
      const name = [
        paint.bold(instance.key ?? instance.id),
        ...(instance.key === null ? [] : [paint.dim(instance.id)]),
      ];
      const head = `${name.join('  ')}  ${kinds[kind][language]}${why === null ? '' : `: ${why[language]}`}`;
      return [head, ...(effects === null ? [] : effectLines(effects, look))].join('\n');
    })
    .join('\n');
}

function effectLines(effects: MigrationEffects, { language, paint }: Look): readonly string[] {
  const words = {
    zh: {
      place: '位置',
      outcome: '结果',
      required: '新增要求',
      released: '不再要求',
      verdict: '关口',
      voided: '审批失效',
      fields: '决策表改值',
      late: '一转即逾期',
    },
    en: {
      place: 'stands in',
      outcome: 'outcome',
      required: 'asks for more',
      released: 'asks no longer',
      verdict: 'gate',
      voided: 'approval void',
      fields: 'tables give',
      late: 'late at once',
    },
  }[language];
  const steps = (places: MigrationEffects['position']['from']) => places.map(({ step }) => step).join(', ') || '–';
  const [from, to] = [steps(effects.position.from), steps(effects.position.to)];
  const { outcome } = effects;
  const line = (label: string, text: string) => (text === '' ? [] : [`  ${paint.dim(label)} ${text}`]);
  const ids = (items: MigrationEffects['required']) => items.map(({ id }) => id).join(', ');
  return [
    ...line(words.place, from === to ? '' : `${from} → ${to}`),
    ...line(words.outcome, outcome.from === outcome.to ? '' : `${outcome.from ?? '–'} → ${outcome.to ?? '–'}`),
    ...line(words.required, ids(effects.required)),
    ...line(words.released, ids(effects.released)),
    ...line(
      words.verdict,
      effects.verdicts.map((verdict) => `${verdict.id} ${verdict.from} → ${verdict.to}`).join(', '),
    ),
    ...line(words.voided, effects.voided.join(', ')),
    ...line(words.fields, effects.fields.join(', ')),
    ...effects.clocks.map(({ clock, due, late }) => {
      const at = (instant: string | null) => (instant === null ? '–' : timeText(instant));
      const moved = due.from === due.to ? at(due.to) : `${at(due.from)} → ${at(due.to)}`;
      return `  ${paint.dim(clock)} ${moved}${late ? `  ${paint.yellow(words.late)}` : ''}`;
    }),
  ];
}

/** What `apply` or `revert` has done, over all its calls. */
export function runText(runs: readonly PlanRun[], isBack: boolean, { language, paint }: Look): string {
  const sum = (of: (run: PlanRun) => number) => runs.reduce((all, run) => all + of(run), 0);
  const [done, before, left] = [sum((r) => r.done), sum((r) => r.before), runs.flatMap((run) => run.left)];
  const more = sum(({ counts }) => Object.values(counts).reduce((all, n) => all + n, 0)) - left.length;
  const version = runs.at(-1)?.version ?? 0;
  const what = isBack
    ? { zh: `${done} 个实例已转回原版本`, en: `${done} ${done === 1 ? 'instance has' : 'instances have'} gone back` }
    : {
        zh: `${done} 个实例已转到第 ${version} 版`,
        en: `${done} ${done === 1 ? 'instance has' : 'instances have'} gone over to version ${version}`,
      };
  const earlier = { zh: `，此前已转 ${before} 个`, en: `, ${before} had before` }[language];
  const lines = [`${paint.green('✓')} ${what[language]}${before === 0 ? '' : earlier}`];
  for (const { instance, why } of left) lines.push(`  ${paint.dim(instance)}  ${why[language]}`);
  if (more > 0) lines.push({ zh: `  另有 ${more} 个未转`, en: `  and ${more} more were left` }[language]);
  return lines.join('\n');
}
