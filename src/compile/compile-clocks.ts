import {
  type Calendar,
  type CalendarDefinition,
  type Duration,
  openCalendar,
  parseDuration,
} from '../calendar/index.ts';
import type { Sla } from '../definition/sla-types.ts';
import type { ProcessDefinition } from '../definition/types.ts';
import type { Condition } from '../expr/types.ts';
import type { Text } from '../text.ts';
import type { ClockCalendar, ClockKind, CompiledClock, CompiledTarget, CompiledWarning } from './clock-types.ts';

type Compile = (text: string) => Condition;

/** What is timed, and by whom it is done where the file names them. */
interface Timed {
  readonly kind: ClockKind;
  readonly of: string;
  readonly title: Text;
  readonly step: string | null;
  readonly sla: Sla | null;
  readonly roles: readonly string[];
}

/** The clocks of a process by their ids, in the order of the file, what is around others first. */
export function compileClocks(
  definition: ProcessDefinition,
  calendars: ReadonlyMap<string, Calendar>,
  compile: Compile,
): ReadonlyMap<string, CompiledClock> {
  const clocks = new Map<string, CompiledClock>();
  for (const timed of timedOf(definition)) {
    const clock = timed.sla === null ? null : compileClock(definition, timed, timed.sla, calendars, compile);
    if (clock !== null) clocks.set(clock.id, clock);
  }
  return clocks;
}

function timedOf({ process, title, sla, phases }: ProcessDefinition): readonly Timed[] {
  const list: Timed[] = [{ kind: 'process', of: process, title, step: null, sla, roles: [] }];
  for (const phase of phases) {
    list.push({ kind: 'phase', of: phase.id, title: phase.title, step: null, sla: phase.sla, roles: [] });
    for (const step of phase.steps) {
      const owners = step.owner === null ? [] : [step.owner];
      const within = { step: step.id };
      list.push({ ...within, kind: 'step', of: step.id, title: step.title, sla: step.sla, roles: owners });
      for (const { id, title, sla, by } of step.activities) {
        list.push({ ...within, kind: 'activity', of: id, title, sla, roles: by.length > 0 ? by : owners });
      }
      for (const { id, title, sla, bands } of step.approvals) {
        const roles = bands.flatMap((band) => band.by.flatMap((by) => (by.kind === 'role' ? [by.id] : [])));
        list.push({ ...within, kind: 'approval', of: id, title, sla, roles });
      }
    }
  }
  return list;
}

/** Null: it takes working time, and no calendar says what that is. */
function compileClock(
  definition: ProcessDefinition,
  { kind, of, title, step, roles }: Timed,
  sla: Sla,
  calendars: ReadonlyMap<string, Calendar>,
  compile: Compile,
): CompiledClock | null {
  const choices = choicesOf(definition, sla, roles, calendars, compile);
  const id = kind === 'process' ? kind : `${kind}/${of}`;
  const measured = measure({ id, kind, of, title, step }, sla, choices, compile);
  return choices.length === 0 && isWorked(measured) ? null : measured;
}

/**
 * The same part timed by other words, which have one target without a condition, and by the calendar that comes with them
 * (null: plain time): what a clock goes on with that an edit leaves as it was.
 */
export function clockUnder(clock: CompiledClock, sla: Sla, calendar: CalendarDefinition | null): CompiledClock {
  const choices =
    calendar === null ? [] : [{ when: null, id: calendar.calendar, calendar: openCalendar(calendar) } as const];
  return measure(clock, sla, choices, (text) => {
    throw new Error(`${text} is not asked of a clock that was left as it was`);
  });
}

function measure(
  { id, kind, of, title, step }: Pick<CompiledClock, 'id' | 'kind' | 'of' | 'title' | 'step'>,
  sla: Sla,
  choices: readonly ClockCalendar[],
  compile: Compile,
): CompiledClock {
  const targets = targetsOf(sla, compile);
  const dates = [...(sla.from === null ? [] : [sla.from]), ...targets.flatMap(({ due }) => due ?? [])];
  const conditions = [...targets, ...choices].flatMap(({ when }) => when?.reads ?? []);
  return {
    id,
    kind,
    of,
    title,
    step,
    sla,
    targets,
    calendars: choices.length > 0 ? choices : [{ when: null, id: null, calendar: plainTime() }],
    warnings: sla.warn.flatMap(warningOf),
    rungs: sla.escalate.map(({ after }) => durationOf(after)),
    reads: [...new Set([...dates, ...conditions])],
    dates,
  };
}

/** Whether any of its durations passes only while somebody works. */
export function isWorked({ targets, warnings, rungs }: Pick<CompiledClock, 'targets' | 'warnings' | 'rungs'>): boolean {
  const durations = [
    ...targets.flatMap(({ within }) => within ?? []),
    ...warnings.flatMap((warning) => ('before' in warning ? warning.before : [])),
    ...rungs,
  ];
  return durations.some(({ unit }) => unit === 'working days' || unit === 'working hours');
}

function targetsOf(sla: Sla, compile: Compile): readonly CompiledTarget[] {
  const written = sla.targets.length > 0 ? sla.targets : [{ when: null, within: sla.within, due: sla.due }];
  return written.map(({ when, within, due }) => ({
    when: when === null ? null : compile(when),
    within: within === null ? null : durationOf(within),
    due,
    words: within ?? due ?? '',
  }));
}

/** The calendar of the SLA itself, of who does it, or of the process, as far as they are known. */
function choicesOf(
  { roles, calendar }: ProcessDefinition,
  sla: Sla,
  by: readonly string[],
  calendars: ReadonlyMap<string, Calendar>,
  compile: Compile,
): readonly ClockCalendar[] {
  const ofRole = by.map((id) => roles.find((role) => role.id === id)?.calendar ?? null).find((id) => id !== null);
  const named = sla.calendar ?? ofRole ?? null;
  const rules = named === null ? calendar : [{ when: null, use: named }];
  return rules.flatMap(({ when, use }) => {
    const found = calendars.get(use);
    return found === undefined ? [] : [{ when: when === null ? null : compile(when), id: use, calendar: found }];
  });
}

function warningOf(words: string): readonly CompiledWarning[] {
  const share = /^(\d{1,3})%$/.exec(words)?.[1];
  return [share === undefined ? { before: durationOf(words) } : { share: Number(share) / 100 }];
}

function durationOf(words: string): Duration {
  const duration = parseDuration(words);
  if (duration === null) throw new Error(`${words} is no duration`);
  return duration;
}

let plain: Calendar | null = null;

/** Every minute of every day counts alike, read on the clocks of the business. */
function plainTime(): Calendar {
  const allDay = [{ opens: 0, closes: 1440 }];
  plain ??= openCalendar({
    calendar: 'plain',
    title: { zh: '自然时间', en: 'Calendar time' },
    source: null,
    assumed: false,
    note: null,
    zone: 'Asia/Shanghai',
    extends: 'none',
    week: [allDay, allDay, allDay, allDay, allDay, allDay, allDay],
    makeUp: [],
    days: [],
    knownUntil: null,
  });
  return plain;
}
