import type { CompiledClock } from '../compile/clock-types.ts';
import type { CompiledProcess } from '../compile/types.ts';
import { type CallTimer, nextCall } from './calls.ts';
import { measured } from './clock-measure.ts';
import type { ClockMark, ClockRecord } from './clock-types.ts';
import type { Instance } from './types.ts';

/** What time does to an instance: the type of the internal command that is then sent. */
export type TimerType = 'warn' | 'breach' | 'escalate';

/** Something that a clock is to tell. */
export interface DueMark {
  readonly clock: CompiledClock;
  readonly record: ClockRecord;
  readonly mark: ClockMark & { readonly due: string };
  readonly what: TimerType;
}

/**
 * The earliest thing that time will do to an instance: when, and as which command. Null: nothing, as it stands; a closed
 * instance never has any. The command is to be sent with `at` set to `due`; `of` names the clock and what it tells.
 */
export function nextTimer(
  process: CompiledProcess,
  instance: Instance,
): { readonly due: string; readonly what: TimerType | CallTimer; readonly of: string } | null {
  const mark = nextMark(process, instance, null);
  const call = nextCall(process, instance, null);
  if (call !== null && (mark === null || call.due < mark.mark.due))
    return { due: call.due, what: call.what, of: `call/${call.compiled.activity.id}` };
  return mark === null ? null : { due: mark.mark.due, what: mark.what, of: `${mark.clock.id}/${mark.mark.id}` };
}

/** The earliest mark that was not told yet, of one kind or of any; of several the first of the file. */
export function nextMark(process: CompiledProcess, instance: Instance, only: TimerType | null): DueMark | null {
  if (process.clocks.size === 0 || instance.status === 'closed') return null;
  let next: DueMark | null = null;
  for (const clock of process.clocks.values()) {
    const record = instance.clocks[clock.id];
    if (record === undefined || record.ended !== null) continue;
    for (const mark of record.marks) {
      const { due } = mark;
      if (due === null || mark.firedAt !== null || (next !== null && next.mark.due <= due)) continue;
      const what = typeOf(mark.id);
      if (only === null || only === what)
        next = { clock: measured(clock, record), record, mark: { ...mark, due }, what };
    }
  }
  return next;
}

function typeOf(id: string): TimerType {
  if (id === 'breach') return 'breach';
  return id.startsWith('warn/') ? 'warn' : 'escalate';
}
