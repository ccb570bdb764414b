import {
  type Calendar,
  type DurationUnit,
  isWorked,
  provisionalAt,
  type SegmentKind,
  segments,
} from '../calendar/index.ts';
import type { ClockKind, CompiledClock } from '../compile/clock-types.ts';
import type { CompiledProcess } from '../compile/types.ts';
import type { Text } from '../text.ts';
import { isWorking, type Ledger, ledgerOf, usedUntil } from './clock-ledger.ts';
import { measured } from './clock-measure.ts';
import { fullText } from './clock-pauses.ts';
import type { ClockMark, ClockPause, ClockRecord, ClockRound } from './clock-types.ts';
import { durationText } from './time.ts';
import type { Instance } from './types.ts';

/** Lines that a statement of one clock has at most: the latest. */
const MOST_LINES = 500;

/**
 * How a clock stands. `waiting`: what starts it is not known; `running` and `paused` in time; `late`; ended `in-time` or
 * `breached`; what it timed was `left` undone, was no longer needed or timed, or its instance was closed before.
 */
export type ClockState =
  | 'waiting'
  | 'running'
  | 'paused'
  | 'late'
  | 'in-time'
  | 'breached'
  | 'left'
  | 'not-needed'
  | 'dropped'
  | 'closed';

/** What a clock says, so that a person can check it line by line. Instants are ISO 8601 UTC, durations ISO 8601. */
export interface ClockStatement {
  readonly id: string;
  readonly kind: ClockKind;
  readonly of: string;
  readonly step: string | null;
  readonly title: Text;
  readonly state: ClockState;
  readonly round: number;
  /** The target that counts, as the file says it; null: no condition of any holds. */
  readonly target: string | null;
  /** Id of the calendar whose time counts; null: plain time. */
  readonly calendar: string | null;
  readonly zone: string;
  readonly startedAt: string | null;
  readonly due: string | null;
  /** Why the deadline may change; null: it stands. */
  readonly provisional: Text | null;
  /** Why no hold and nothing else makes it stand still any more; null: it may. */
  readonly full: Text | null;
  readonly endedAt: string | null;
  /** From the start to the end, or to now: the sum of all lines. */
  readonly elapsed: string;
  /** The sum of the lines that count. */
  readonly counted: string;
  /** What was used of the target, and what is left, in its own unit; null for a deadline that a field says. */
  readonly used: { readonly amount: number; readonly left: number; readonly unit: DurationUnit } | null;
  /** How long after it was due; null: it is not. */
  readonly late: string | null;
  readonly marks: readonly ClockMark[];
  readonly raised: readonly string[];
  readonly earlier: readonly ClockRound[];
  /** Each begins where the one before ends; the first with the start, or with what was left out. */
  readonly lines: readonly StatementLine[];
  /** Lines before these that were left out, and what they come to; null: none. */
  readonly omitted: { readonly lines: number; readonly elapsed: string; readonly counted: string } | null;
}

export interface StatementLine {
  readonly from: string;
  readonly to: string;
  /** What that time was; `time`: it counts whatever it was. */
  readonly kind: SegmentKind | 'paused' | 'time';
  /** Of a holiday, or what is made up for. */
  readonly name: Text | null;
  /** Of a pause: why, and of a hold its reason. */
  readonly pause: Pick<ClockPause, 'why' | 'reason'> | null;
  readonly counted: boolean;
  readonly duration: string;
  readonly provisional: boolean;
}

/** The statements of all clocks that were ever started, in the order of the file; `now` is ISO 8601 UTC. */
export function statementOf(process: CompiledProcess, instance: Instance, now: string): readonly ClockStatement[] {
  return [...process.clocks.values()].flatMap((clock) => {
    const record = instance.clocks[clock.id];
    return record === undefined ? [] : [clockStatement(measured(clock, record), record, now)];
  });
}

