import type { CompiledProcess } from '../compile/types.ts';
import {
  type Deadline,
  deadlinesOf,
  type Ending,
  endingOf,
  type RecordedRefusal,
  type Stay,
  staysOf,
  turnedDown,
} from '../engine/index.ts';
import type { Instance } from '../engine/types.ts';
import type { FigureChange, NewDeadlineRow, NewEndingRow, NewStayRow } from '../store/types.ts';

/** Ended rounds that a document tells of each step and clock. */
const MOST_TOLD = 10;
const NONE = { stays: [], deadlines: [], turnedDown: [] } as const;

/** What of the rows that figures are counted from is other after an instance of `from` has become one of `process`. */
export function figureChange(
  from: CompiledProcess,
  process: CompiledProcess,
  before: Instance | null,
  after: Instance,
  entries: readonly RecordedRefusal[],
): FigureChange {
  const same = from === process ? before : null;
  const refused = entries.some(({ accepted }) => !accepted) ? entries.flatMap(turnedDown) : NONE.turnedDown;
  const stays = same?.steps === after.steps ? NONE.stays : stayChange(from, process, before, after);
  const deadlines = same?.clocks === after.clocks ? NONE.deadlines : deadlineChange(from, process, before, after);
  const ending = same !== null && endsAlike(same, after) ? undefined : endingChange(from, process, before, after);
  return { stays, deadlines, turnedDown: refused, ...(ending !== undefined && { ending }) };
}

/** All rows of an instance whose refusals are these. */
export function figuresOf(
  process: CompiledProcess,
  instance: Instance,
  refusals: FigureChange['turnedDown'],
): FigureChange {
  const ending = endingOf(process, instance);
  return {
    stays: staysOf(process, instance),
    deadlines: deadlinesOf(process, instance),
    ...(ending !== null && { ending: endingRow(ending) }),
    turnedDown: refusals,
  };
}

function stayChange(
  from: CompiledProcess,
  process: CompiledProcess,
  before: Instance | null,
  after: Instance,
): readonly NewStayRow[] {
  const changed = before !== null && from === process ? changedSteps(before, after) : undefined;
  const last = before === null ? [] : staysOf(from, before, changed);
  const now = staysOf(process, after, changed);
  const gone = goneOf(last, now, ({ step }) => step);
  return [...newOf(last, now, ({ step }) => step), ...gone.map((stay) => ({ ...stay, ended: 'void' }))];
}

/** The steps whose records are other, each with the first round that can be: those before it have ended for good. */
function changedSteps({ steps: before }: Instance, { steps: after }: Instance): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const id in after) {
    const [last, now] = [before[id], after[id]];
    if (now !== undefined && last !== now) found.set(id, Math.max(1, Math.min(last?.round ?? 1, now.round)));
  }
  return found;
}

function changedClocks({ clocks: before }: Instance, { clocks: after }: Instance): readonly string[] {
  return Object.keys(after).filter((id) => before[id] !== after[id]);
}

function deadlineChange(
  from: CompiledProcess,
  process: CompiledProcess,
  before: Instance | null,
  after: Instance,
): readonly NewDeadlineRow[] {
  const changed = before !== null && from === process ? changedClocks(before, after) : undefined;
  const last = before === null ? [] : deadlinesOf(from, before, changed);
  const now = deadlinesOf(process, after, changed);
  const gone = goneOf(last, now, ({ clock }) => clock);
  // With an end, so that it is not among what runs.
  return [
    ...newOf(last, now, ({ clock }) => clock),
    ...gone.map((deadline) => ({ ...deadline, endedAt: deadline.endedAt ?? deadline.due, how: 'void' })),
  ];
}

type Round = Stay | Deadline;

/** Rounds that are new or other than they were. */
function newOf<R extends Round>(last: readonly R[], now: readonly R[], name: (round: R) => string): readonly R[] {
  return now.filter((round) => {
    const found = last.find((other) => other.round === round.round && name(other) === name(round));
    return found === undefined || !isSame(found, round);
  });
}

/** Rounds that the instance no longer tells, but those that have only become too many to be told. */
function goneOf<R extends Round>(last: readonly R[], now: readonly R[], name: (round: R) => string): readonly R[] {
  return last.filter((round) => {
    const told = now.filter((other) => name(other) === name(round));
    if (told.some((other) => other.round === round.round)) return false;
    return told.length < MOST_TOLD || told.every((other) => other.round < round.round);
  });
}

function isSame(one: Round, other: Round): boolean {
  // Of one kind, so that they have the same members.
  return Object.entries(one).every(([name, value]) => value === Reflect.get(other, name));
}

/** Whether one instance became the other without anything that `endingOf` looks at. */
function endsAlike(before: Instance, after: Instance): boolean {
  const isDecided = ({ outcome, status }: Instance) => outcome !== null || status === 'closed';
  if (!isDecided(before) && !isDecided(after)) return true;
  return (
    before.outcome === after.outcome &&
    before.status === after.status &&
    before.rounds === after.rounds &&
    before.fields === after.fields
  );
}

function endingChange(
  from: CompiledProcess,
  process: CompiledProcess,
  before: Instance | null,
  after: Instance,
): NewEndingRow | undefined {
  const last = before === null ? null : endingOf(from, before);
  const now = endingOf(process, after);
  if (JSON.stringify(last) === JSON.stringify(now)) return undefined;
  return now === null ? { at: null, outcome: null, reason: null, amount: null, currency: null } : endingRow(now);
}

function endingRow({ at, outcome, reason, amount }: Ending): NewEndingRow {
  return { at, outcome, reason, amount: amount?.amount ?? null, currency: amount?.currency ?? null };
}
