import type { CompiledClock } from '../compile/clock-types.ts';
import { canonicalJson } from '../json.ts';
import { measured, unmeasured } from './clock-measure.ts';
import { MOST_PAUSES } from './clock-pauses.ts';
import { marksOf, reckon } from './clock-reckon.ts';
import { endOf, isSameTurn, type Turn, turnOf } from './clock-turn.ts';
import type { ClockEnd, ClockPause, ClockRecord } from './clock-types.ts';
import type { Draft } from './draft.ts';
import { MOST_KEPT } from './rounds.ts';
import type { Environment, Instance } from './types.ts';

/** What a clock is brought up to: where an instance stands, the event time and the record time. */
export type Present = Pick<Draft, 'process' | 'instance' | 'at'> & { readonly environment: Pick<Environment, 'now'> };

/**
 * Brings the clocks up to where the instance now stands: starts those of what has become open, ends those of what is
 * no longer, stops and goes on, and reckons anew what depends on facts. To be called after every change; `before` null:
 * it has just started.
 */
export function keepClocks(draft: Draft, before: Instance | null): void {
  const clocks = clocksAfter(draft, before);
  if (clocks !== draft.instance.clocks) draft.instance = { ...draft.instance, clocks };
}

/** The clocks of an instance that stood otherwise before, whatever has brought it to where it stands. */
export function clocksAfter(present: Present, before: Instance | null): Instance['clocks'] {
  const { process, instance } = present;
  if (process.clocks.size === 0 || (before !== null && standsAlike(before, instance))) return instance.clocks;
  let clocks: Record<string, ClockRecord> | null = null;
  for (const clock of process.clocks.values()) {
    const last = instance.clocks[clock.id];
    const next = kept(present, before ?? instance, clock, last);
    if (next === undefined || next === last) continue;
    clocks ??= { ...instance.clocks };
    clocks[clock.id] = next;
  }
  return clocks ?? instance.clocks;
}

/** Whether nothing has changed that a clock looks at. */
function standsAlike(before: Instance, after: Instance): boolean {
  return (
    before.steps === after.steps &&
    before.activities === after.activities &&
    before.fields === after.fields &&
    before.approvals === after.approvals &&
    before.position === after.position &&
    before.waiting === after.waiting &&
    before.hold === after.hold &&
    before.status === after.status
  );
}

/** One clock, `last` as it was; undefined: what it times has never begun. */
export function kept(
  draft: Present,
  before: Instance,
  clock: CompiledClock,
  last: ClockRecord | undefined,
): ClockRecord | undefined {
  const { process, instance } = draft;
  const turn = turnOf(process, instance, clock);
  if (last === undefined) return turn === null ? undefined : begun(draft, clock, turn, null);
  if (turn === null) {
    if (last.ended === null) return ended(draft, clock, last, endOf(process, before, instance, clock, last));
    return isRedated(before, instance, measured(clock, last)) ? reckoned(draft, clock, last) : last;
  }
  if (isSameTurn(clock, last, turn)) {
    return last.ended === null ? goneOn(draft, before, clock, last) : reopened(draft, clock, last, last.ended);
  }
  const over = last.ended === null ? ended(draft, clock, last, endOf(process, before, instance, clock, last)) : last;
  return begun(draft, clock, turn, over);
}

/** A first round, or a further one after another. */
export function begun(
  draft: Present,
  clock: CompiledClock,
  turn: Turn,
  last: ClockRecord | null,
  begin = beginOf(draft, clock, turn),
): ClockRecord {
  const round = turn.round ?? (last?.round ?? 0) + 1;
  const fresh = { round, begun: begin, ended: null };
  if (last === null || last.ended === null || clock.sla.onRework === 'restart') {
    return reckoned(draft, clock, {
      ...fresh,
      startedAt: begin,
      pauses: held(draft, clock, []),
      target: null,
      calendar: null,
      due: null,
      provisional: false,
      marks: [],
      raised: [],
      earlier: last === null ? [] : [...last.earlier, roundOf(last)].slice(-MOST_KEPT),
    });
  }
  const stood = stoodFrom(last, last.ended.at, begin, 'round');
  // What was kept was kept for the round that ran.
  return reckoned(draft, clock, { ...unmeasured(last), ...fresh, pauses: held(draft, clock, stood) });
}

function beginOf({ process, at }: Present, { kind, of }: CompiledClock, turn: Turn): string {
  const since = turn.since === '' ? at : turn.since;
  // What has become needed meanwhile begins when it does.
  return kind === 'activity' && at > since && process.activities.get(of)?.when !== null ? at : since;
}

