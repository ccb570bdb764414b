import type { Check } from './check.ts';
import { approvalGates } from './each-approval.ts';
import { eachGate } from './each-gate.ts';
import { eachSla } from './each-sla.ts';
import type { Path } from './outline.ts';

/** A condition and where it is written. */
export interface PlacedCondition {
  readonly text: string;
  readonly path: Path;
}

/** The conditions of a file but those of decision tables: of gates and of whatever has a `when`, in no order. */
export function eachCondition(check: Check): readonly PlacedCondition[] {
  const { definition, outline } = check;
  const gates = [...eachGate(check), ...approvalGates(check)];
  const isListed = outline.marks.has('/calendar/0');
  return [
    ...gates.flatMap(({ criteria }) =>
      criteria.flatMap(({ conditions }) => conditions.map(({ text, at }) => ({ text, path: at.path }))),
    ),
    ...eachSla(definition).flatMap(({ sla, path }) =>
      sla.targets.flatMap(({ when }, n) =>
        when === null ? [] : [{ text: when, path: [...path, 'targets', n, 'when'] }],
      ),
    ),
    ...definition.calendar.flatMap(({ when }, n) =>
      when === null || !isListed ? [] : [{ text: when, path: ['calendar', n, 'when'] }],
    ),
  ];
}
