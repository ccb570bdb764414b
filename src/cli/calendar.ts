import { join } from 'node:path';
import { daysOfMonth, FIRST_YEAR, LAST_YEAR, openCalendar } from '../calendar/index.ts';
import { readCalendars } from '../definition/index.ts';
import { suggest } from '../suggest.ts';
import { monthJson, monthText } from './calendar-text.ts';
import type { Cli, CommandSpec } from './command.ts';
import { exitCodes, UsageError } from './exit.ts';
import { problemReport } from './problem-report.ts';
import { findCalendarFiles } from './process-files.ts';

export const calendar: CommandSpec = {
  name: 'calendar',
  summary: {
    zh: '显示工作日历的一个月：每天是什么日子、工作时间、合计；只读文件，不需要服务',
    en: 'show a month of a calendar: what each day is, its hours, totals; from the files, without a server',
  },
  args: [
    { form: '<CALENDAR>', help: { zh: '日历的标识，例如 china', en: 'id of the calendar, e.g. china' } },
    { form: '<MONTH>', help: { zh: '月份，例如 2026-02', en: 'the month, e.g. 2026-02' } },
  ],
  options: [{ form: '--json', help: { zh: '以 JSON 输出', en: 'answer as JSON' } }],
  settings: ['files'],
  async run(cli, [id = '', words = ''], options) {
    const { year, month } = monthOf(words);
    const found = findCalendar(cli, id);
    if (found === null) return exitCodes.refused;
    const open = openCalendar(found);
    const days = daysOfMonth(open, year, month);
    if (options.json === true) cli.print(JSON.stringify(monthJson(open, words, days), null, 2));
    else cli.print(monthText(open, words, days, cli));
    return exitCodes.ok;
  },
};

function monthOf(words: string): { readonly year: number; readonly month: number } {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(words);
  const [year, month] = [Number(match?.[1]), Number(match?.[2])];
  if (match !== null && year >= FIRST_YEAR && year <= LAST_YEAR) return { year, month };
  throw new UsageError({
    zh: `月份应为 年-月（${FIRST_YEAR} 到 ${LAST_YEAR} 年），例如 2026-02；收到 ${words}`,
    en: `the month should be year-month (${FIRST_YEAR} to ${LAST_YEAR}), e.g. 2026-02; found ${words}`,
  });
}

/** Null: the file has errors, which have been told. */
function findCalendar(cli: Cli, id: string) {
  const folder = join(cli.config.processes, 'calendars');
  const files = readCalendars(findCalendarFiles([folder]));
  const file = files.find(({ definition, path }) =>
    definition === null ? path === join(folder, `${id}.yaml`) : definition.calendar === id,
  );
  if (file !== undefined) {
    if (file.definition === null) cli.io.err(`${problemReport([file], cli)}\n`);
    return file.definition;
  }
  const ids = files.flatMap(({ definition }) => definition?.calendar ?? []);
  const near = suggest(id, ids);
  throw new UsageError({
    zh: `${folder} 中没有日历 ${id}${near === null ? '' : `，是否指 ${near}？`}（有：${ids.join('、') || '无'}）`,
    en: `there is no calendar ${id} in ${folder}${near === null ? '' : `; did you mean ${near}?`} (there are: ${ids.join(', ') || 'none'})`,
  });
}
