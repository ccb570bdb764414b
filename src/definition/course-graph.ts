import type { Phase, ProcessDefinition } from './types.ts';

/** Where the process ends. */
export const END = 'end';

/** Before the first phase. */
export const START = 'start';

/** One way from a place to another. A place is a step of a sequence, a phase whose steps run side by side, or an end. */
export interface Way {
  readonly from: string;
  readonly to: string;
  /** Work that is sent back asks no gate on its way. */
  readonly rework: boolean;
}

/** The place of work that a step belongs to: itself, or its phase where steps run side by side. */
export function placeOf({ order, id }: Phase, step: string): string {
  return order === 'sequence' ? step : id;
}

/** Which routes of a step count, by their number. */
type IsOpen = (step: string, route: number) => boolean;

/** Every way that work may take, whatever the conditions say. */
function waysOf({ phases }: ProcessDefinition, isOpen: IsOpen): readonly Way[] {
  const homes = new Map(phases.flatMap((phase) => phase.steps.map(({ id }) => [id, phase] as const)));
  const begins = new Map(phases.map((phase) => [phase.id, placeOf(phase, phase.steps[0]?.id ?? phase.id)]));
  const place = (id: string): string => {
    const home = homes.get(id);
    return begins.get(id) ?? (home === undefined ? id : placeOf(home, id));
  };
  const ways: Way[] = [];
  const add = (from: string, to: string, rework = false): void => {
    ways.push({ from, to: place(to), rework });
  };
  add(START, phases[0]?.id ?? END);
  for (const [index, phase] of phases.entries()) {
    const after = phases[index + 1]?.id ?? END;
    if (phase.order !== 'sequence') add(phase.id, after);
    for (const [at, { id, next, rework }] of phase.steps.entries()) {
      const from = placeOf(phase, id);
      if (phase.order === 'sequence') {
        for (const [n, { to }] of next.entries()) if (isOpen(id, n)) add(from, to);
        if (next.length === 0) add(from, phase.steps[at + 1]?.id ?? after);
      }
      for (const to of rework?.to ?? []) add(from, to, true);
    }
  }
  return ways;
}

/** The ways of a process, ready to be walked often. */
export interface Course {
  readonly into: ReadonlyMap<string, readonly Way[]>;
  /** The places that can be reached from some, these too, by ways that are not barred; `back`: against the ways. */
  reachable(from: Iterable<string>, barred: (way: Way) => boolean, back?: boolean): (place: string) => boolean;
}

export function courseOf(definition: ProcessDefinition, isOpen: IsOpen = () => true): Course {
  const ways = waysOf(definition, isOpen);
  const places = new Map<string, number>();
  const indexOf = (place: string): number => {
    const known = places.get(place) ?? places.size;
    places.set(place, known);
    return known;
  };
  const out: Way[][] = [];
  const into: Way[][] = [];
  for (const way of ways) {
    listAt(out, indexOf(way.from)).push(way);
    listAt(into, indexOf(way.to)).push(way);
  }
  return {
    into: new Map([...places].map(([place, index]) => [place, into[index] ?? []])),
    reachable(from, barred, back = false) {
      const seen = new Uint8Array(places.size);
      const open: number[] = [];
      const see = (place: string): void => {
        const index = places.get(place);
        if (index === undefined || seen[index] === 1) return;
        seen[index] = 1;
        open.push(index);
      };
      for (const place of from) see(place);
      for (let at = open.pop(); at !== undefined; at = open.pop())
        for (const way of (back ? into : out)[at] ?? []) if (!barred(way)) see(back ? way.from : way.to);
      return (place) => seen[places.get(place) ?? -1] === 1;
    },
  };
}

function listAt<T>(lists: T[][], index: number): T[] {
  const list = lists[index] ?? [];
  lists[index] = list;
  return list;
}
