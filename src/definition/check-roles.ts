import type { Check } from './check.ts';
import { checkName } from './check-names.ts';
import { eachStep } from './each-step.ts';
import { pointerOf } from './outline.ts';

/** Owners and actors must be declared roles. */
export function checkRoles(check: Check): void {
  const roles = check.definition.roles.map(({ id }) => id);
  for (const { step, path } of eachStep(check.definition)) {
    if (step.owner !== null) checkName(check, 'unknown-role', step.owner, roles, [...path, 'owner']);
    for (const activity of step.activities) {
      const by = [...path, 'activities', activity.id, 'by'];
      const isList = check.outline.marks.has(pointerOf([...by, 0]));
      for (const [n, role] of activity.by.entries()) {
        checkName(check, 'unknown-role', role, roles, isList ? [...by, n] : by);
      }
    }
  }
}
