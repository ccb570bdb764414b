import { numberOf, startOfDay, ticksAfter } from '../calendar/index.ts';
import { systemClock } from '../clock.ts';
import { compileProcess } from '../compile/index.ts';
import { calendarIds, readCalendars, readProcesses } from '../definition/index.ts';
import type { ScheduleView } from '../service/types.ts';
import { createClient } from './client.ts';
import { type Cli, type CommandSpec, textOption } from './command.ts';
import { exitCodes, UsageError } from './exit.ts';
import { tableText } from './plain-table.ts';
import { countOf, problemReport } from './problem-report.ts';
import { findCalendarFiles, findProcessFiles } from './process-files.ts';
import { wallText } from './value-text.ts';

type Row = Pick<ScheduleView, 'process' | 'cron' | 'zone' | 'next'> & Partial<ScheduleView>;

/** Ticks of a file that are shown. */
const SHOWN = 5;

export const schedules: CommandSpec = {
  name: 'schedules',
  summary: {
    zh: '列出自行启动的流程及接下来的时间；给出文件或目录则只读文件，不需要服务',
    en: 'list the processes that start by themselves, and when next; of files or folders if named, without a server',
  },
  args: [{ form: '[PATH...]', help: { zh: '文件或目录', en: 'files or folders' } }],
  options: [
    {
      form: '--from <DATE>',
      help: { zh: '从这一天起（只用于文件），例如 2026-02-01', en: 'from this day on (of files), e.g. 2026-02-01' },
    },
    { form: '--json', help: { zh: '每行一条 JSON 输出', en: 'one line of JSON each' } },
  ],
  settings: ['client'],
  async run(cli, paths, options) {
    const day = dayFrom(textOption(options, 'from'));
    const rows = paths.length === 0 ? await createClient(cli).schedules() : ofFiles(cli, paths, day);
    if (rows === null) return exitCodes.refused;
    if (options.json === true) for (const row of rows) cli.print(JSON.stringify(row));
    else
      cli.print(
        rows.length === 0
          ? none[cli.language]
          : tableText(
              head[cli.language],
              rows.map((row) => rowOf(row, cli)),
              cli,
            ),
      );
    return exitCodes.ok;
  },
};

/** Null: a file has errors, which have been told. */
function ofFiles(cli: Cli, paths: readonly string[], day: number | null): readonly Row[] | null {
  const calendars = readCalendars(findCalendarFiles(paths));
  const files = [...readProcesses(findProcessFiles(paths), calendarIds(calendars)), ...calendars];
  const broken = files.filter((file) => countOf([file], 'error') > 0);
  if (broken.length > 0) {
    cli.io.err(`${problemReport(broken, cli)}\n`);
    return null;
  }
  const definitions = calendars.flatMap(({ definition }) => definition ?? []);
  return files.flatMap(({ definition }) => {
    if (definition === null || !('phases' in definition)) return [];
    const { schedule } = compileProcess(definition, definitions);
    if (schedule === null) return [];
    const { recurrence } = schedule;
    const from = day === null ? Date.parse(systemClock.now()) : startOfDay(recurrence.zone, day) - 1;
    const next = ticksAfter(recurrence, from, SHOWN);
    return [{ process: definition.process, cron: schedule.schedule.cron, zone: recurrence.zone, next }];
  });
}

/** The number of the day to begin with; null: now. */
function dayFrom(words: string | null): number | null {
  const day = words === null ? null : numberOf(words);
  if (words === null || day !== null) return day;
  throw new UsageError({
    zh: `--from 应为存在的日期，例如 2026-02-01；收到 ${words}`,
    en: `--from should be a day that exists, e.g. 2026-02-01; found ${words}`,
  });
}

const none = { zh: '没有自行启动的流程', en: 'No process starts by itself' };

const head = {
  zh: ['流程', 'cron', '时区', '接下来', '最近一次'],
  en: ['process', 'cron', 'zone', 'next', 'last'],
} as const;

function rowOf({ process, cron, zone, next, ...last }: Row, { language }: Cli): readonly string[] {
  const at = (instant: string) => wallText(instant, zone);
  return [process, cron, zone, next.map(at).join('\n') || '—', lastOf(last, at)[language]];
}

/** Whatever was last: what it started, what was refused, what was left out. */
function lastOf({ started, refused, skipped }: Partial<ScheduleView>, at: (instant: string) => string) {
  const told = [
    started && { tick: started.tick, zh: `已启动 ${started.instance}`, en: `started ${started.instance}` },
    refused && { tick: refused.tick, zh: `被拒绝：${refused.detail.zh}`, en: `refused: ${refused.detail.en}` },
    skipped && { tick: skipped.tick, ...why[skipped.why] },
  ].flatMap((found) => found ?? []);
  const last = told.sort((a, b) => (a.tick < b.tick ? 1 : -1))[0];
  if (last === undefined) return { zh: '—', en: '—' };
  return { zh: `${at(last.tick)} ${last.zh}`, en: `${at(last.tick)} ${last.en}` };
}

const why = {
  missed: { zh: '错过：当时没有服务运行', en: 'missed: no server ran' },
  overlap: { zh: '跳过：上次启动的还没结束', en: 'left out: what it started before is open' },
} as const;
