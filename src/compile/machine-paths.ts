import type { EventObject } from 'xstate';
import { getShortestPaths } from 'xstate/graph';
import { openPlaces } from './standing.ts';
import type { CompiledProcess, Marking } from './types.ts';

/** A shortest way through the machine: its events, and the steps that are open at its end. */
export interface MachinePath {
  readonly events: readonly string[];
  readonly open: readonly string[];
}

/** Most moves that are looked at: wide phases side by side have more. */
const MOST_MOVES = 20_000;

/** Words of events that only go on. */
const onward = /^(advance|enter|join):/;

/** The shortest way to everywhere that going on leads to; null where there are too many places to look at. */
export function shortestPaths(process: CompiledProcess): readonly MachinePath[] | null {
  const events: readonly EventObject[] = process.machine.events.filter(isOnward).map((type: string) => ({ type }));
  try {
    return getShortestPaths(process.machine, { events, limit: MOST_MOVES }).map(({ state, steps }) => ({
      // The first is XState's own, which starts the machine.
      events: steps.map(({ event }) => String(event.type)).filter(isOnward),
      open: openPlaces(process, markingOf(state)).map(({ step }) => step),
    }));
  } catch (error) {
    if (error instanceof Error && error.message.includes('limit')) return null;
    throw error;
  }
}

const isOnward = (type: string): boolean => onward.test(type);

function markingOf(state: { readonly value?: unknown }): Marking {
  // XState hands back the values of our config.
  return state.value as Marking;
}
