import type { Sla } from './sla-types.ts';
import type { ProcessDefinition } from './types.ts';

/** The calendars that a process names, wherever it does. */
export function calendarsOf(definition: ProcessDefinition): ReadonlySet<string> {
  const { calendar, roles, sla, phases } = definition;
  const steps = phases.flatMap((phase) => phase.steps);
  const slas: readonly (Sla | null)[] = [
    sla,
    ...phases.map((phase) => phase.sla),
    ...steps.flatMap((step) => [step, ...step.activities, ...step.approvals]).map((timed) => timed.sla),
  ];
  const named = [
    ...calendar.map(({ use }) => use),
    ...roles.map((role) => role.calendar),
    ...slas.map((found) => found?.calendar ?? null),
  ];
  return new Set(named.filter((name) => name !== null));
}
