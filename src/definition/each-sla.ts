import { eachStep } from './each-step.ts';
import type { Path } from './outline.ts';
import type { Sla } from './sla-types.ts';
import type { ProcessDefinition } from './types.ts';

/** An SLA with what it times and its place in the file. */
export interface PlacedSla {
  readonly of: 'process' | 'phase' | 'step' | 'activity' | 'approval';
  readonly sla: Sla;
  readonly path: Path;
}

/** The SLAs of the process and of all its parts, in the order of the file. */
export function eachSla(definition: ProcessDefinition): readonly PlacedSla[] {
  const steps = eachStep(definition);
  const found: readonly (readonly [PlacedSla['of'], Sla | null, Path])[] = [
    ['process', definition.sla, []],
    ...definition.phases.flatMap((phase): (readonly [PlacedSla['of'], Sla | null, Path])[] => [
      ['phase', phase.sla, ['phases', phase.id]],
      ...steps
        .filter((placed) => placed.phase === phase)
        .flatMap(({ step, path }): (readonly [PlacedSla['of'], Sla | null, Path])[] => [
          ['step', step.sla, path],
          ...step.activities.map(({ id, sla }) => ['activity', sla, [...path, 'activities', id]] as const),
          ...step.approvals.map(({ id, sla }) => ['approval', sla, [...path, 'approvals', id]] as const),
        ]),
    ]),
  ];
  return found.flatMap(([of, sla, path]) => (sla === null ? [] : [{ of, sla, path: [...path, 'sla'] }]));
}
