import type { Check } from './check.ts';
import { courseOf, placeOf, START } from './course-graph.ts';
import { eachStep } from './each-step.ts';
import type { Step } from './types.ts';

/** Steps that only routes lead to which are never taken. */
export function checkDeadRoutes(check: Check): void {
  const { definition } = check;
  const steps = eachStep(definition);
  const dead = new Map(steps.map(({ step }) => [step.id, deadRoutes(check, step)]));
  if ([...dead.values()].every((routes) => routes.size === 0)) return;
  const open = courseOf(definition, (step, n) => dead.get(step)?.has(n) !== true);
  const isReached = open.reachable([START], () => false);
  for (const { phase, step, path } of steps) {
    if (isReached(placeOf(phase, step.id))) continue;
    check.atKey('step-unreachable', path, {
      severity: 'warning',
      message: {
        zh: `通向环节 ${step.id} 的路永远不会走：它们的条件永远不成立，或前一条总是成立`,
        en: `No way that leads to the step ${step.id} is ever taken: its condition never holds, or one before it always does`,
      },
      remedy: {
        zh: '请改正去向的条件，或删除这个环节',
        en: 'Correct the conditions of the routes, or delete the step',
      },
    });
  }
}

/** The routes that are never taken, by their number. */
function deadRoutes(check: Check, { next }: Step): ReadonlySet<number> {
  const holds = next.map(({ when }) => (when === null ? null : (check.constancy(when)?.holds ?? null)));
  const always = holds.indexOf('always');
  return new Set(holds.flatMap((of, n) => (of === 'never' || (always !== -1 && n > always) ? [n] : [])));
}
