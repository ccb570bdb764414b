import type { Check } from './check.ts';
import { eachStep } from './each-step.ts';
import { entries, items, type Raw, rawOf, string } from './raw.ts';

/** Roles that nothing names: whoever holds one has nothing to do, unless some step is everybody's. */
export function checkRoleUse(check: Check): void {
  if (eachStep(check.definition).some(({ step }) => step.owner === null)) return;
  const named = new Set(
    entries(rawOf(check.outline)).flatMap(([word, part]) => (word === 'roles' ? [] : textsIn(part))),
  );
  for (const { id } of check.definition.roles) {
    if (named.has(id)) continue;
    check.atKey('role-unused', ['roles', id], {
      message: {
        zh: `没有任何地方写到角色 ${id}`,
        en: `Nothing names the role ${id}: whoever holds it has nothing to do`,
      },
      remedy: {
        zh: '请在 owner、by、see 等处写上它，或删除它',
        en: 'Name it where something is done or seen (owner, by, see), or delete it',
      },
    });
  }
}

function textsIn(raw: Raw): readonly string[] {
  const own = string(raw);
  if (own !== null) return [own];
  return [...entries(raw).map(([, part]) => part), ...items(raw)].flatMap(textsIn);
}
