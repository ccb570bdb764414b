import type { CompiledProcess } from '../compile/types.ts';
import { ADMIN, INSTANCE_OWNER } from '../definition/index.ts';
import type { Context } from './context.ts';
import type { Actor, Instance, Reason, Target } from './types.ts';

/** In whose hands an instance is, and who was asked to approve of it: all that its access depends on beside its process. */
export type Whose = Pick<Instance, 'owner' | 'team'> & Partial<Pick<Instance, 'approvals'>>;

/** Roles that an actor holds on an instance. Nobody can be given the owner's: it is only ever held by being it. */
export function heldRoles({ id, roles }: Actor, owner: string | null): readonly string[] {
  if (id !== owner && !roles.includes(INSTANCE_OWNER)) return roles;
  const given = roles.filter((role) => role !== INSTANCE_OWNER);
  return id === owner ? [...given, INSTANCE_OWNER] : given;
}

export function holdsAny(actor: Actor, owner: string | null, roles: readonly string[]): boolean {
  const held = heldRoles(actor, owner);
  return held.includes(ADMIN) || roles.some((role) => held.includes(role));
}

/** Why an actor sees nothing of an instance of its own tenant; null: it sees it. */
export function unseen(process: CompiledProcess, whose: Whose, actor: Actor): Reason | null {
  const { access } = process;
  const { owner, team } = whose;
  // Who sees every team's instances sees them; what is asked of others comes after.
  if (actor.id === owner || holdsAny(actor, owner, access.across)) return null;
  if (isAsked(process, whose.approvals ?? {}, actor.id)) return null;
  if (!holdsAny(actor, owner, access.see)) return mayNotSee(actor, access.see);
  if (!access.separate || (team !== null && team === actor.team)) return null;
  const across = access.across.join(', ');
  return roleReason('team-held', {
    zh: `这个实例属于其他团队；${actor.id} 的团队：${actor.team ?? '无'}。可跨团队的角色：${across || '无'}，或实例的负责人`,
    en: `the instance belongs to another team; ${actor.id} is of ${actor.team ?? 'none'}. Roles across teams: ${across || 'none'}, or its owner`,
  });
}

/** Whether it is somebody's turn by name, or theirs for whom they stand in: nobody approves what they cannot see. */
function isAsked({ definition }: CompiledProcess, approvals: Instance['approvals'], id: string): boolean {
  const turns = Object.values(approvals).flatMap((record) => record.turns);
  if (turns.length === 0) return false;
  const absent = definition.substitutes.flatMap((substitute) => (substitute.by === id ? [substitute.for] : []));
  const holders = new Map(definition.roles.map((role) => [role.id, role.heldBy]));
  return turns.some(({ actor, role }) => {
    const named = actor === null ? (holders.get(role ?? '') ?? []) : [actor];
    return actor === id || named.some((name) => absent.includes(name));
  });
}

/** Why an actor may not see what a command is about: the instance, or a step or activity of it; null: it may. */
export function withheld(context: Context, target: Target): Reason | null {
  return unseen(context.process, context.instance, context.actor) ?? hiddenTarget(context, target);
}

/** Why a step or an activity is hidden from an actor who sees the instance; null: it is not. */
export function hiddenTarget({ process, instance, actor }: Context, { step, activity }: Target): Reason | null {
  const see = activity === undefined ? process.steps.get(step ?? '')?.see : process.guarded.activities.get(activity);
  return see === undefined || see === null || holdsAny(actor, instance.owner, see) ? null : mayNotSee(actor, see);
}

function mayNotSee({ id, roles }: Actor, see: readonly string[]): Reason {
  return roleReason('seen', {
    zh: `只有角色 ${see.join(', ')} 可见；${id} 的角色：${roles.join(', ') || '无'}`,
    en: `only the roles ${see.join(', ')} see it; ${id} holds ${roles.join(', ') || 'none'}`,
  });
}

function roleReason(id: string, say: NonNullable<Reason['say']>): Reason {
  return { kind: 'role', id, verdict: 'not-met', say };
}

/** What of an instance is hidden from somebody who sees it. */
export interface Hidden {
  readonly activities: ReadonlySet<string>;
  readonly fields: ReadonlySet<string>;
  /** Ids of clocks that time these activities, or would tell of these fields. */
  readonly clocks: ReadonlySet<string>;
}

/** Null: nothing is. */
export function hiddenFrom(
  { guarded, clocks }: Pick<CompiledProcess, 'guarded' | 'clocks'>,
  { owner }: Whose,
  actor: Actor,
): Hidden | null {
  if (guarded.activities.size === 0) return null;
  const unheld = (see: ReadonlyMap<string, readonly string[]>) =>
    new Set([...see].flatMap(([id, roles]) => (holdsAny(actor, owner, roles) ? [] : [id])));
  const activities = unheld(guarded.activities);
  if (activities.size === 0) return null;
  const fields = unheld(guarded.fields);
  const timed = [...clocks.values()].filter(
    ({ kind, of, reads }) => (kind === 'activity' && activities.has(of)) || reads.some((field) => fields.has(field)),
  );
  return { activities, fields, clocks: new Set(timed.map(({ id }) => id)) };
}
