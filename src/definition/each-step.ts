import type { Path } from './outline.ts';
import type { Phase, ProcessDefinition, Step } from './types.ts';

/** A step with its place in the order of work: steps of a phase side by side share one slot. */
export interface PlacedStep {
  readonly phase: Phase;
  readonly step: Step;
  readonly path: Path;
  readonly slot: number;
}

/** The steps in the order written. */
export function eachStep({ phases }: ProcessDefinition): readonly PlacedStep[] {
  const placed: PlacedStep[] = [];
  let slot = 0;
  for (const phase of phases) {
    for (const step of phase.steps) {
      placed.push({ phase, step, path: ['phases', phase.id, 'steps', step.id], slot });
      if (phase.order === 'sequence') slot++;
    }
    slot++;
  }
  return placed;
}
