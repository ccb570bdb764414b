import type { CompiledClock } from '../compile/clock-types.ts';
import { isWorked } from '../compile/index.ts';
import type { CompiledProcess } from '../compile/types.ts';
import { canonicalJson } from '../json.ts';
import { measured, measureOf, unmeasured } from './clock-measure.ts';
import { phaseBegan, type Turn, turnOf } from './clock-turn.ts';
import type { ClockChange, ClockMark, ClockRecord } from './clock-types.ts';
import { begun, ended, held, kept, later, type Present, reckoned } from './clocks.ts';
import type { Instance } from './types.ts';

// What another version of a process makes of the clocks of an instance: each as its own SLA there says (`onChange`).

export interface Retimed {
  /** All its clocks, those that were not touched too. */
  readonly clocks: Instance['clocks'];
  /** What an entry has to say of it, in the order of the file; what lost its SLA comes last. */
  readonly changes: readonly ClockChange[];
}

/**
 * The clocks of an instance under another version, which times it from `now` (ISO 8601 UTC) on. `instance` is as it stands
 * in `to`; its clocks are as `from` left them. A clock whose target, calendar, warnings and pauses both versions say alike
 * goes on as it is; so does whatever has ended, which stays measured by what it was, also when it is opened again. A clock that
 * had another id in `from` stands under both; `formerId` says which that was. `before` are the facts as they were: a
 * clock that reads one that is another now is reckoned anew.
 */
export function retime(
  from: CompiledProcess,
  to: CompiledProcess,
  instance: Instance,
  now: string,
  formerId: (clock: string) => string = (clock) => clock,
  before: Instance['fields'] = instance.fields,
): Retimed {
  const present: Present = { process: to, instance, at: now, environment: { now } };
  const clocks: Record<string, ClockRecord> = { ...instance.clocks };
  const changes: ClockChange[] = [];
  for (const clock of to.clocks.values()) {
    const last = instance.clocks[clock.id];
    const turn = turnOf(to, instance, clock);
    const first = last === undefined || last.ended?.how === 'dropped';
    if (first && turn === null) continue;
    const edited =
      last === undefined ? null : underEdit(from, from.clocks.get(formerId(clock.id)), present, clock, last);
    const next =
      last === undefined || edited === null
        ? begun(present, clock, turn ?? nobodys, null, beganAt(present, clock, turn ?? nobodys))
        : kept(present, { ...instance, fields: before }, clock, edited.record);
    if (next === undefined || next === last) continue;
    clocks[clock.id] = next;
    const how = first
      ? 'begun'
      : next.ended !== null && last?.ended === null
        ? 'ended'
        : (edited?.how ?? moved(last, next));
    if (how !== undefined) changes.push(changeOf(clock.id, how, last, next));
  }
  for (const [id, last] of Object.entries(instance.clocks)) {
    const clock = from.clocks.get(id);
    if (last.ended !== null || clock === undefined || to.clocks.has(id)) continue;
    const next = ended({ ...present, process: from }, clock, last, 'dropped');
    clocks[id] = next;
    changes.push(changeOf(id, 'dropped', last, next));
  }
  return { clocks, changes };
}

/**
 * The clocks of an instance as if the other version's SLAs had been there since each began, those that have ended too: when
 * they would have been due. What `to` does not time has none; what only `to` times has one where it is still to be done.
 */
export function recalculate(
  from: CompiledProcess,
  to: CompiledProcess,
  instance: Instance,
  now: string,
): Instance['clocks'] {
  const present: Present = { process: to, instance, at: now, environment: { now } };
  const clocks: Record<string, ClockRecord> = {};
  for (const clock of to.clocks.values()) {
    const [last, before] = [instance.clocks[clock.id], from.clocks.get(clock.id)];
    if (last !== undefined && before !== undefined) {
      const old = measured(before, last);
      // No hold that stands now is one of what ended before.
      const then = last.ended === null ? present : { ...present, instance: { ...instance, hold: null } };
      clocks[clock.id] = timing(old) === timing(clock) ? last : recalculated(then, clock, old, last);
      continue;
    }
    const turn = turnOf(to, instance, clock);
    if (turn !== null) clocks[clock.id] = begun(present, clock, turn, null, beganAt(present, clock, turn));
  }
  return clocks;
}

/** Nobody edited its SLA, and it is due at another time for what it reads. */
function moved(last: ClockRecord | undefined, next: ClockRecord): ClockChange['how'] | undefined {
  return last?.due === next.due ? undefined : 'recalculated';
}

const nobodys: Turn = { round: null, since: '' };

function changeOf(
  clock: string,
  how: ClockChange['how'],
  last: ClockRecord | undefined,
  next: ClockRecord,
): ClockChange {
  return { clock, how, due: { from: last?.due ?? null, to: next.ended === null ? next.due : null } };
}

