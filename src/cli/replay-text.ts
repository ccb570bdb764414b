import type { Difference, Incomparable, ReplayResult } from '../service/types.ts';
import type { Language, Text } from '../text.ts';
import type { Look } from './command.ts';
import { tableText } from './plain-table.ts';
import { timeText, wallText } from './value-text.ts';

export interface ReplayReport extends ReplayResult {
  readonly file: string;
  /** The first differences. */
  readonly listed: readonly Difference[];
}

const kinds: Readonly<Record<Difference['kind'], Text>> = {
  refused: { zh: '现在会被拒绝', en: 'would be refused now' },
  accepted: { zh: '现在会被接受', en: 'would be accepted now' },
  elsewhere: { zh: '会走到别处', en: 'would lead elsewhere' },
  approvals: { zh: '要申请的审批不同', en: 'other approvals asked for' },
  gone: { zh: '所指的内容已不存在', en: 'about something that is gone' },
  breached: { zh: '时限：会逾期', en: 'SLA: would be breached' },
  saved: { zh: '时限：不再逾期', en: 'SLA: no longer breached' },
};

const incomparables: Readonly<Record<Incomparable, Text>> = {
  nowhere: { zh: '所在的环节在新定义中不存在', en: 'stands in a step that the file has not' },
  'not-kept': {
    zh: '当时输入有误，历史不保存错误的值，也没有被接受过',
    en: 'its input was wrong; wrong values are not kept, and nothing had come of it',
  },
  erased: { zh: '取决于已删除或已被替换的个人信息', en: 'depends on a personal value that is erased or was replaced' },
  unreadable: { zh: '当时的版本已无法读取', en: 'its version can no longer be read' },
  untraced: {
    zh: '历史没有说明当时的状态（由更早的程序写入，或被改动）',
    en: 'the record does not say how it stood (written by an earlier program, or changed)',
  },
};

const order = ['refused', 'accepted', 'elsewhere', 'approvals', 'gone', 'breached', 'saved'] as const;
const reasons = ['nowhere', 'not-kept', 'erased', 'unreadable', 'untraced'] as const;

/** Whether the candidate would have made any difference. */
export function isOtherwise({ differences }: ReplayResult): boolean {
  return Object.values(differences).some((count) => count > 0);
}

/** What a replay has found: the sum, by step, by what decides, and the first differences one by one. */
export function replayText(report: ReplayReport, look: Look): string {
  const blocks = [
    head(report, look),
    stepTable(report, look),
    findingTable(report, look),
    approvalTable(report, look),
    slaTable(report, look),
    incomparableTable(report, look),
    differenceTable(report, look),
  ];
  return blocks.filter((block) => block !== null).join('\n\n');
}

function head(report: ReplayReport, { language, paint }: Look): string {
  const { file, process, version, digest, since, until, instances, commands, same, differences, incomparable } = report;
  const count = (n: number) => n.toLocaleString('en');
  const missed = sum(Object.values(incomparable));
  const name = {
    zh: version === null ? `未发布，${digest.slice(0, 12)}` : `即第 ${version} 版`,
    en: version === null ? `not published, ${digest.slice(0, 12)}` : `which is version ${version}`,
  };
  // Days are given in the time of the business.
  const [from, to] = [wallText(since, ZONE), wallText(until, ZONE)];
  const lines = {
    zh: [
      `${file}（${name.zh}）对照流程 ${process} 的历史，${from} 至 ${to}（按记录时间）`,
      `${count(instances)} 个实例，${count(commands)} 次操作：${count(same)} 次判定相同，${count(commands - same - missed)} 次不同，${count(missed)} 次无法比较`,
    ],
    en: [
      `${file} (${name.en}) against what happened in ${process}, ${from} to ${to} (as recorded)`,
      `${count(instances)} ${instances === 1 ? 'instance' : 'instances'}, ${count(commands)} commands: ${count(same)} decided as they were, ${count(commands - same - missed)} otherwise, ${count(missed)} not comparable`,
    ],
  }[language];
  const found = Object.entries(differences).filter(([, n]) => n > 0);
  const all = { zh: '没有任何不同', en: 'nothing would have been otherwise' }[language];
  if (found.length === 0) return [...lines, `${paint.green('✓')} ${all}`].join('\n');
  const sums = order
    .filter((kind) => differences[kind] > 0)
    .map((kind) => `  ${count(differences[kind]).padStart(7)}  ${kinds[kind][language]}`);
  return [...lines, ...sums].join('\n');
}