function clockStatement(clock: CompiledClock, record: ClockRecord, now: string): ClockStatement {
  const { id, kind, of, step, title } = clock;
  const { round, target, startedAt, due, ended, marks, raised, earlier } = record;
  const chosen = clock.calendars.find((each) => each.id === record.calendar) ?? clock.calendars.at(-1);
  if (chosen === undefined) throw new Error('a clock has a calendar');
  const { calendar } = chosen;
  const within = clock.targets.find(({ words }) => words === target)?.within ?? null;
  const until = ended?.at ?? (startedAt !== null && now < startedAt ? startedAt : now);
  const ledger = startedAt === null ? null : ledgerOf(startedAt, record);
  const end = Date.parse(until);
  const all = ledger === null ? [] : linesOf(calendar, record, ledger, end, within !== null && isWorking(within.unit));
  const used =
    within === null || ledger === null ? null : usedUntil(calendar, ledger, Math.min(end, ledger.stoodAt), within.unit);
  const lateMs = due === null ? 0 : end - Date.parse(due);
  const left = all.slice(0, Math.max(0, all.length - MOST_LINES));
  return {
    id,
    kind,
    of,
    step,
    title,
    state: clockState(record, now),
    round,
    target,
    calendar: record.calendar,
    zone: calendar.definition.zone,
    startedAt,
    due,
    provisional:
      record.provisional && startedAt !== null && due !== null
        ? (provisionalAt(calendar, Date.parse(startedAt), Date.parse(due))?.reason ?? null)
        : null,
    full: ended === null ? fullText(record) : null,
    endedAt: ended?.at ?? null,
    elapsed: durationText(sum(all)),
    counted: durationText(sum(all.filter(({ counted }) => counted))),
    used:
      within === null || used === null
        ? null
        : { amount: used, left: Math.round((within.amount - used) * 1e6) / 1e6, unit: within.unit },
    late: lateMs > 0 ? durationText(lateMs) : null,
    marks,
    raised,
    earlier,
    lines: all.slice(left.length).map(({ from, to, ...line }) => ({
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      ...line,
      duration: durationText(to - from),
    })),
    omitted:
      left.length === 0
        ? null
        : {
            lines: left.length,
            elapsed: durationText(sum(left)),
            counted: durationText(sum(left.filter(({ counted }) => counted))),
          },
  };
}

/** How a clock stands at an instant (ISO 8601 UTC). */
export function clockState({ startedAt, due, ended, pauses }: ClockRecord, now: string): ClockState {
  if (ended !== null) {
    if (ended.how !== 'done') return ended.how;
    return due !== null && ended.at > due ? 'breached' : 'in-time';
  }
  if (startedAt === null) return 'waiting';
  if (due !== null && now > due) return 'late';
  return pauses.at(-1)?.to === null ? 'paused' : 'running';
}

interface Line extends Omit<StatementLine, 'from' | 'to' | 'duration'> {
  readonly from: number;
  readonly to: number;
}

/** The time from the start of a ledger to its end, parted without gap or overlap. */
function linesOf(
  calendar: Calendar,
  { pauses }: ClockRecord,
  { start, stretches, stoodAt }: Ledger,
  end: number,
  byWork: boolean,
): readonly Line[] {
  const lines: Line[] = [];
  const paused = (from: number, to: number, { why, reason }: Pick<ClockPause, 'why' | 'reason'>) => {
    lines.push({ from, to, kind: 'paused', name: null, pause: { why, reason }, counted: false, provisional: false });
  };
  const runsUntil = Math.min(end, stoodAt);
  for (const { from, to, pause } of stretches) {
    const last = Math.min(to, runsUntil);
    if (last <= from) continue;
    if (pause !== null) paused(from, last, pause);
    else if (!byWork)
      lines.push({ from, to: last, kind: 'time', name: null, pause: null, counted: true, provisional: false });
    else
      for (const { kind, name, provisional, ...span } of segments(calendar, from, last))
        lines.push({ ...span, kind, name, pause: null, counted: isWorked(kind), provisional });
  }
  const open = pauses.at(-1);
  const stood = Math.max(stoodAt, start);
  if (end > stood && open !== undefined) paused(stood, end, open);
  return lines;
}

function sum(lines: readonly Line[]): number {
  return lines.reduce((total, { from, to }) => total + to - from, 0);
}
