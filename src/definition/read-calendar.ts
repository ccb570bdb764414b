import type { CalendarDefinition } from '../calendar/index.ts';
import { buildCalendar } from './build-calendar.ts';
import type { CalendarCheck } from './calendar-check.ts';
import { calendarKind } from './calendar-kind.ts';
import { checkDays } from './check-days.ts';
import { checkHours } from './check-hours.ts';
import { checkTranslations } from './check-texts.ts';
import { checkZone } from './check-zone.ts';
import type { Problem } from './problem.ts';
import { readFile } from './read-file.ts';
import { collectProblems } from './report.ts';
import { makeReports } from './reports.ts';
import { makeSource } from './source.ts';

export interface ReadCalendar {
  /** Null exactly when some problem is an error. */
  readonly definition: CalendarDefinition | null;
  /** In the order of the file. */
  readonly problems: readonly Problem[];
}

const checks = [checkId, checkOwnZone, checkHours, checkDays, checkTranslations];

/**
 * A calendar file, read and checked as process files are; `name` is the one of the file, `taken` says which file has the
 * ids of other calendars. Never throws.
 */
export function readCalendar(text: string, name: string, taken: ReadonlyMap<string, string> = new Map()): ReadCalendar {
  const collector = collectProblems(makeSource(text, name));
  const file = readFile(text, calendarKind, collector);
  if (file === null) return { definition: null, problems: collector.all() };
  const { outline, broken } = file;
  const definition = buildCalendar(outline);
  const check = { definition, taken, ...makeReports(outline, broken, collector) };
  if (!broken.includes('')) for (const run of checks) if (!check.isFull()) run(check);
  const problems = collector.all();
  return { definition: problems.some(({ severity }) => severity === 'error') ? null : definition, problems };
}

function checkId(check: CalendarCheck): void {
  const { calendar } = check.definition;
  const other = check.taken.get(calendar);
  if (other === undefined) return;
  check.atValue('duplicate-id', ['calendar'], {
    message: { zh: `日历 ${calendar} 已经写在 ${other} 里`, en: `The calendar ${calendar} is in ${other} already` },
    remedy: { zh: '请换一个标识，或删除其中一个文件', en: 'Give it another id, or delete one of the two files' },
  });
}

function checkOwnZone(check: CalendarCheck): void {
  checkZone(check, check.definition.zone, ['zone']);
}
