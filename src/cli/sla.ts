import type { ClockChange, ClockStatement, StatementLine } from '../engine/types.ts';
import type { SlaView } from '../service/types.ts';
import type { Language, Text } from '../text.ts';
import { createClient } from './client.ts';
import { type CommandSpec, type Look, textOption } from './command.ts';
import { exitCodes } from './exit.ts';
import { tableText } from './plain-table.ts';
import { wallText } from './value-text.ts';

export const sla: CommandSpec = {
  name: 'sla',
  summary: {
    zh: '逐行说明一个实例的各项时限：起算、到期、每一段时间算不算',
    en: 'state the SLAs of one instance line by line: start, due, and which time counts',
  },
  args: [{ form: '<ID>', help: { zh: '实例的编号', en: 'id of the instance' } }],
  options: [
    {
      form: '--under <VERSION>',
      help: {
        zh: '实例若转到流程的这一版，时限会怎样；什么也不改变',
        en: 'what they would be if the instance went over to this version; changes nothing',
      },
    },
    { form: '--json', help: { zh: '以 JSON 输出', en: 'print JSON' } },
  ],
  settings: ['client'],
  async run(cli, [id = ''], options) {
    const view = await createClient(cli).sla(id, textOption(options, 'under'));
    cli.print(options.json === true ? JSON.stringify(view) : slaText(view, cli));
    return exitCodes.ok;
  },
};

const states: Readonly<Record<ClockStatement['state'], Text>> = {
  waiting: { zh: '尚未起算', en: 'not started' },
  running: { zh: '进行中', en: 'running' },
  paused: { zh: '暂停', en: 'paused' },
  late: { zh: '已逾期', en: 'late' },
  'in-time': { zh: '按时完成', en: 'in time' },
  breached: { zh: '逾期完成', en: 'done late' },
  left: { zh: '未完成即离开', en: 'left undone' },
  'not-needed': { zh: '不再需要', en: 'no longer needed' },
  dropped: { zh: '不再有时限', en: 'no SLA any more' },
  closed: { zh: '随实例关闭', en: 'closed with the instance' },
};

const kinds: Readonly<Record<StatementLine['kind'], Text>> = {
  working: { zh: '工作时间', en: 'working' },
  'make-up': { zh: '调休上班', en: 'make-up workday' },
  'half-day': { zh: '半天', en: 'half day' },
  'off-hours': { zh: '下班', en: 'off hours' },
  weekend: { zh: '周末', en: 'weekend' },
  holiday: { zh: '节假日', en: 'holiday' },
  paused: { zh: '暂停', en: 'paused' },
  time: { zh: '自然时间', en: 'calendar time' },
};

function slaText({ clocks, under }: SlaView, look: Look): string {
  const { language } = look;
  const changes = under === null ? [] : [underText(under, clocks, look)];
  if (clocks.length === 0) return [...changes, { zh: '没有时限', en: 'There are no SLAs' }[language]].join('\n\n');
  return [...changes, ...clocks.map((clock) => clockText(clock, look))].join('\n\n');
}

const hows: Readonly<Record<ClockChange['how'], Text>> = {
  kept: { zh: '照旧', en: 'kept as it was' },
  recalculated: { zh: '从起算重算', en: 'recalculated from its start' },
  restarted: { zh: '重新计时', en: 'restarted now' },
  begun: { zh: '新增时限，从开始起算', en: 'timed now, since it began' },
  ended: { zh: '不再需要', en: 'not to be done any more' },
  dropped: { zh: '不再有时限', en: 'no SLA any more' },
};

