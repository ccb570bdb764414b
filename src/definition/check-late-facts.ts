import type { Check } from './check.ts';
import { itemPath } from './check-approvals.ts';
import { type Reading, readsLater, slaReadings } from './check-supply.ts';
import { placeOf, START } from './course-graph.ts';
import { exitStanding, phaseExitStanding, type Standing } from './each-gate.ts';
import { eachStep, type PlacedStep } from './each-step.ts';
import { lateness, type Supply, supplyOf } from './supply.ts';

/** Facts that a clock goes by, or that going back makes unknown, and that nobody supplies in time. */
export function checkLateFacts(check: Check): void {
  const supply = supplyOf(check);
  const steps = eachStep(check.definition);
  for (const reading of slaReadings(check)) {
    const standing = endOf(check, reading, steps);
    if (standing !== null && lateness(standing, supply)(reading.field)) readsLater(check, reading, false);
  }
  const homes = new Map(steps.map(({ phase, step }) => [step.id, placeOf(phase, step.id)]));
  for (const placed of steps) checkResets(check, placed, supply, homes);
}

/** When what an SLA times has ended; null: with the process. */
function endOf(check: Check, { path }: Reading, steps: readonly PlacedStep[]): Standing | null {
  const [, phaseId, , stepId] = path;
  if (path[0] !== 'phases') return null;
  const inside = steps.filter(({ phase }) => phase.id === phaseId);
  if (path[2] === 'steps') {
    const placed = inside.find(({ step }) => step.id === stepId);
    return placed === undefined ? null : exitStanding(placed);
  }
  const phase = check.definition.phases.find(({ id }) => id === phaseId);
  return phase === undefined ? null : phaseExitStanding(phase, inside);
}

/** `homes`: the place of work of each step. */
function checkResets(check: Check, placed: PlacedStep, supply: Supply, homes: ReadonlyMap<string, string>): void {
  const { phase, step, path } = placed;
  const { to, resets } = step.rework ?? { to: [], resets: [] };
  const isLate = lateness(exitStanding(placed), supply);
  for (const [n, field] of resets.entries()) {
    const at = itemPath(check, [...path, 'rework', 'resets'], n);
    if (isLate(field)) {
      readsLater(check, { field, path: at, offset: 0 }, false);
      continue;
    }
    const supplied = supply.places.get(field);
    if (supplied === undefined || supplied.has(START)) continue;
    const lost = to.find((target) => {
      const isAhead = supply.course.reachable([homes.get(target) ?? target], ({ rework }) => rework);
      return ![...supplied].some(isAhead);
    });
    if (lost === undefined) continue;
    check.atValue('reset-lost', at, {
      message: {
        zh: `退回到 ${lost} 后 ${field} 未知，而 ${lost} 及之后没有细则再填写它`,
        en: `After going back to ${lost}, ${field} is unknown, and no activity there or after supplies it again`,
      },
      remedy: {
        zh: `请在 ${lost} 到 ${step.id} 之间的细则写 may_supply: [${field}]，或从 resets 中删除`,
        en: `Write may_supply: [${field}] at an activity between ${lost} and ${phase.id}/${step.id}, or take it out of resets`,
      },
    });
  }
}