function stepTable({ steps }: ReplayReport, look: Look): string | null {
  const titles = {
    zh: ['环节', '操作', '会被拒绝', '会被接受', '其他', '会逾期', '不再逾期'],
    en: ['step', 'commands', 'refused', 'accepted', 'other', 'breached', 'saved'],
  };
  const touched = steps.filter(
    ({ refused, accepted, other, breached, saved }) => refused + accepted + other + breached + saved > 0,
  );
  const rows = touched.map(({ step, commands, refused, accepted, other, breached, saved }) => [
    step ?? '—',
    ...[commands, refused, accepted, other, breached, saved],
  ]);
  return titled({ zh: '按环节', en: 'By step' }, titles, rows, look);
}

function findingTable({ findings }: ReplayReport, look: Look): string | null {
  const { language } = look;
  const titles = { zh: ['次数', '', '条件', '在', '说明'], en: ['count', '', 'criterion', 'of', 'says'] };
  const whys = { refused: { zh: '拒绝', en: 'refuses' }, accepted: { zh: '不再拒绝', en: 'no longer refuses' } };
  const rows = findings
    .slice(0, MOST_ROWS)
    .map(({ count, kind, id, of, say }) => [count, whys[kind][language], id, of ?? '—', say?.[language] ?? '']);
  return titled({ zh: '按条件', en: 'By criterion' }, titles, rows, look);
}

function approvalTable({ approvals }: ReplayReport, look: Look): string | null {
  const titles = { zh: ['审批', '新增', '不再申请'], en: ['approval', 'added', 'no longer asked'] };
  const rows = approvals.map(({ approval, added, dropped }) => [approval, added, dropped]);
  return titled({ zh: '审批', en: 'Approvals' }, titles, rows, look);
}

function slaTable({ slas }: ReplayReport, look: Look): string | null {
  const titles = { zh: ['时限', '会逾期', '不再逾期'], en: ['SLA', 'breached', 'saved'] };
  const rows = slas.map(({ clock, breached, saved }) => [clock, breached, saved]);
  return titled({ zh: '时限', en: 'SLAs' }, titles, rows, look);
}

function incomparableTable({ incomparable }: ReplayReport, look: Look): string | null {
  const { language } = look;
  const titles = { zh: ['次数', '原因'], en: ['count', 'why'] };
  const whys = reasons.filter((why) => incomparable[why] > 0);
  const rows = whys.map((why) => [incomparable[why], incomparables[why][language]]);
  return titled({ zh: '无法比较', en: 'Not comparable' }, titles, rows, look);
}

function differenceTable({ listed, differences }: ReplayReport, look: Look): string | null {
  const all = sum(Object.values(differences));
  const titles = {
    zh: ['业务键', '实例', '#', '时间', '操作人', '操作', '会怎样', '原因'],
    en: ['key', 'instance', '#', 'at', 'actor', 'command', 'what', 'why'],
  };
  const more = all > listed.length;
  const title = {
    zh: more ? `逐条（前 ${listed.length} 条，共 ${all} 条；用 --csv 文件 可得到全部）` : '逐条',
    en: more ? `One by one (the first ${listed.length} of ${all}; all of them with --csv FILE)` : 'One by one',
  };
  return titled(
    title,
    titles,
    listed.map((difference) => rowOf(difference, look.language)),
    look,
  );
}

function rowOf(difference: Difference, language: Language): readonly (string | number)[] {
  const { kind, key, instance, step } = difference;
  const first = [key ?? '—', instance];
  if ('clock' in difference) {
    const { clock, due, endedAt } = difference;
    const at = (instant: string | null) => (instant === null ? '—' : timeText(instant));
    return [...first, '—', at(endedAt), '—', '—', kinds[kind][language], `${clock}: ${at(due.from)} → ${at(due.to)}`];
  }
  const { seq, at, actor, command, findings, led, added, dropped } = difference;
  const whys = [
    ...findings.map(({ id }) => id).filter((id) => !added.includes(id)),
    ...(led === null ? [] : [`${led.from || '—'} → ${led.to || '—'}`]),
    ...added.map((id) => `+ ${id}`),
    ...dropped.map((id) => `− ${id}`),
  ];
  const what = step === null ? command : `${command} ${step}`;
  return [...first, seq, timeText(at), actor, what, kinds[kind][language], whys.join(', ')];
}

const ZONE = 'Asia/Shanghai';

/** Rows of a table; the rest is in the JSON. */
const MOST_ROWS = 30;

function titled(
  title: Text,
  heads: Readonly<Record<Language, readonly string[]>>,
  rows: readonly (readonly (string | number)[])[],
  look: Look,
): string | null {
  if (rows.length === 0) return null;
  return `${look.paint.bold(title[look.language])}\n${tableText(heads[look.language], rows, look)}`;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
