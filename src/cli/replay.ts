import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readCalendars } from '../definition/index.ts';
import type { Problem } from '../definition/problem.ts';
import { ProcessError } from '../errors.ts';
import type { Difference, ReplayInput, ReplayResult } from '../service/types.ts';
import { type Cli, type CommandSpec, textOption } from './command.ts';
import { withDatabase } from './database.ts';
import { exitCodes, UsageError } from './exit.ts';
import { problemReport } from './problem-report.ts';
import { findCalendarFiles, findProcessFiles, type ProcessFile } from './process-files.ts';
import { createProgressBar } from './progress-bar.ts';
import { openDifferences } from './replay-csv.ts';
import { readPeriod } from './replay-period.ts';
import { isOtherwise, replayText } from './replay-text.ts';

const MOST_LISTED = 10_000;

export const replay: CommandSpec = {
  name: 'replay',
  summary: {
    zh: '用一个流程文件重新判定一段时间里的全部操作，看哪些会不同；直接读数据库，什么也不改变：退出码 0 没有不同，1 有，2 用法不对',
    en: 'decide all commands of a period anew on a process file and tell what would have been otherwise; reads the database itself and changes nothing: exit code 0 without differences, 1 with, 2 for wrong usage',
  },
  args: [{ form: '<FILE>', help: { zh: '要试的流程文件', en: 'the process file to try' } }],
  options: [
    {
      form: '--since <DAY>',
      help: {
        zh: '从哪天起（按记录时间），如 2026-07-01，或带时区的时间点',
        en: 'from which day on (of recording), such as 2026-07-01, or an instant with its offset',
      },
    },
    {
      form: '--until <DAY>',
      help: { zh: '到哪天为止（含当天）；不给则到现在', en: 'up to and with which day; until now without it' },
    },
    {
      form: '--limit <N>',
      help: { zh: '列出多少处不同（默认 20）', en: 'how many differences are listed (default 20)' },
    },
    { form: '--csv <FILE>', help: { zh: '把全部不同写入 CSV 文件', en: 'write all differences to a CSV file' } },
    { form: '--json', help: { zh: '以 JSON 输出', en: 'print JSON' } },
  ],
  settings: ['database'],
  async run(cli, [path = ''], options) {
    const period = readPeriod(textOption(options, 'since'), textOption(options, 'until'));
    const limit = readLimit(textOption(options, 'limit') ?? '20');
    const [file, ...more] = findProcessFiles([path]);
    if (file === undefined || more.length > 0) throw oneFile(path);
    const calendars = calendarsBeside(cli, file);
    if (calendars === null) return exitCodes.usage;
    const csvPath = textOption(options, 'csv');
    const csv = csvPath === null ? null : openDifferences(csvPath);
    const listed: Difference[] = [];
    const bar = createProgressBar(cli);
    try {
      const input: ReplayInput = { yaml: file.text, name: file.path, calendars, ...period, most: null };
      const result = await withDatabase(cli.config, (_, service) =>
        service.replay(
          input,
          {
            progress: bar.show,
            differs(difference) {
              if (listed.length < limit) listed.push(difference);
              csv?.write(difference);
            },
          },
          null,
        ),
      );
      bar.clear();
      if (result.commands === 0) throw nothingThen(result);
      const report = { ...result, file: basename(file.path), listed };
      cli.print(options.json === true ? JSON.stringify(report, null, 2) : replayText(report, cli));
      return isOtherwise(result) ? exitCodes.refused : exitCodes.ok;
    } catch (error) {
      bar.clear();
      if (!(error instanceof ProcessError)) throw error;
      if (error.code === 'definition-invalid') {
        cli.io.err(`${problemReport([{ ...file, problems: problemsOf(error) }], cli)}\n`);
        return exitCodes.usage;
      }
      throw error.code === 'not-found' ? new UsageError(error.detail) : error;
    } finally {
      csv?.close();
    }
  },
};

/** The calendars in the folder beside the file; null: one has errors, which are told. */
function calendarsBeside(cli: Cli, { path }: ProcessFile): ReplayInput['calendars'] | null {
  const folder = join(dirname(path), 'calendars');
  const found = hasFolder(folder) ? readCalendars(findCalendarFiles([folder])) : [];
  const broken = found.filter(({ definition }) => definition === null);
  if (broken.length === 0) return found.flatMap(({ definition }) => definition ?? []);
  cli.io.err(`${problemReport(broken, cli)}\n`);
  return null;
}

function hasFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

function problemsOf({ extra }: ProcessError): readonly Problem[] {
  return Array.isArray(extra.problems) ? extra.problems : [];
}

function readLimit(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= MOST_LISTED) return Number(text);
  throw new UsageError({
    zh: `--limit 应为 0 到 ${MOST_LISTED} 的整数；收到 ${text}。全部不同可用 --csv 写入文件`,
    en: `--limit should be a whole number from 0 to ${MOST_LISTED}; found ${text}. All differences go to a file with --csv`,
  });
}

function oneFile(path: string): UsageError {
  return new UsageError({
    zh: `应给出一个流程文件；${path} 不是`,
    en: `this takes one process file; ${path} is not`,
  });
}

function nothingThen({ process, since, until }: ReplayResult): UsageError {
  return new UsageError({
    zh: `流程 ${process} 在 ${since} 至 ${until} 之间没有任何操作，没有可回放的历史；请换一段时间（按记录时间）`,
    en: `nothing was done in the process ${process} from ${since} to ${until}, so that there is nothing to replay; take another period (of recording)`,
  });
}
