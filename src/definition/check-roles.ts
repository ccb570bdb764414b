import type { Check } from './check.ts';
import { checkName } from './check-names.ts';
import { eachStep } from './each-step.ts';
import { type Path, pointerOf } from './outline.ts';
import { INSTANCE_OWNER } from './roles.ts';

/** Owners, actors and those who may see must be declared roles, and whoever is to do something must see it. */
export function checkRoles(check: Check): void {
  checkAccess(check);
  const declared = check.definition.roles.map(({ id }) => id);
  const roles = declared.length === 0 ? declared : [...declared, INSTANCE_OWNER];
  const checkSees = seesCheck(check, roles);
  const { hold, reopen, override } = check.definition;
  for (const [word, policy] of Object.entries({ hold, reopen, override }))
    checkList(check, policy?.by ?? [], roles, [word, 'by']);
  for (const { id, holders, heldBy } of check.definition.roles) {
    if (holders === null || heldBy.length === 0) continue;
    check.atKey('choose-one', ['roles', id, 'holders'], {
      message: { zh: '同时写了 holders 和 held_by', en: 'holders and held_by are written together' },
      remedy: { zh: '写了 held_by 就不必写 holders，请删除', en: 'held_by says how many there are: delete holders' },
    });
  }
  for (const { step, path } of eachStep(check.definition)) {
    checkList(check, step.override?.by ?? [], roles, [...path, 'override', 'by']);
    checkList(check, step.skip?.by ?? [], roles, [...path, 'skip', 'by']);
    if (step.owner !== null) checkName(check, 'unknown-role', step.owner, roles, [...path, 'owner']);
    checkList(check, step.see, roles, [...path, 'see']);
    checkSees(step.owner === null ? [] : [[step.owner, [...path, 'owner']]], step.see);
    for (const activity of step.activities) {
      const own = [...path, 'activities', activity.id];
      checkList(check, activity.by, roles, [...own, 'by']);
      checkList(check, activity.see, roles, [...own, 'see']);
      const skippers = activity.skip?.by ?? [];
      checkList(check, skippers, roles, [...own, 'skip', 'by']);
      checkSees(namesAt(check, skippers, [...own, 'skip', 'by']), activity.see.length > 0 ? activity.see : step.see);
      const by = namesAt(check, activity.by, [...own, 'by']);
      if (by.length > 0) checkSees(by, activity.see.length > 0 ? activity.see : step.see);
      else if (step.owner !== null) checkSees([[step.owner, [...own, 'see']]], activity.see);
    }
  }
}

/** Who may see and start a process. The owner of an instance sees it without being named, and there is none before a start. */
function checkAccess(check: Check): void {
  const { access, roles } = check.definition;
  if (access === null) return;
  const declared = roles.map(({ id }) => id);
  for (const word of ['see', 'start', 'assign', 'across'] as const) {
    for (const [name, path] of namesAt(check, access[word], ['access', word])) {
      if (name !== INSTANCE_OWNER) checkName(check, 'unknown-role', name, declared, path);
      else {
        check.atValue('reserved-id', path, {
          message: {
            zh: `${INSTANCE_OWNER} 不能写在 access 中：实例的负责人总能看到并转交自己的实例`,
            en: `${INSTANCE_OWNER} cannot stand in access: the owner of an instance always sees it and may hand it on`,
          },
          remedy: { zh: '请从列表中删除', en: 'Take it out of the list' },
        });
      }
    }
  }
}

function checkList(check: Check, names: readonly string[], known: readonly string[], path: Path): void {
  for (const [name, at] of namesAt(check, names, path)) checkName(check, 'unknown-role', name, known, at);
}

/** Names with their places: of a list each its own, of a bare name the word's. */
function namesAt(check: Check, names: readonly string[], path: Path): readonly (readonly [string, Path])[] {
  const isList = check.outline.marks.has(pointerOf([...path, 0]));
  return names.map((name, n) => [name, isList ? [...path, n] : path]);
}

/** Whoever is to do something must be among those who see it; a misspelt name there is a problem of its own. */
function seesCheck(check: Check, known: readonly string[]) {
  return (doers: readonly (readonly [string, Path])[], see: readonly string[]): void => {
    if (see.length === 0 || !see.every((role) => known.includes(role))) return;
    for (const [role, path] of doers) {
      if (see.includes(role)) continue;
      check.atValue('see-lacks-doer', path, {
        message: {
          zh: `${role} 要做这件事，却看不到它：see 中只有 ${see.join(', ')}`,
          en: `${role} is to do this but may not see it: see names ${see.join(', ')}`,
        },
        remedy: {
          zh: `请在 see 中加上 ${role}，或由 see 中的角色来做`,
          en: `Add ${role} to see, or let a role do it that see names`,
        },
      });
    }
  };
}
