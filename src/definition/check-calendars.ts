import { parseDuration } from '../calendar/index.ts';
import { suggest } from '../suggest.ts';
import type { Check } from './check.ts';
import { itemPath } from './check-approvals.ts';
import { checkCondition } from './check-conditions.ts';
import { eachSla, type PlacedSla } from './each-sla.ts';
import { eachStep } from './each-step.ts';
import { writeInstead } from './fix.ts';
import type { Path } from './outline.ts';
import type { Sla } from './sla-types.ts';

/** The calendars that a process names: that there are such, when each counts, and that none is missed. */
export function checkCalendars(check: Check): void {
  const { calendar, roles } = check.definition;
  for (const [n, { when, use }] of calendar.entries()) {
    const at: Path = check.outline.marks.has('/calendar/0') ? ['calendar', n] : ['calendar'];
    checkCalendar(check, use, at.length === 1 ? at : [...at, 'use']);
    if (when !== null) checkCondition(check, when, [...at, 'when']);
    else if (n < calendar.length - 1 && check.sound(at)) {
      check.atKey('rule-never-read', [...at, 'use'], {
        message: {
          zh: '这一条没有 when，总是用它，看不到后面的',
          en: 'This choice has no `when`: it always counts, and those after it never',
        },
        remedy: { zh: '请给它写上 when，或放到最后', en: 'Give it a `when`, or put it last' },
      });
    }
  }
  for (const role of roles) {
    if (role.calendar !== null) checkCalendar(check, role.calendar, ['roles', role.id, 'calendar']);
  }
  for (const placed of eachSla(check.definition)) {
    const named = placed.sla.calendar;
    if (named !== null) checkCalendar(check, named, [...placed.path, 'calendar']);
    else checkReckonable(check, placed);
  }
}

function checkCalendar(check: Check, name: string, path: Path): void {
  const { calendars } = check;
  if (calendars === null || calendars.has(name) || !check.sound(path)) return;
  const near = suggest(name, calendars.keys());
  const all = [...calendars.keys()].slice(0, 10).join(', ');
  check.atValue('unknown-calendar', path, {
    message: { zh: `没有日历 ${name}`, en: `There is no calendar "${name}"` },
    remedy:
      near === null
        ? {
            zh: `请写已有的日历：${all || '无'}；或新建 calendars/${name}.yaml`,
            en: `Write one that exists: ${all || 'there is none'}; or make calendars/${name}.yaml`,
          }
        : { zh: `是不是想写 ${near}？`, en: `Did you mean ${near}?` },
    fix: writeInstead(near),
  });
}

/** Working time is none before a calendar says what that is. */
function checkReckonable(check: Check, { sla, path }: PlacedSla): void {
  const { calendar, roles } = check.definition;
  if (calendar.length > 0 || !check.sound(['calendar']) || !check.sound(path)) return;
  const by = doersOf(check, path);
  if (roles.some((role) => role.calendar !== null && by.includes(role.id))) return;
  const working = workingWords(check, sla, path);
  if (working === undefined) return;
  check.atValue('calendar-missing', working.path, {
    message: {
      zh: `${working.words} 按工作时间计算，但流程没有写用哪份日历，这个时限不会计时`,
      en: `${working.words} are working time, and the process names no calendar: the clock of this SLA does not run`,
    },
    remedy: {
      zh: '请在文件最外层加上 calendar: china（processes/calendars 中的标识），或写日历时间，例如 2 days',
      en: 'Add calendar: china (an id in processes/calendars) at the top of the file, or write calendar time such as 2 days',
    },
  });
}

/** The roles whose calendar counts for it, as the compiler takes them. */
function doersOf({ definition }: Check, path: Path): readonly string[] {
  const placed = eachStep(definition).find((one) => one.path.every((key, n) => path[n] === key));
  if (placed === undefined) return [];
  const { owner, activities, approvals } = placed.step;
  const owners = owner === null ? [] : [owner];
  const [list, id] = path.slice(placed.path.length);
  if (list === 'activities') {
    const by = activities.find((activity) => activity.id === id)?.by ?? [];
    return by.length > 0 ? by : owners;
  }
  if (list === 'approvals') {
    const bands = approvals.find((approval) => approval.id === id)?.bands ?? [];
    return bands.flatMap((band) => band.by.flatMap((one) => (one.kind === 'role' ? [one.id] : [])));
  }
  return owners;
}

/** The first of its durations that is working time. */
function workingWords(check: Check, { within, targets, warn, escalate }: Sla, path: Path) {
  const written: readonly (readonly [string | null, Path])[] = [
    [within, [...path, 'within']],
    ...targets.map((target, n) => [target.within, [...path, 'targets', n, 'within']] as const),
    ...warn.map((words, n) => [words, itemPath(check, [...path, 'warn'], n)] as const),
    ...escalate.map(({ after }, n) => [after, [...path, 'escalate', n, 'after']] as const),
  ];
  for (const [words, at] of written) {
    if (words !== null && parseDuration(words)?.unit.startsWith('working') === true) return { words, path: at };
  }
  return undefined;
}
