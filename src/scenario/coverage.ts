import type { CompiledProcess, CompiledStep } from '../compile/types.ts';
import type { EntryDraft, Reason } from '../engine/types.ts';
import type { ScenarioResult } from './types.ts';

/** One thing that scenarios can reach, and whether they did. */
export interface Covered {
  readonly id: string;
  readonly seen: boolean;
}

/** A criterion of a gate, and the verdicts that it was seen with. */
export interface CoveredCriterion {
  readonly id: string;
  readonly gate: { readonly on: 'step' | 'phase'; readonly which: 'entry' | 'exit'; readonly of: string };
  readonly met: boolean;
  readonly notMet: boolean;
}

/** What scenarios have seen of a process. */
export interface Coverage {
  readonly steps: readonly Covered[];
  /** Ways that are drawn: routes (`from>to`) and rework (`from<to`). */
  readonly routes: readonly Covered[];
  readonly activities: readonly Covered[];
  readonly outcomes: readonly Covered[];
  readonly criteria: readonly CoveredCriterion[];
}

/** What the histories of scenarios come to, in the order of the file. */
export function coverageOf(process: CompiledProcess, results: readonly Pick<ScenarioResult, 'history'>[]): Coverage {
  // What several scenarios go on after is in each of their histories.
  const entries = [...new Set(results.flatMap(({ history }) => history))];
  const changes = entries.flatMap((entry) => entry.changes ?? []);
  const entered = new Set(changes.flatMap(({ position }) => position?.to.map(({ step }) => step) ?? []));
  const done = new Set(
    changes.flatMap(({ activities = {} }) => Object.keys(activities).filter((id) => activities[id]?.to === 'done')),
  );
  const reached = new Set(changes.flatMap(({ outcome }) => outcome ?? []));
  const taken = new Set(entries.flatMap((entry) => routesTaken(process, entry)));
  const verdicts = verdictsOf(entries);
  const covered = (ids: Iterable<string>, seen: ReadonlySet<string>) =>
    [...ids].map((id) => ({ id, seen: seen.has(id) }));
  return {
    steps: covered(process.steps.keys(), entered),
    routes: covered([...process.steps.values()].flatMap(routesFrom), taken),
    activities: covered(process.activities.keys(), done),
    outcomes: covered(process.outcomes.keys(), reached),
    criteria: gatesOf(process).map(({ id, gate }) => {
      const seen = verdicts.get(placeOf(id, gate));
      return { id, gate, met: seen?.has('met') ?? false, notMet: seen?.has('not-met') ?? false };
    }),
  };
}

function routesFrom({ step }: CompiledStep): readonly string[] {
  return [...step.next.map(({ to }) => `${step.id}>${to}`), ...(step.rework?.to ?? []).map((to) => `${step.id}<${to}`)];
}

/** The routes by which an entry left steps; of those that lead to one place it does not say which, and all are. */
function routesTaken(process: CompiledProcess, { type, accepted, command, changes }: EntryDraft): readonly string[] {
  if (!accepted || changes?.position === undefined) return [];
  const { step = '', to = '' } = Object(command);
  if (type === 'rework') return [`${step}<${to}`];
  if (type !== 'advance' && type !== 'skip') return [];
  const entered = [...changes.position.to, ...(changes.waiting?.to ?? [])];
  const isThere = (place: string): boolean => {
    if (place === 'end') return changes.status === 'closed';
    const phase = process.phases.get(place);
    if (phase === undefined) return entered.some((at) => at.step === place);
    // A route may also lead into the midst of a phase whose steps come one after the other.
    return entered.some((at) => at.phase === place && (phase.order !== 'sequence' || at.step === phase.steps[0]?.id));
  };
  const routes = process.steps.get(String(step))?.step.next ?? [];
  return routes.flatMap((route) => (isThere(route.to) ? [`${step}>${route.to}`] : []));
}

type Gate = CoveredCriterion['gate'];

const placeOf = (id: string, { on, which, of }: Gate): string => `${on}/${of}/${which}/${id}`;

function gatesOf(process: CompiledProcess): readonly { readonly id: string; readonly gate: Gate }[] {
  return process.definition.phases.flatMap((phase) =>
    [{ on: 'phase' as const, of: phase }, ...phase.steps.map((step) => ({ on: 'step' as const, of: step }))].flatMap(
      ({ on, of }) =>
        (['entry', 'exit'] as const).flatMap((which) =>
          of[which].map(({ id }) => ({ id, gate: { on, which, of: of.id } })),
        ),
    ),
  );
}

/** Of each criterion at its gate the verdicts that decisions were made by; one that was overridden did not hold. */
function verdictsOf(entries: readonly EntryDraft[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const look = ({ id, gate, verdict, overridden }: Reason): void => {
    if (id === undefined || gate === undefined) return;
    const place = placeOf(id, gate);
    const seen = found.get(place) ?? new Set();
    found.set(place, seen.add(overridden === undefined ? verdict : 'not-met'));
  };
  for (const { verdicts } of entries) for (const reason of verdicts?.of ?? []) look(reason);
  return found;
}

/** How much of a list was seen. */
export function countSeen(coverage: Coverage): Readonly<Record<keyof Coverage, readonly [seen: number, all: number]>> {
  const of = (list: readonly Covered[]): readonly [number, number] => [
    list.filter(({ seen }) => seen).length,
    list.length,
  ];
  return {
    steps: of(coverage.steps),
    routes: of(coverage.routes),
    activities: of(coverage.activities),
    outcomes: of(coverage.outcomes),
    criteria: [coverage.criteria.filter(({ met, notMet }) => met && notMet).length, coverage.criteria.length],
  };
}
