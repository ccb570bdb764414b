import { existsSync } from 'node:fs';
import type { Logger } from 'pino';
import type { CalendarDefinition } from '../calendar/index.ts';
import { ADMIN, calendarIds, readCalendars, readProcesses } from '../definition/index.ts';
import { MAIN_TENANT } from '../names.ts';
import type { Service } from '../service/types.ts';
import type { Cli } from './command.ts';
import { countOf, problemReport } from './problem-report.ts';
import { findCalendarFiles, findProcessFiles, type ProcessFile, testsBeside } from './process-files.ts';
import { settings } from './settings.ts';

/** Who publishes at start, in the record of versions. */
const PUBLISHER = { id: 'serve', roles: [ADMIN], team: null, tenant: MAIN_TENANT, via: null };

/** What a server starts with. */
export interface CheckedFiles {
  /** The files to publish. */
  readonly processes: readonly ProcessFile[];
  readonly calendars: readonly CalendarDefinition[];
}

/** The files to start with; null when one has errors: they are told, and the server does not start half-way. */
export function checkedFiles(cli: Cli, log: Logger): CheckedFiles | null {
  const folder = cli.config.processes;
  if (folder === settings.processes.default && !existsSync(folder)) {
    log.warn({ folder }, 'there is no folder of processes; only what was published before is served');
    return { processes: [], calendars: [] };
  }
  const calendars = readCalendars(findCalendarFiles([folder]));
  const processes = readProcesses(findProcessFiles([folder]), calendarIds(calendars));
  const files = [...processes, ...calendars];
  if (processes.length === 0) log.warn({ folder }, 'there is no process in the folder of processes');
  // What only shows beside the other files, nobody is told when one of them is published.
  for (const { code, severity, file, line, message } of processes.flatMap(({ problems }) => problems))
    if (['unknown-process', 'shared-unknown'].includes(code) || (code === 'unknown-field' && severity === 'warning'))
      log.warn({ code, file, line }, message.en);
  if (countOf(files, 'error') === 0)
    return { processes, calendars: calendars.flatMap(({ definition }) => definition ?? []) };
  const broken = files.filter((file) => countOf([file], 'error') > 0);
  cli.io.err(`${problemReport(broken, cli)}\n`);
  const names = broken.map(({ path }) => path).join(' ');
  cli.remark({
    zh: `未启动：请改正上述错误，用 phasegate check ${names} 检查后再启动`,
    en: `Not started: correct the errors above, check with phasegate check ${names}, then start again`,
  });
  return null;
}

/** What somebody has drafted, or taken back, is not published behind their back: it is told. */
export async function publishAll(service: Service, files: readonly ProcessFile[], log: Logger): Promise<void> {
  for (const { path, text } of files) {
    const { process, version, created, standing, problems } = await service.publishOwn(
      text,
      PUBLISHER,
      testsBeside(path),
    );
    const told = { process, version, file: path };
    if (standing === 'published') log.info({ ...told, created, warnings: problems.length }, 'published');
    else log.warn({ ...told, standing }, 'not published: this content was drafted; see phasegate versions');
  }
}
