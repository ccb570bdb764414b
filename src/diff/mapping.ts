import type { ProcessDefinition, Renamed } from '../definition/types.ts';

/** Ids of elements, each with the one that the same thing has in the other version; what has none there is left out. */
export type Ids = ReadonlyMap<string, string>;

/** What has become of the elements of one version in another. */
export interface Mapping {
  readonly phases: Ids;
  readonly steps: Ids;
  readonly activities: Ids;
  readonly approvals: Ids;
  readonly fields: Ids;
  readonly roles: Ids;
  readonly outcomes: Ids;
  /** Steps that are gone, each with the one that instances which stand in it go on with. */
  readonly retired: Ids;
}

/**
 * An element of `from` is the one with its id in `to`, else the one there that names it (`was`), else, on the way back to
 * an earlier version, the one that it names itself.
 */
export function mappingOf(from: ProcessDefinition, to: ProcessDefinition): Mapping {
  const steps = mapped(stepsOf(from), stepsOf(to));
  const known = new Set(stepsOf(to).map(({ id }) => id));
  return {
    phases: mapped(from.phases, to.phases),
    steps,
    activities: mapped(
      stepsOf(from).flatMap(({ activities }) => activities),
      stepsOf(to).flatMap(({ activities }) => activities),
    ),
    approvals: mapped(
      stepsOf(from).flatMap(({ approvals }) => approvals),
      stepsOf(to).flatMap(({ approvals }) => approvals),
    ),
    fields: mapped(from.fields, to.fields),
    roles: mapped(from.roles, to.roles),
    outcomes: mapped(from.outcomes, to.outcomes),
    retired: new Map(
      to.retired.flatMap(({ id, moveTo }) => (steps.has(id) || !known.has(moveTo) ? [] : [[id, moveTo] as const])),
    ),
  };
}

const stepsOf = ({ phases }: ProcessDefinition) => phases.flatMap(({ steps }) => steps);

type Element = Renamed & { readonly id: string };

function mapped(from: readonly Element[], to: readonly Element[]): Ids {
  const ids = new Set(to.map(({ id }) => id));
  const heirs = new Map(to.flatMap(({ id, was }) => was.map((former) => [former, id] as const)));
  return new Map(
    from.flatMap(({ id, was }) => {
      const heir = ids.has(id) ? id : (heirs.get(id) ?? was.find((former) => ids.has(former)));
      return heir === undefined ? [] : [[id, heir] as const];
    }),
  );
}
