import type { Gate, Phase, ProcessDefinition, Step } from '../definition/types.ts';
import type { MachineActionJson, MachineConfigJson, MachineStateJson, MachineTransitionJson } from './types.ts';

type Transitions = Record<string, MachineTransitionJson>;

/** Leaves a step by its exit. */
export const advanceEvent = (step: string): string => `advance:${step}`;

/** Goes back to an earlier step. */
export const reworkEvent = (step: string): string => `rework:${step}`;

/** Ends the process with an outcome. */
export const closeEvent = (outcome: string): string => `close:${outcome}`;

/**
 * The XState v5 config of a process, as plain JSON. Sequence phases are compound states with a state per step; parallel
 * phases are parallel states whose regions are the steps, each `open` or `done`. The final state is `closed`.
 */
export function machineConfig(definition: ProcessDefinition): MachineConfigJson {
  const [first] = definition.phases;
  if (first === undefined) throw new Error(`process ${definition.process} has no phase`);
  const states: Record<string, MachineStateJson> = {};
  for (const [index, phase] of definition.phases.entries()) {
    const next = absolute(definition, definition.phases[index + 1]?.id ?? 'closed');
    const children = phase.order === 'parallel' ? regions(definition, phase) : sequence(definition, phase, next);
    states[phase.id] = {
      ...(phase.order === 'parallel' ? { type: 'parallel' } : { initial: phase.steps[0]?.id ?? '' }),
      description: phase.title.en,
      meta: {
        title: phase.title,
        source: phase.source,
        entry: criterionIds(phase.entry),
        exit: criterionIds(phase.exit),
      },
      ...someOf(closings(definition, phase.id)),
      states: children,
      ...(phase.order === 'parallel' ? { onDone: { target: next } } : {}),
    };
  }
  states.closed = { type: 'final' };
  return { id: definition.process, initial: first.id, on: closings(definition, 'any'), states };
}

function sequence(definition: ProcessDefinition, phase: Phase, next: string): Record<string, MachineStateJson> {
  const states: Record<string, MachineStateJson> = {};
  for (const [index, step] of phase.steps.entries()) {
    states[step.id] = stepState(definition, phase, step, phase.steps[index + 1]?.id ?? next);
  }
  return states;
}

function regions(definition: ProcessDefinition, phase: Phase): Record<string, MachineStateJson> {
  const states: Record<string, MachineStateJson> = {};
  for (const step of phase.steps) {
    states[step.id] = {
      initial: 'open',
      states: { open: stepState(definition, phase, step, 'done'), done: { type: 'final' } },
    };
  }
  return states;
}

function stepState(definition: ProcessDefinition, phase: Phase, step: Step, next: string): MachineStateJson {
  const reach: readonly MachineActionJson[] =
    step.milestone === null ? [] : [{ type: 'reach', params: { outcome: step.milestone } }];
  const on: Transitions = {
    [advanceEvent(step.id)]: { target: next, ...(reach.length > 0 ? { actions: reach } : {}) },
  };
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

/** Going back into a parallel phase opens the one step and leaves its neighbours done. */
function reworkTarget(definition: ProcessDefinition, from: Phase, target: string): string | readonly string[] {
  const phase = definition.phases.find(({ steps }) => steps.some(({ id }) => id === target));
  if (phase === undefined) throw new Error(`no step ${target} to rework`);
  if (phase.order === 'parallel') {
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

const someOf = (on: Transitions): { readonly on?: Transitions } => (Object.keys(on).length > 0 ? { on } : {});

const absolute = (definition: ProcessDefinition, ...path: readonly string[]): string =>
  `#${[definition.process, ...path].join('.')}`;

const criterionIds = (gate: Gate): readonly string[] => gate.map(({ id }) => id);
