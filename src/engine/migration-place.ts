import { markingAt, openPlaces, type StepState, stepState, waitingPlaces } from '../compile/index.ts';
import type { CompiledProcess, Marking } from '../compile/types.ts';
import type { Phase } from '../definition/types.ts';
import { renamed } from './migration-records.ts';
import type { Migration } from './migration-types.ts';
import type { Instance } from './types.ts';

/** Where an instance stands in another version. */
export type Placing =
  | {
      readonly ok: true;
      readonly marking: Marking;
      /** Steps that it enters anew. */
      readonly entered: readonly string[];
      /** Steps that it leaves, by their ids in the version before. */
      readonly left: readonly string[];
    }
  | {
      readonly ok: false;
      /** `gone`: the other version does not have these steps; `apart`: it cannot be in all that they have become at once. */
      readonly why: 'gone' | 'apart';
      readonly steps: readonly string[];
    };

interface Way {
  readonly from: string;
  readonly to: string;
  /** It is the same step, and goes on. */
  readonly same: boolean;
}

/** Places an open instance of `from` in another version: each open step goes where somebody says, else where it has gone. */
export function placeIn(from: CompiledProcess, migration: Migration, instance: Instance): Placing {
  const { process: to, mapping, moves } = migration;
  const open = instance.position.map(({ step }) => step);
  const asked =
    open.length > 0 ? open : instance.waiting.map(({ step }) => step).filter((step) => Object.hasOwn(moves, step));
  const ways = asked.flatMap((step): Way[] => {
    const heir = mapping.steps.get(step);
    const target = Object.hasOwn(moves, step) ? moves[step] : (heir ?? mapping.retired.get(step));
    const isThere = target !== undefined && to.steps.has(target);
    return isThere ? [{ from: step, to: target, same: target === heir && open.length > 0 }] : [];
  });
  if (ways.length < asked.length)
    return { ok: false, why: 'gone', steps: asked.filter((step) => !ways.some((way) => way.from === step)) };
  const phase = phaseOf(migration, instance, ways);
  if (phase === null) {
    const steps = open.length > 0 ? open : instance.waiting.map(({ step }) => step);
    return { ok: false, why: open.length > 0 ? 'apart' : 'gone', steps };
  }
  const targets = [...new Set(ways.map((way) => way.to))];
  if (phase.order === 'sequence' && targets.length > 1) return { ok: false, why: 'apart', steps: open };
  const goesOn = new Set(ways.flatMap((way) => (way.same ? [way.to] : [])));
  const left = ways.flatMap((way) => (way.same ? [] : [way.from]));
  const [only] = targets;
  if (phase.order === 'sequence' && only !== undefined) {
    return { ok: true, marking: markingAt(to, only), entered: targets.filter((id) => !goesOn.has(id)), left };
  }
  const states = phase.steps.map(({ id }) => {
    const state = targets.includes(id) ? 'open' : besideState(from, migration, instance, phase, id);
    return [id, state] as const;
  });
  const entered = states.flatMap(([id, state]) => (state === 'open' && !goesOn.has(id) ? [id] : []));
  return { ok: true, marking: { [phase.id]: Object.fromEntries(states) }, entered, left };
}

/** The one phase that it is in then; null: there is none, or the steps are in several. */
function phaseOf({ process, mapping }: Migration, instance: Instance, ways: readonly Way[]): Phase | null {
  const ids = new Set(ways.map((way) => process.steps.get(way.to)?.phase.id));
  if (ways.length === 0) {
    // Where nobody has begun a step, it is in its phase, or in the one that all its steps have gone to.
    const [first] = instance.waiting;
    const heir = mapping.phases.get(first?.phase ?? '');
    if (heir !== undefined) ids.add(heir);
    else for (const { step } of instance.waiting) ids.add(process.steps.get(mapping.steps.get(step) ?? '')?.phase.id);
  }
  const [id, other] = ids;
  const phase = process.phases.get(id ?? '');
  if (phase === undefined || other !== undefined) return null;
  return phase.order === 'sequence' && ways.length === 0 ? null : phase;
}

/** What a step is beside those that it stands in. */
function besideState(
  from: CompiledProcess,
  { mapping }: Migration,
  instance: Instance,
  { order, steps }: Phase,
  id: string,
): StepState {
  const fresh = order === 'any' ? 'waiting' : 'open';
  const former = [...mapping.steps].find(([, heir]) => heir === id)?.[0];
  const compiled = former === undefined ? undefined : from.steps.get(former);
  if (former === undefined || compiled === undefined) return fresh;
  const state = stepState(instance.marking, compiled.phase, former);
  const step = steps.find((each) => each.id === id);
  const isSkippable = step !== undefined && (step.optional || step.skip !== null);
  if (state === 'skipped') return isSkippable ? 'skipped' : 'done';
  if (state === 'done') return state;
  // It was open and goes on elsewhere: nobody is to do it once more.
  if (state === 'open') return 'done';
  const isBehind = instance.position.every(({ step }) => compiled.index < (from.steps.get(step)?.index ?? 0));
  return state === 'out' && isBehind && (instance.steps[former]?.round ?? 0) > 0 ? 'done' : fresh;
}

/**
 * An instance as it would stand in another version, with its records under the ids of now, and nothing else decided anew; null:
 * the other version has no place for it.
 */
export function standIn(from: CompiledProcess, migration: Migration, instance: Instance): Instance | null {
  const ready = renamed(from, migration, instance);
  if (instance.marking === 'closed') return ready;
  const placing = placeIn(from, migration, instance);
  if (!placing.ok) return null;
  const { marking } = placing;
  const { process } = migration;
  return { ...ready, marking, position: openPlaces(process, marking), waiting: waitingPlaces(process, marking) };
}
