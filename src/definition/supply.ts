import type { Check } from './check.ts';
import { type Course, courseOf, placeOf, START } from './course-graph.ts';
import type { Standing } from './each-gate.ts';
import { eachStep } from './each-step.ts';
import { tableReads } from './table-reads.ts';

/** Who supplies the fields of a process, and when. */
export interface Supply {
  /** The earliest slot, as written, in which each field can become known; -1 from the start (the business key). */
  readonly slots: ReadonlyMap<string, number>;
  /** The places of work where it can. */
  readonly places: ReadonlyMap<string, ReadonlySet<string>>;
  readonly course: Course;
}

export function supplyOf(check: Check): Supply {
  const { key, tables, signals, schedule } = check.definition;
  const slots = new Map<string, number>();
  const places = new Map<string, Set<string>>();
  const supply = (field: string, slot: number, from: Iterable<string>): void => {
    slots.set(field, Math.min(slot, slots.get(field) ?? slot));
    const known = places.get(field) ?? new Set();
    for (const place of from) known.add(place);
    places.set(field, known);
  };
  for (const { phase, step, slot } of eachStep(check.definition)) {
    for (const { supplies, maySupply } of step.activities)
      for (const field of [...supplies, ...maySupply]) supply(field, slot, [placeOf(phase, step.id)]);
  }
  if (key !== null) supply(key, -1, [START]);
  if (schedule !== null && schedule.sets !== null) supply(schedule.sets, -1, [START]);
  // Whoever sends a signal does so when it suits them.
  for (const { sets } of signals) for (const field of sets) supply(field, -1, [START]);
  // A table may decide as soon as the first field it reads is known; tables may read what other tables set.
  for (let round = 0; round <= tables.length; round++) {
    for (const table of tables) {
      const reads = tableReads(check, table).filter((field) => slots.has(field));
      const earliest = Math.min(...reads.map((field) => slots.get(field) ?? -1));
      const from = reads.flatMap((field) => [...(places.get(field) ?? [])]);
      if (reads.length > 0) supply(table.sets, earliest, from);
      else supply(table.sets, -1, [START]);
    }
  }
  return { slots, places, course: courseOf(check.definition) };
}

/** Whether work may have passed a place when a gate is asked for the first time. */
function passedBefore({ reachable }: Course, { asked, bars }: Standing): (place: string) => boolean {
  const isReached = reachable([START], bars);
  const leadsHere = reachable(asked, bars, true);
  return (place) => isReached(place) && leadsHere(place);
}

/** Whether a field cannot be known yet when something is asked. */
export function lateness(asked: Standing, { slots, places, course }: Supply): (field: string) => boolean {
  let isPassed: ((place: string) => boolean) | null = null;
  return (field) => {
    if ((slots.get(field) ?? -1) <= asked.lastSlot) return false;
    // Written later; routes may lead there first.
    isPassed ??= passedBefore(course, asked);
    for (const place of places.get(field) ?? []) if (isPassed(place)) return false;
    return true;
  };
}

/** The step that supplies a field, or what the table that sets it reads. */
export function supplierOf(check: Check, field: string): string {
  const { tables } = check.definition;
  const table = tables.find(({ sets }) => sets === field);
  const sources = table === undefined ? [field] : tableReads(check, table);
  const placed = eachStep(check.definition).find(({ step }) =>
    step.activities.some(({ supplies, maySupply }) =>
      [...supplies, ...maySupply].some((name) => sources.includes(name)),
    ),
  );
  return placed?.step.id ?? '?';
}
