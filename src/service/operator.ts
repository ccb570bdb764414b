import { ADMIN } from '../definition/index.ts';
import type { Actor } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import { MAIN_TENANT } from '../names.ts';
import type { Text } from '../text.ts';

/** What concerns all tenants is for the administrators of `main` alone. Throws `role-required`. */
export function requireOperator(actor: Actor, what: Text): void {
  if (isOperator(actor)) return;
  throw new ProcessError(
    'role-required',
    {
      zh: `${what.zh}需要租户 ${MAIN_TENANT} 的角色 ${ADMIN}；${actor.id} 属于租户 ${actor.tenant}，角色：${actor.roles.join(', ') || '无'}`,
      en: `${what.en} takes the role ${ADMIN} in the tenant ${MAIN_TENANT}; ${actor.id} is of the tenant ${actor.tenant} and holds ${actor.roles.join(', ') || 'none'}`,
    },
    { roles: [ADMIN] },
  );
}

export function isOperator({ roles, tenant }: Actor): boolean {
  return tenant === MAIN_TENANT && roles.includes(ADMIN);
}

/** What concerns one tenant is for its administrators. Throws `role-required`. */
export function requireAdmin({ id, roles }: Actor, what: Text): void {
  if (roles.includes(ADMIN)) return;
  throw new ProcessError(
    'role-required',
    {
      zh: `${what.zh}需要角色 ${ADMIN}；${id} 的角色：${roles.join(', ') || '无'}`,
      en: `${what.en} takes the role ${ADMIN}; ${id} holds ${roles.join(', ') || 'none'}`,
    },
    { roles: [ADMIN] },
  );
}