/** What another version would change, clock by clock. */
function underText(
  { version, changes }: NonNullable<SlaView['under']>,
  clocks: SlaView['clocks'],
  { language }: Look,
): string {
  const head = {
    zh: `若转到第 ${version} 版（什么也没有改变）：`,
    en: `If it went over to version ${version} (nothing was changed):`,
  }[language];
  if (changes.length === 0) return `${head} ${{ zh: '时限不变', en: 'its SLAs stay as they are' }[language]}`;
  const at = (id: string, due: string | null) => {
    const zone = clocks.find((clock) => clock.id === id)?.zone;
    return due === null || zone === undefined ? (due ?? '–') : wallText(due, zone);
  };
  const lines = changes.map(({ clock, how, due }) => {
    const moved = due.from === due.to ? at(clock, due.to) : `${at(clock, due.from)} → ${at(clock, due.to)}`;
    return `  ${clock}: ${hows[how][language]}  ${{ zh: '到期', en: 'due' }[language]} ${moved}`;
  });
  return [head, ...lines].join('\n');
}

function clockText(clock: ClockStatement, look: Look): string {
  const { language, paint } = look;
  const { title, id, state, target, calendar, zone, startedAt, due, endedAt, late, used, provisional } = clock;
  const at = (instant: string) => wallText(instant, zone);
  // A calendar is looked into for working time alone; of other times it says the zone.
  const plain = calendar === null || used?.unit.startsWith('working') !== true;
  const bad = state === 'late' || state === 'breached';
  const say = {
    zh: {
      target: `时限 ${target ?? '（条件未满足）'}`,
      by: plain ? `自然时间，${zone}` : `日历 ${calendar}，${zone}`,
      started: startedAt === null ? null : `起算 ${at(startedAt)}`,
      due: due === null ? null : `到期 ${at(due)}`,
      ended: endedAt === null ? null : `结束 ${at(endedAt)}`,
      late: late === null ? null : `逾期 ${late}`,
      used: used === null ? null : `已用 ${used.amount}，剩余 ${used.left} (${used.unit})`,
    },
    en: {
      target: `target ${target ?? '(no condition holds)'}`,
      by: plain ? `calendar time, ${zone}` : `calendar ${calendar}, ${zone}`,
      started: startedAt === null ? null : `started ${at(startedAt)}`,
      due: due === null ? null : `due ${at(due)}`,
      ended: endedAt === null ? null : `ended ${at(endedAt)}`,
      late: late === null ? null : `late by ${late}`,
      used: used === null ? null : `used ${used.amount}, left ${used.left} ${used.unit}`,
    },
  }[language];
  const facts = [say.target, say.by, say.started, say.due, say.ended, say.late, say.used].filter(
    (fact) => fact !== null,
  );
  const word = states[state][language];
  const lines = clock.lines.map((line) => [
    at(line.from),
    at(line.to),
    lineText(line, language),
    line.counted ? { zh: '计入', en: 'counts' }[language] : '',
    line.duration,
  ]);
  const heads = { zh: ['从', '到', '是', '', '时长'], en: ['from', 'to', 'was', '', 'duration'] };
  const total = {
    zh: ['', '', '合计（计入 / 全部）', clock.counted, clock.elapsed],
    en: ['', '', 'sum (counts / all)', clock.counted, clock.elapsed],
  };
  const omitted =
    clock.omitted === null
      ? []
      : [
          {
            zh: `此前省略 ${clock.omitted.lines} 行，共 ${clock.omitted.elapsed}，计入 ${clock.omitted.counted}`,
            en: `${clock.omitted.lines} lines before are left out: ${clock.omitted.elapsed}, of which ${clock.omitted.counted} count`,
          }[language],
        ];
  return [
    `${paint.bold(title[language])} (${id})  ${bad ? paint.red(word) : word}`,
    facts.join('  '),
    ...(provisional === null ? [] : [paint.yellow(provisional[language])]),
    ...(clock.full === null ? [] : [paint.yellow(clock.full[language])]),
    ...omitted,
    ...(lines.length === 0 ? [] : [tableText(heads[language], [...lines, total[language]], look)]),
  ].join('\n');
}

function lineText({ kind, name, pause }: StatementLine, language: Language): string {
  const what = kinds[kind][language];
  if (name !== null) return `${what} ${name[language]}`;
  return pause === null || pause.reason === null ? what : `${what} ${pause.reason}`;
}

/** `2026-02-13 17:30` on the wall clock of a zone. */
