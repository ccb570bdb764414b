import { add, numberOf, provisionalAt, startOfDay, subtract } from '../calendar/index.ts';
import type { ClockCalendar, CompiledClock, CompiledTarget } from '../compile/clock-types.ts';
import type { CompiledProcess } from '../compile/types.ts';
import { after, isWorking, type Ledger, ledgerOf, leftBefore, reached } from './clock-ledger.ts';
import type { ClockMark, ClockRecord } from './clock-types.ts';
import { factsOf } from './context.ts';
import type { Instance } from './types.ts';

/** Instants outside are taken for slips of the pen: from them nothing is reckoned. */
const EARLIEST = Date.UTC(2001, 0);
const LATEST = Date.UTC(2070, 0);

/** All that the rest of a record follows from, beside the facts. `startedAt` counts where no field says the start. */
export type Course = Pick<ClockRecord, 'startedAt' | 'pauses' | 'ended'>;

/** What follows from it. */
export type Reckoned = Pick<ClockRecord, 'startedAt' | 'target' | 'calendar' | 'due' | 'provisional'> & {
  /** When each of its marks is due, in their order. */
  readonly marks: readonly (readonly [id: string, due: string | null])[];
};

/** The target that counts: the first whose condition holds; null: none does, as far as facts are known. */
export function targetOf(process: CompiledProcess, { fields }: Instance, clock: CompiledClock): CompiledTarget | null {
  const facts = factsOf(process, fields);
  return clock.targets.find(({ when }) => when === null || when.explain(facts).verdict === 'met') ?? null;
}

/** The calendar that counts: the first whose condition holds, else the last. */
export function calendarOf(
  process: CompiledProcess,
  { fields }: Instance,
  { calendars }: CompiledClock,
): ClockCalendar {
  const facts = factsOf(process, fields);
  const found =
    calendars.find(({ when }) => when === null || when.explain(facts).verdict === 'met') ?? calendars.at(-1);
  if (found === undefined) throw new Error('a clock has a calendar');
  return found;
}

/** Reckons a clock from nothing but its course and the facts: the same ones always come to the same. */
export function reckon(process: CompiledProcess, instance: Instance, clock: CompiledClock, course: Course): Reckoned {
  const target = targetOf(process, instance, clock);
  const chosen = calendarOf(process, instance, clock);
  const zone = chosen.calendar.definition.zone;
  const { from } = clock.sla;
  const start = from === null ? null : instantOf(process, instance, from, 0, zone);
  const startedAt = from === null ? course.startedAt : start === null ? null : iso(start);
  const ids = markIds(clock);
  const base = { startedAt, target: target?.words ?? null, calendar: chosen.id };
  const ledger = startedAt === null ? null : ledgerOf(startedAt, course);
  const at = target === null || ledger === null ? null : instants(process, instance, clock, target, chosen, ledger);
  if (at === null) return { ...base, due: null, provisional: false, marks: ids.map((id) => [id, null]) };
  const known = (instant: number | null) => (instant === null || instant > at.stoodAt ? null : iso(instant));
  const marks = ids.map((id, n) => [id, known(at.marks[n] ?? null)] as const);
  return { ...base, due: known(at.due), provisional: at.provisional, marks };
}

/** Ids of the marks of a clock: warnings, the breach, rungs. */
function markIds({ warnings, rungs }: CompiledClock): readonly string[] {
  return [...warnings.map((_, n) => `warn/${n + 1}`), 'breach', ...rungs.map((_, n) => `escalate/${n + 1}`)];
}

interface Instants {
  readonly due: number;
  readonly provisional: boolean;
  /** In the order of their ids. */
  readonly marks: readonly (number | null)[];
  readonly stoodAt: number;
}

function instants(
  process: CompiledProcess,
  instance: Instance,
  { warnings, rungs }: CompiledClock,
  { within, due: field }: CompiledTarget,
  { calendar }: ClockCalendar,
  ledger: Ledger,
): Instants | null {
  const { start, stoodAt } = ledger;
  if (!isReckonable(start)) return null;
  if (within !== null) {
    const due = reached(calendar, ledger, within);
    const warned = warnings.map((warning) =>
      'before' in warning
        ? leftBefore(calendar, ledger, due, warning.before)
        : reached(calendar, ledger, { unit: within.unit, amount: within.amount * warning.share }),
    );
    const late = after(ledger, due);
    const later = rungs.map((rung) => reached(calendar, late, rung));
    const provisional = isWorking(within.unit) && provisionalAt(calendar, start, due) !== null;
    return { due, provisional, marks: [...before(due, warned), due, ...later], stoodAt };
  }
  // The end of a day that the field names.
  const due = instantOf(process, instance, field ?? '', 1, calendar.definition.zone);
  if (due === null) return null;
  const warned = warnings.map((warning) =>
    'before' in warning
      ? Math.max(start, subtract(calendar, due, warning.before).at)
      : Math.round(start + warning.share * (due - start)),
  );
  const later = rungs.map((rung) => add(calendar, due, rung).at);
  return { due, provisional: false, marks: [...before(due, warned), due, ...later], stoodAt: Number.POSITIVE_INFINITY };
}

/** A warning that would come with the deadline or after it says nothing. */
function before(due: number, warnings: readonly number[]): readonly (number | null)[] {
  return warnings.map((at) => (at < due ? at : null));
}

/**
 * The instant that a field says; of a date the beginning of the day so many days later. Null: it is not known, or no time
 * that is reckoned.
 */
function instantOf(
  process: CompiledProcess,
  { fields }: Instance,
  id: string,
  days: number,
  zone: string,
): number | null {
  const value = fields[id]?.value ?? null;
  if (typeof value !== 'string') return null;
  const isDate = process.fields.get(id)?.type === 'date';
  const rough = Date.parse(isDate ? `${value}T00:00:00Z` : value);
  if (!isReckonable(rough)) return null;
  return isDate ? startOfDay(zone, (numberOf(value) ?? 0) + days) : rough;
}

function isReckonable(instant: number): boolean {
  return instant >= EARLIEST && instant < LATEST;
}

/**
 * The marks of a record by what they are due now. One that was told before it was due, as facts now have it, was told too
 * early: it is withdrawn and may come again. Of a clock that has ended none comes any more but that it was late.
 */
export function marksOf(last: readonly ClockMark[], { marks }: Reckoned, { ended }: Course, now: string) {
  return marks.map(([id, due]): ClockMark => {
    const found = last.find((mark) => mark.id === id);
    const { firedAt = null, withdrawnAt = null } = found ?? {};
    const isOver = ended !== null && (due === null || due >= ended.at);
    if (firedAt !== null && (due === null || due > firedAt || isOver)) {
      return { id, due, firedAt: null, withdrawnAt: now };
    }
    // Nobody tells it any more: that it was late is said by what ended it.
    if (firedAt === null && id === 'breach' && ended !== null && !isOver) return { id, due, firedAt: now, withdrawnAt };
    return { id, due, firedAt, withdrawnAt };
  });
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