function roundOf({ round, startedAt, due, ended }: ClockRecord): ClockRecord['earlier'][number] {
  return { round, startedAt, due, endedAt: ended?.at ?? '', how: ended?.how ?? 'left' };
}

function goneOn(draft: Present, before: Instance, clock: CompiledClock, last: ClockRecord): ClockRecord {
  const by = measured(clock, last);
  const pauses = held(draft, by, last.pauses);
  const { fields } = draft.instance;
  const isTouched = before.fields !== fields && by.reads.some((field) => before.fields[field] !== fields[field]);
  if (pauses === last.pauses && !isTouched && !last.provisional) return last;
  return reckoned(draft, clock, { ...last, pauses });
}

export function ended(draft: Present, clock: CompiledClock, last: ClockRecord, how: ClockEnd['how']): ClockRecord {
  const { at, environment } = draft;
  const pauses = last.pauses.map((pause) => (pause.to === null ? { ...pause, to: later(at, pause.from) } : pause));
  return reckoned(draft, clock, { ...last, pauses, ended: { at, recordedAt: environment.now, how } });
}

/** It ended by mistake, or with an instance that was opened again: the same ledger goes on. */
function reopened(draft: Present, clock: CompiledClock, last: ClockRecord, { at, how }: ClockEnd): ClockRecord {
  const stood = how === 'closed' || how === 'not-needed' || clock.kind === 'process';
  const why = how === 'not-needed' ? how : 'closed';
  const pauses = stood ? stoodFrom(last, at, draft.at, why) : last.pauses;
  return reckoned(draft, clock, { ...last, pauses: held(draft, measured(clock, last), pauses), ended: null });
}

/** Its pauses up to an instant, and that it stood still from there. */
function stoodFrom(
  { pauses }: ClockRecord,
  from: string,
  to: string,
  why: Exclude<ClockPause['why'], 'hold'>,
): readonly ClockPause[] {
  const before = pauses.filter((pause) => pause.from < from);
  const last = before.at(-1)?.to ?? from;
  const begin = later(from, last);
  if (to <= begin || before.length >= MOST_PAUSES) return before;
  return [...before, { from: begin, to, why, reason: null }];
}

/** Its pauses with what the instance is on hold for, or no longer is. */
export function held(
  { instance, at }: Present,
  { sla }: CompiledClock,
  pauses: readonly ClockPause[],
): readonly ClockPause[] {
  const { hold } = instance;
  const stands = hold !== null && (sla.pause === 'any' || sla.pause.includes(hold.reason));
  const last = pauses.at(-1);
  const isOpen = last !== undefined && last.to === null;
  if (stands === isOpen) return pauses;
  if (isOpen) return [...pauses.slice(0, -1), { ...last, to: later(at, last.from) }];
  if (hold === null || pauses.length >= MOST_PAUSES) return pauses;
  return [...pauses, { from: later(hold.since, last?.to ?? ''), to: null, why: 'hold', reason: hold.reason }];
}

/** Whether an instant that the file takes from a field is another, and known: that corrects what has ended, too. */
function isRedated(before: Instance, { fields }: Instance, { dates }: CompiledClock): boolean {
  return dates.some((field) => before.fields[field] !== fields[field] && (fields[field]?.value ?? null) !== null);
}

/** The record as it follows from its course and the facts. */
export function reckoned(
  { process, instance, environment }: Pick<Present, 'process' | 'instance' | 'environment'>,
  clock: CompiledClock,
  record: ClockRecord,
): ClockRecord {
  const found = reckon(process, instance, measured(clock, record), record);
  const { startedAt, target, calendar, due, provisional } = found;
  const marks = marksOf(record.marks, found, record, environment.now);
  return { ...record, startedAt, target, calendar, due, provisional, marks };
}

/**
 * The clocks as they are by the calendars of today: those that run and are provisional reckoned anew. The same value where
 * nothing comes to anything else.
 */
export function anew(present: Pick<Present, 'process' | 'instance' | 'environment'>): Instance['clocks'] {
  const { clocks } = present.instance;
  let next: Record<string, ClockRecord> | null = null;
  for (const clock of present.process.clocks.values()) {
    const last = clocks[clock.id];
    if (last === undefined || !last.provisional || last.ended !== null) continue;
    const record = reckoned(present, clock, last);
    if (canonicalJson({ ...record }) === canonicalJson({ ...last })) continue;
    next ??= { ...clocks };
    next[clock.id] = record;
  }
  return next ?? clocks;
}

/** Of two instants. */
export function later(one: string, other: string): string {
  return one > other ? one : other;
}
