import type { CompiledClock } from '../compile/clock-types.ts';
import { clockUnder } from '../compile/index.ts';
import type { CompiledProcess } from '../compile/types.ts';
import type { ClockMeasure, ClockRecord } from './clock-types.ts';

/** Made ready once for each stored one, which nobody changes, and the version that it is asked of. */
const ready = new WeakMap<ClockMeasure, { readonly clock: CompiledClock; readonly made: CompiledClock }>();

/** A clock by what its record is measured by: the SLA of its version, unless an edit has left it as it was. */
export function measured(clock: CompiledClock, { measure }: Pick<ClockRecord, 'measure'>): CompiledClock {
  if (measure === undefined) return clock;
  const known = ready.get(measure);
  if (known?.clock === clock) return known.made;
  const made = clockUnder(clock, measure.sla, measure.calendar);
  ready.set(measure, { clock, made });
  return made;
}

/**
 * What a record is measured by, to be kept with it when its version's SLA is no longer the one of `process`. Null: nothing
 * measures it yet, or it follows from a field that the other version has no more.
 */
export function measureOf(
  process: CompiledProcess,
  other: CompiledProcess,
  clock: CompiledClock,
  record: ClockRecord,
): ClockMeasure | null {
  if (record.measure !== undefined) return record.measure;
  const target = clock.targets.find(({ words }) => words === record.target);
  const chosen = clock.calendars.find(({ id }) => id === record.calendar);
  if (target === undefined || chosen === undefined) return null;
  const { due, within, words } = target;
  const { from } = clock.sla;
  const isThere = [due, from].every(
    (field) => field === null || other.fields.get(field)?.type === process.fields.get(field)?.type,
  );
  if (!isThere) return null;
  const sla = { ...clock.sla, targets: [], within: within === null ? null : words, due, calendar: null };
  return { sla, calendar: chosen.id === null ? null : chosen.calendar.definition };
}

/** Measured by the SLA of its version from now on, and since it was begun where a field had said its start. */
export function unmeasured(record: ClockRecord): ClockRecord {
  const { measure, ...rest } = record;
  if (measure === undefined) return record;
  return measure.sla.from === null ? rest : { ...rest, startedAt: record.begun };
}
