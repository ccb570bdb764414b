import type { Gate, Phase, ProcessDefinition, Step } from '../definition/types.ts';
import type { MachineActionJson, MachineConfigJson, MachineStateJson, MachineTransitionJson } from './types.ts';

type Transitions = Record<string, MachineTransitionJson>;

/** Begins a step that waits. */
export const enterEvent = (step: string): string => `enter:${step}`;

/** Leaves a step by its exit, by a route to a place or on to what follows. */
export const advanceEvent = (step: string, to: string | null = null): string => onward('advance', step, to);

/** Leaves a step that is optional without its exit. */
export const skipEvent = (step: string, to: string | null = null): string => onward('skip', step, to);

/** Ends a round of a step and begins the next. */
export const repeatEvent = (step: string): string => `repeat:${step}`;

/** Leaves a phase whose steps run side by side, with whatever is still open or waiting in it. */
export const joinEvent = (phase: string): string => `join:${phase}`;

/** Goes back to an earlier step. */
export const reworkEvent = (step: string): string => `rework:${step}`;

/** Ends the process with an outcome. */
export const closeEvent = (outcome: string): string => `close:${outcome}`;

const onward = (type: 'advance' | 'skip', step: string, to: string | null): string =>
  to === null ? `${type}:${step}` : `${type}:${step}>${to}`;

/**
 * The XState v5 config of a process, as plain JSON. Sequence phases are compound states with a state per step; phases
 * of the order any or parallel are parallel states whose regions are the steps, each `waiting` (any), `open`, `done` or
 * `skipped` (optional). The machine has no guards: which route is taken and when a phase is joined is for whoever
 * sends the event. The final state is `closed`.
 */
export function machineConfig(definition: ProcessDefinition): MachineConfigJson {
  const [first] = definition.phases;
  if (first === undefined) throw new Error(`process ${definition.process} has no phase`);
  const states: Record<string, MachineStateJson> = {};
  for (const [index, phase] of definition.phases.entries()) {
    const next = absolute(definition, definition.phases[index + 1]?.id ?? 'closed');
    const beside = phase.order !== 'sequence';
    const on = { ...closings(definition, phase.id), ...(beside ? { [joinEvent(phase.id)]: { target: next } } : {}) };
    states[phase.id] = {
      ...(beside ? { type: 'parallel' } : { initial: phase.steps[0]?.id ?? '' }),
      description: phase.title.en,
      meta: {
        title: phase.title,
        source: phase.source,
        ...(beside ? { join: phase.join } : {}),
        entry: criterionIds(phase.entry),
        exit: criterionIds(phase.exit),
      },
      ...(Object.keys(on).length > 0 ? { on } : {}),
      states: beside ? regions(definition, phase) : sequence(definition, phase, next),
    };
  }
  states.closed = { type: 'final' };
  return { id: definition.process, initial: first.id, on: closings(definition, 'any'), states };
}

function sequence(definition: ProcessDefinition, phase: Phase, next: string): Record<string, MachineStateJson> {
  const states: Record<string, MachineStateJson> = {};
  for (const [index, step] of phase.steps.entries()) {
    const following = phase.steps[index + 1]?.id ?? next;
    const targets = new Map<string | null, string>(
      step.next.map(({ to }) => [to, routeTarget(definition, phase, to)] as const),
    );
    if (targets.size === 0) targets.set(null, following);
    states[step.id] = stepState(definition, phase, step, { forward: targets, aside: targets });
  }
  return states;
}

function regions(definition: ProcessDefinition, phase: Phase): Record<string, MachineStateJson> {
  const states: Record<string, MachineStateJson> = {};
  for (const step of phase.steps) {
    const forward = new Map([[null, 'done']]);
    const open = stepState(definition, phase, step, { forward, aside: new Map([[null, 'skipped']]) });
    states[step.id] = {
      initial: phase.order === 'any' ? 'waiting' : 'open',
      states: {
        ...(phase.order === 'any' ? { waiting: waitingState(step) } : {}),
        open,
        done: { type: 'final' },
        ...(isSkippable(step) ? { skipped: { type: 'final' } } : {}),
      },
    };
  }
  return states;
}

