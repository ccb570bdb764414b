import type { CompiledClock } from '../compile/clock-types.ts';
import type { CompiledProcess } from '../compile/types.ts';
import type { ClockEnd, ClockRecord } from './clock-types.ts';
import { factsOf } from './context.ts';
import { roundsOf } from './rounds.ts';
import { hasForm } from './shared-reason.ts';
import type { Instance } from './types.ts';

/** That something is to be done now, once more or for the first time. */
export interface Turn {
  /** Of its step; null: nobody counts. */
  readonly round: number | null;
  /** Event time at which its round began. */
  readonly since: string;
}

/** What a clock times, where it is to be done as the instance stands; null: it is not, or no longer. */
export function turnOf(process: CompiledProcess, instance: Instance, clock: CompiledClock): Turn | null {
  const { kind, of, step } = clock;
  if (instance.status === 'closed') return null;
  switch (kind) {
    case 'process':
      return { round: 1, since: instance.startedAt };
    case 'phase':
      return phaseTurn(instance, of);
    case 'step':
      return stepTurn(instance, of);
    case 'activity': {
      const compiled = process.activities.get(of);
      const turn = stepTurn(instance, step ?? '');
      const isOpen = (instance.activities[of]?.status ?? 'open') === 'open';
      if (compiled === undefined || turn === null || !isOpen || !hasForm(compiled.activity)) return null;
      return isNeeded(process, instance, of) ? turn : null;
    }
    case 'approval': {
      const record = instance.approvals[of];
      return record?.status === 'requested' ? { round: null, since: record.requestedAt } : null;
    }
  }
}

/** Its condition holds, or it has none. */
function isNeeded(process: CompiledProcess, { fields }: Instance, activity: string): boolean {
  const when = process.activities.get(activity)?.when ?? null;
  return when === null || when.explain(factsOf(process, fields)).verdict === 'met';
}

function stepTurn({ position, steps }: Instance, step: string): Turn | null {
  const record = steps[step];
  if (record === undefined || !position.some((place) => place.step === step)) return null;
  return { round: record.round, since: record.enteredAt };
}

function phaseTurn({ position, waiting, steps, startedAt }: Instance, phase: string): Turn | null {
  let since: string | null = null;
  let isOpen = waiting.some((place) => place.phase === phase);
  for (const place of position) {
    if (place.phase !== phase) continue;
    isOpen = true;
    const { enteredAt = startedAt } = steps[place.step] ?? {};
    if (since === null || enteredAt < since) since = enteredAt;
  }
  // Where all wait, it has begun with what happens now.
  return isOpen ? { round: null, since: since ?? '' } : null;
}

/**
 * Event time since when a phase has been open without a break, as far as the rounds of its steps are kept; null: nothing of
 * it was entered.
 */
export function phaseBegan({ phases }: CompiledProcess, instance: Instance, phase: string): string | null {
  const open = phaseTurn(instance, phase);
  if (open === null || open.since === '') return null;
  const ended = (phases.get(phase)?.steps ?? []).flatMap(({ id }) => roundsOf(instance, id));
  let since = open.since;
  for (;;) {
    const before = ended.find(({ enteredAt, leftAt }) => leftAt >= since && enteredAt < since);
    if (before === undefined) return since;
    since = before.enteredAt;
  }
}

/** Whether a turn is the one that the record is of, which may have ended by mistake. */
export function isSameTurn({ kind }: CompiledClock, { round, begun, ended }: ClockRecord, turn: Turn): boolean {
  switch (kind) {
    case 'process':
      return true;
    case 'phase':
      // A step was entered before the phase was left: it was gone back to, not entered anew.
      return ended === null || (turn.since !== '' && turn.since < ended.at);
    case 'approval':
      return ended === null;
    default:
      return round === turn.round && begun >= turn.since;
  }
}

/** How what a clock timed came to its end. */
export function endOf(
  process: CompiledProcess,
  before: Instance,
  instance: Instance,
  { kind, of, step }: CompiledClock,
  { round }: ClockRecord,
): ClockEnd['how'] {
  const isClosed = instance.status === 'closed';
  switch (kind) {
    case 'process':
      return 'done';
    case 'phase': {
      const ends = before.position.flatMap((place) =>
        place.phase === of ? [roundEnd(instance, place.step, null)] : [],
      );
      if (ends.includes('closed') || (isClosed && ends.length === 0)) return 'closed';
      return ends.length === 0 || ends.includes('left') ? 'left' : 'done';
    }
    case 'step':
      return roundEnd(instance, of, round);
    case 'approval': {
      const status = instance.approvals[of]?.status;
      if (status === 'approved' || status === 'rejected') return 'done';
      return isClosed ? 'closed' : 'left';
    }
    case 'activity': {
      const status = instance.activities[of]?.status ?? 'open';
      if (status === 'done') return 'done';
      if (isClosed) return 'closed';
      const isOpen = stepTurn(instance, step ?? '') !== null;
      return isOpen && status === 'open' && !isNeeded(process, instance, of) ? 'not-needed' : 'left';
    }
  }
}

/** How a round of a step ended, `null` the last; one that was recalled did not: it was left. */
function roundEnd(instance: Instance, step: string, round: number | null): 'done' | 'left' | 'closed' {
  const record = roundsOf(instance, step).at(-1);
  if (record === undefined || (round !== null && record.round !== round)) return 'left';
  if (record.ended === 'closed') return 'closed';
  return record.ended === 'done' || record.ended === 'repeated' ? 'done' : 'left';
}