/** A record as its SLA in the other version says; `how` absent: nothing that anybody need be told. */
function underEdit(
  from: CompiledProcess,
  before: CompiledClock | undefined,
  present: Present,
  clock: CompiledClock,
  last: ClockRecord,
): { readonly record: ClockRecord; readonly how?: ClockChange['how'] } {
  const old = before === undefined ? null : measured(before, last);
  if (old === null || timing(old) === timing(clock)) return { record: last };
  const measure = measureOf(from, present.process, old, last);
  if (last.ended !== null) return { record: measure === null ? last : { ...last, measure } };
  const policy = clock.sla.onChange;
  // What nothing measures yet, or what can no longer be measured so, is left to what the version now says.
  if (policy === 'keep' && measure !== null) return { record: { ...last, measure }, how: 'kept' };
  if (policy === 'restart') return { record: restarted(present, clock, last), how: 'restarted' };
  return { record: recalculated(present, clock, old, last), how: 'recalculated' };
}

/** All that decides when something of a clock is due; texts and what is then done are no part of it. */
function timing(clock: CompiledClock): string {
  const { sla, targets, calendars, rungs } = clock;
  const byWork = isWorked(clock);
  return canonicalJson({
    targets: targets.map(({ when, words }) => ({ when: when?.text ?? null, words })),
    from: sla.from,
    warn: sla.warn,
    rungs: rungs.map(({ amount, unit }) => [amount, unit]),
    pause: sla.pause,
    calendars: calendars.map(({ when, id, calendar: { definition } }) => {
      const { zone, extends: base, week, makeUp, days, knownUntil } = definition;
      // Of plain time only the clocks are read.
      const hours = byWork ? { id, base, week, makeUp, days, knownUntil } : {};
      return { when: when?.text ?? null, zone, ...hours };
    }),
  });
}

/**
 * As if the version's SLA had been there from the clock's start: the same course, the same facts. A pause for a reason that
 * no longer pauses is none; holds for one that now does are not known, but for the one that stands.
 */
function recalculated(present: Present, clock: CompiledClock, old: CompiledClock, last: ClockRecord): ClockRecord {
  const { pause } = clock.sla;
  const pauses = last.pauses.filter(
    ({ why, reason }) => why !== 'hold' || pause === 'any' || pause.includes(reason ?? ''),
  );
  const record = reckoned(present, clock, {
    ...unmeasured(last),
    // What a field had said tells nothing of when it was begun.
    startedAt: old.sla.from === null ? last.startedAt : last.begun,
    pauses: held(present, clock, pauses.length === last.pauses.length ? last.pauses : pauses),
    marks: carried(old, clock, last.marks),
  });
  return { ...record, marks: withoutRepeats(record.marks) };
}

/** Anew from now on, in the same round; a hold that stands pauses what of it is timed. */
function restarted(present: Present, clock: CompiledClock, { round, begun: since, earlier }: ClockRecord): ClockRecord {
  const { at } = present;
  const fresh = begun(present, clock, { round, since: at }, null, at);
  const pauses = fresh.pauses.map((pause) => ({ ...pause, from: later(pause.from, fresh.startedAt ?? at) }));
  return { ...fresh, pauses, begun: since, earlier };
}

/** What was told, under the ids by which the other words stand. */
function carried(old: CompiledClock, clock: CompiledClock, marks: readonly ClockMark[]): readonly ClockMark[] {
  const words = saidBy(old);
  const told = new Map(marks.map((mark) => [words.get(mark.id), mark]));
  return [...saidBy(clock)].flatMap(([id, said]) => {
    const mark = told.get(said);
    return mark === undefined ? [] : [{ ...mark, id }];
  });
}

/** What each mark of a clock says, as written. */
function saidBy({ sla }: CompiledClock): ReadonlyMap<string, string> {
  return new Map([
    ...sla.warn.map((words, n) => [`warn/${n + 1}`, `warn ${words}`] as const),
    ['breach', 'breach'],
    ...sla.escalate.map(({ after }, n) => [`escalate/${n + 1}`, `escalate ${after}`] as const),
  ]);
}

/** Whoever was told of something need not be told of what was due before it. */
function withoutRepeats(marks: readonly ClockMark[]): readonly ClockMark[] {
  const told = marks.filter(({ firedAt }) => firedAt !== null);
  return marks.map((mark) => {
    if (mark.firedAt !== null || mark.due === null) return mark;
    const later = told.find(({ due }) => due !== null && mark.due !== null && due >= mark.due);
    return later === undefined ? mark : { ...mark, firedAt: later.firedAt };
  });
}

/** Since when a clock would have run that there was no SLA for. */
function beganAt({ process, instance, at }: Present, { kind, of }: CompiledClock, { since }: Turn): string {
  if (kind === 'phase') return phaseBegan(process, instance, of) ?? at;
  const when = kind === 'activity' ? (process.activities.get(of)?.when ?? null) : null;
  // It became needed with a fact that its condition reads.
  return (when?.reads ?? []).reduce((latest, field) => later(latest, instance.fields[field]?.at ?? ''), since);
}
