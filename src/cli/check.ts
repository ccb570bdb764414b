import { calendarIds, readCalendars, readProcess, readProcesses } from '../definition/index.ts';
import type { CommandSpec } from './command.ts';
import { exitCodes, UsageError } from './exit.ts';
import { type CheckedFile, countOf, problemReport } from './problem-report.ts';
import { findCalendarFiles, findProcessFiles, findScenarioFiles } from './process-files.ts';

export const check: CommandSpec = {
  name: 'check',
  summary: {
    zh: '检查流程文件、日历文件和场景文件：退出码 0 没有错误（可以有提醒），1 有错误，2 用法不对',
    en: 'check files of processes, calendars and scenarios: exit code 0 without errors (warnings are allowed), 1 with errors, 2 for wrong usage',
  },
  args: [{ form: '<PATH...>', help: { zh: '文件或目录', en: 'files or folders' } }],
  options: [{ form: '--json', help: { zh: '以 JSON 输出', en: 'answer as JSON' } }],
  settings: [],
  async run(cli, paths, options) {
    const found = findProcessFiles(paths);
    // A folder holds all that belongs together; of files named one by one nobody knows.
    const whole = found.some(({ path }) => !paths.includes(path));
    const calendars = readCalendars(findCalendarFiles(paths));
    const known = whole ? calendarIds(calendars) : null;
    const processes = whole
      ? readProcesses(found, known)
      : found.map((file) => ({ ...file, ...readProcess(file.text, file.path) }));
    const files = [...processes, ...calendars, ...(await scenariosIn(paths))];
    if (files.length === 0) {
      throw new UsageError({
        zh: `${paths.join(', ')} 中没有流程文件（*.yaml）`,
        en: `there is no process file (*.yaml) in ${paths.join(', ')}`,
      });
    }
    const errors = countOf(files, 'error');
    if (options.json === true) {
      const problems = files.flatMap((file) => file.problems);
      const warnings = countOf(files, 'warning');
      cli.print(JSON.stringify({ files: files.map(({ path }) => path), errors, warnings, problems }, null, 2));
    } else cli.print(problemReport(files, cli));
    return errors === 0 ? exitCodes.ok : exitCodes.refused;
  },
};

/** Scenarios are read beside compiled processes: the engine is loaded where there are any. */
async function scenariosIn(paths: readonly string[]): Promise<readonly CheckedFile[]> {
  if (findScenarioFiles(paths).length === 0) return [];
  const { readTests } = await import('./scenario-files.ts');
  return readTests(paths).scenarios;
}
