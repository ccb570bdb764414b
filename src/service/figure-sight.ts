import { ADMIN } from '../definition/index.ts';
import { type Hidden, hiddenFrom } from '../engine/index.ts';
import type { Actor } from '../engine/types.ts';
import type { VersionSight } from '../store/types.ts';
import type { ServiceContext } from './context.ts';
import { sightOf } from './sight.ts';

/** What of the instances of one process figures may tell an actor. */
export interface FigureSight {
  /** Null: everything of its tenant. */
  readonly sight: VersionSight | null;
  /** Activities and clocks that some version hides from it: nothing is told of them, whichever version an instance is on. */
  readonly hidden: Pick<Hidden, 'activities' | 'clocks'>;
  /** The versions of whose instances it may know the amount; null: of all. */
  readonly amounts: readonly number[] | null;
}

/**
 * Each version says for its own instances who sees them. What only their owner sees beside others is left out of figures,
 * also for the owner.
 */
export async function figureSight(
  { sights }: Pick<ServiceContext, 'sights'>,
  process: string,
  actor: Actor,
): Promise<FigureSight> {
  const nothing = { activities: new Set<string>(), clocks: new Set<string>() };
  if (actor.roles.includes(ADMIN)) return { sight: null, hidden: nothing, amounts: null };
  const versions = await sights.versionsOf(actor.tenant, process);
  const seen = (what: 'all' | 'team') =>
    versions.filter(({ access }) => sightOf(access, actor) === what).map(({ version }) => version);
  const ofTeam = seen('team');
  const team = actor.team === null || ofTeam.length === 0 ? null : { name: actor.team, versions: ofTeam };
  const hides = versions.map((each) => {
    const hidden = each.guarding === null ? null : hiddenFrom(each.guarding, { owner: null, team: null }, actor);
    return { ...each, hidden };
  });
  const isAmountHidden = hides.some(({ amount, hidden }) => amount !== null && hidden?.fields.has(amount) === true);
  return {
    sight: { owner: actor.id, versions: seen('all'), team },
    hidden: {
      activities: new Set(hides.flatMap(({ hidden }) => [...(hidden?.activities ?? [])])),
      clocks: new Set(hides.flatMap(({ hidden }) => [...(hidden?.clocks ?? [])])),
    },
    amounts: !isAmountHidden
      ? null
      : hides
          .filter(({ amount, hidden }) => amount === null || hidden?.fields.has(amount) !== true)
          .map(({ version }) => version),
  };
}
