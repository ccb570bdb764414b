import type { Phase } from '../definition/types.ts';
import type { CompiledProcess, Marking, Place } from './types.ts';

/** What a step is in a marking; `out` where the instance stands elsewhere. */
export type StepState = 'waiting' | 'open' | 'done' | 'skipped' | 'out';

/** The open steps in order of the definition; none once the process is closed. */
export function openPlaces(process: CompiledProcess, marking: Marking): readonly Place[] {
  return placesThat(process, marking, 'open');
}

/** The steps of a phase of any order that nobody has begun. */
export function waitingPlaces(process: CompiledProcess, marking: Marking): readonly Place[] {
  return placesThat(process, marking, 'waiting');
}

/** What a step of a phase is where an instance stands. */
export function stepState(marking: Marking, { id }: Phase, step: string): StepState {
  if (typeof marking === 'string' || !Object.hasOwn(marking, id)) return 'out';
  const inside = marking[id];
  if (typeof inside !== 'object') return inside === step ? 'open' : 'out';
  const state = Object.hasOwn(inside, step) ? inside[step] : undefined;
  return state === 'waiting' || state === 'open' || state === 'done' || state === 'skipped' ? state : 'out';
}

function placesThat(process: CompiledProcess, marking: Marking, state: StepState): readonly Place[] {
  const places: Place[] = [];
  if (typeof marking === 'string') return places;
  for (const phase of process.definition.phases) {
    if (!Object.hasOwn(marking, phase.id)) continue;
    for (const step of phase.steps) {
      if (stepState(marking, phase, step.id) === state) places.push({ phase: phase.id, step: step.id });
    }
  }
  return places;
}
