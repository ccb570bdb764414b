import type { Check } from './check.ts';
import { checkName } from './check-names.ts';
import { eachStep } from './each-step.ts';
import { type Path, pointerOf } from './outline.ts';

/** Owners and actors must be declared roles. */
export function checkRoles(check: Check): void {
  const roles = check.definition.roles.map(({ id }) => id);
  const checkList = (names: readonly string[], path: Path): void => {
    const isList = check.outline.marks.has(pointerOf([...path, 0]));
    for (const [n, role] of names.entries())
      checkName(check, 'unknown-role', role, roles, isList ? [...path, n] : path);
  };
  const { hold, reopen, override } = check.definition;
  for (const [word, policy] of Object.entries({ hold, reopen, override })) checkList(policy?.by ?? [], [word, 'by']);
  for (const { id, holders, heldBy } of check.definition.roles) {
    if (holders === null || heldBy.length === 0) continue;
    check.atKey('choose-one', ['roles', id, 'holders'], {
      message: { zh: '同时写了 holders 和 held_by', en: 'holders and held_by are written together' },
      remedy: { zh: '写了 held_by 就不必写 holders，请删除', en: 'held_by says how many there are: delete holders' },
    });
  }
  for (const { step, path } of eachStep(check.definition)) {
    checkList(step.override?.by ?? [], [...path, 'override', 'by']);
    if (step.owner !== null) checkName(check, 'unknown-role', step.owner, roles, [...path, 'owner']);
    for (const activity of step.activities) {
      checkList(activity.by, [...path, 'activities', activity.id, 'by']);
    }
  }
}