/** Open, it can be left without its exit: as it likes, or with an approval. */
function isSkippable({ optional, skip }: Step): boolean {
  return optional || skip !== null;
}

/** A step that nobody has begun. Skipping it is a round that ends as it begins, so that it leaves its record. */
function waitingState({ id, optional }: Step): MachineStateJson {
  const round: readonly MachineActionJson[] = [
    { type: 'enter', params: { step: id } },
    { type: 'leave', params: { step: id } },
  ];
  return {
    on: {
      [enterEvent(id)]: { target: 'open' },
      ...(optional ? { [skipEvent(id)]: { target: 'skipped', actions: round } } : {}),
    },
  };
}

interface Onward {
  /** Where the exit leads, by the name of the route; null where there are none. */
  readonly forward: ReadonlyMap<string | null, string>;
  /** Where skipping leads. */
  readonly aside: ReadonlyMap<string | null, string>;
}

function stepState(definition: ProcessDefinition, phase: Phase, step: Step, onward: Onward): MachineStateJson {
  const reach: readonly MachineActionJson[] =
    step.milestone === null ? [] : [{ type: 'reach', params: { outcome: step.milestone } }];
  const on: Transitions = {};
  const own = phase.order === 'sequence' ? step.id : 'open';
  for (const [to, target] of onward.forward) {
    on[advanceEvent(step.id, to)] = { ...towards(target, own), ...(reach.length > 0 ? { actions: reach } : {}) };
  }
  if (isSkippable(step)) for (const [to, target] of onward.aside) on[skipEvent(step.id, to)] = towards(target, own);
  if (step.repeatable !== null) on[repeatEvent(step.id)] = towards(own, own);
  for (const target of step.rework?.to ?? []) {
    on[reworkEvent(target)] = { target: reworkTarget(definition, phase, target) };
  }
  return {
    description: step.title.en,
    meta: {
      title: step.title,
      source: step.source,
      owner: step.owner,
      entry: criterionIds(step.entry),
      exit: criterionIds(step.exit),
    },
    entry: [{ type: 'enter', params: { step: step.id } }],
    exit: [{ type: 'leave', params: { step: step.id } }],
    on: { ...on, ...closings(definition, step.id) },
  };
}

const towards = (target: string, own: string): MachineTransitionJson =>
  target === own ? { target, reenter: true } : { target };

function routeTarget(definition: ProcessDefinition, from: Phase, to: string): string {
  const phase = definition.phases.find(({ steps }) => steps.some(({ id }) => id === to));
  if (phase === undefined) return absolute(definition, to === 'end' ? 'closed' : to);
  return phase.id === from.id ? to : absolute(definition, phase.id, to);
}

/** Going back into a phase side by side opens the one step and leaves its neighbours done. */
function reworkTarget(definition: ProcessDefinition, from: Phase, target: string): string | readonly string[] {
  const phase = definition.phases.find(({ steps }) => steps.some(({ id }) => id === target));
  if (phase === undefined) throw new Error(`no step ${target} to rework`);
  if (phase.order !== 'sequence') {
    return phase.steps.map(({ id }) => absolute(definition, phase.id, id, id === target ? 'open' : 'done'));
  }
  return phase.id === from.id ? target : absolute(definition, phase.id, target);
}

/** The outcomes that `close` may reach from a phase or step, or from anywhere. */
function closings(definition: ProcessDefinition, place: string): Transitions {
  const on: Transitions = {};
  for (const outcome of definition.outcomes) {
    const here = outcome.from === 'any' ? place === 'any' : outcome.from.includes(place);
    if (here) on[closeEvent(outcome.id)] = { target: absolute(definition, 'closed') };
  }
  return on;
}

const absolute = (definition: ProcessDefinition, ...path: readonly string[]): string =>
  `#${[definition.process, ...path].join('.')}`;

const criterionIds = (gate: Gate): readonly string[] => gate.map(({ id }) => id);
