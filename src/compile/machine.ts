import { type AnyStateMachine, createMachine, initialTransition, transition } from 'xstate';
import { canonicalJson } from '../json.ts';
import type { CompiledProcess, MachineActionJson, MachineConfigJson, MachineMove, Marking, Place } from './types.ts';

/** What one machine has answered: its moves are a pure function of marking and event. */
interface Memory {
  start: MachineMove | null;
  readonly moves: Map<string, MachineMove | null>;
}

const memories = new WeakMap<AnyStateMachine, Memory>();

/** Markings of real processes times their events are some hundreds; wide parallel phases have more. */
const MOST_REMEMBERED = 4096;

/** The machine of a config. Throws where a transition leads nowhere. */
export function createProcessMachine(config: MachineConfigJson): AnyStateMachine {
  // XState keeps and may complete the object it is given; ours stays what is hashed and shown.
  return createMachine(structuredClone(config));
}

/** Where an instance begins. */
export function startMachine(process: CompiledProcess): MachineMove {
  const memory = memoryOf(process.machine);
  memory.start ??= moveOf(...initialTransition(process.machine));
  return memory.start;
}

/**
 * The move that an event (see `advanceEvent`, `reworkEvent`, `closeEvent`) makes from a marking, or null when it is not
 * taken there. Throws a plain Error for a marking that is not one of this process.
 */
export function stepMachine(process: CompiledProcess, marking: Marking, event: string): MachineMove | null {
  const { moves } = memoryOf(process.machine);
  const question = `${event} ${JSON.stringify(marking)}`;
  const answered = moves.get(question);
  if (answered !== undefined) return answered;
  const move = computeMove(process.machine, marking, event);
  if (moves.size >= MOST_REMEMBERED) moves.clear();
  moves.set(question, move);
  return move;
}

function computeMove(machine: AnyStateMachine, marking: Marking, event: string): MachineMove | null {
  const snapshot = machine.resolveState({ value: marking, context: {} });
  // XState fills in what a marking leaves out; a stored one that is not whole is damaged.
  if (canonicalJson(snapshot.value) !== canonicalJson(marking)) {
    throw new Error(`marking ${JSON.stringify(marking)} is not one of process ${machine.id}`);
  }
  // Raised inside when a parallel phase ends; from outside it would end the phase early.
  if (event.startsWith('xstate.')) return null;
  const [next, actions] = transition(machine, snapshot, { type: event });
  return next === snapshot ? null : moveOf(next, actions);
}

/** The open steps in order of the definition; none once the process is closed. */
export function openPlaces(process: CompiledProcess, marking: Marking): readonly Place[] {
  const places: Place[] = [];
  if (typeof marking === 'string') return places;
  for (const phase of process.definition.phases) {
    const inside = Object.hasOwn(marking, phase.id) ? marking[phase.id] : undefined;
    for (const step of phase.steps) {
      const open = typeof inside === 'object' ? inside[step.id] === 'open' : inside === step.id;
      if (open) places.push({ phase: phase.id, step: step.id });
    }
  }
  return places;
}

function memoryOf(machine: AnyStateMachine): Memory {
  const known = memories.get(machine);
  if (known !== undefined) return known;
  const memory: Memory = { start: null, moves: new Map() };
  memories.set(machine, memory);
  return memory;
}

function moveOf(
  snapshot: { readonly value: Marking },
  actions: readonly { readonly type: string; readonly params: unknown }[],
): MachineMove {
  return { marking: snapshot.value, actions: actions.map(actionOf) };
}

function actionOf({ type, params }: { readonly type: string; readonly params: unknown }): MachineActionJson {
  if (type !== 'enter' && type !== 'leave' && type !== 'reach') throw new Error(`the machine asked for ${type}`);
  // XState hands back the very params of our config.
  return { type, params: params as MachineActionJson['params'] };
}
