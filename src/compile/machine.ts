import { type AnyStateMachine, createMachine, initialTransition, transition } from 'xstate';
import type {
  CompiledProcess,
  MachineActionJson,
  MachineConfigJson,
  MachineMove,
  MachineStateJson,
  Marking,
} from './types.ts';

/** What one machine has answered: its moves are a pure function of marking and event. */
interface Memory {
  readonly start: MachineMove;
  /** The events it knows, but for those that XState raises inside. */
  readonly events: ReadonlySet<string>;
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
  return memoryOf(process.machine).start;
}

/**
 * The move that an event (see `machine-config.ts`) makes from a marking, or null when it is not
 * taken there. Throws a plain Error for a marking that is not one of this process.
 */
export function stepMachine(process: CompiledProcess, marking: Marking, event: string): MachineMove | null {
  const { events, moves } = memoryOf(process.machine);
  const question = `${events.has(event) ? event : ''} ${JSON.stringify(marking)}`;
  const answered = moves.get(question);
  if (answered !== undefined) return answered;
  if (!standsIn(process.config, marking)) {
    throw new Error(`marking ${JSON.stringify(marking)} is not one of process ${process.config.id}`);
  }
  const move = events.has(event) ? computeMove(process.machine, marking, event) : null;
  if (moves.size >= MOST_REMEMBERED) moves.clear();
  moves.set(question, move);
  return move;
}

function computeMove(machine: AnyStateMachine, marking: Marking, event: string): MachineMove | null {
  const snapshot = machine.resolveState({ value: marking, context: {} });
  // XState's root still answers after the end.
  if (snapshot.status === 'done') return null;
  const [next, actions] = transition(machine, snapshot, { type: event });
  // A state that is left and entered again gives the same snapshot, but with what happened on the way.
  return next === snapshot && actions.length === 0 ? null : moveOf(next, actions);
}

/** XState fills in what a marking leaves out and keeps what is too much; a stored one that is not exact is damaged. */
function standsIn(state: MachineStateJson, marking: Marking | undefined): boolean {
  const { states, type } = state;
  if (states === undefined || marking === undefined) return false;
  if (typeof marking === 'string') {
    return type !== 'parallel' && Object.hasOwn(states, marking) && states[marking]?.states === undefined;
  }
  const inside = Object.keys(marking);
  const expected = type === 'parallel' ? Object.keys(states).length : 1;
  return (
    inside.length === expected &&
    inside.every((id) => {
      const child = Object.hasOwn(states, id) ? states[id] : undefined;
      return child !== undefined && standsIn(child, marking[id]);
    })
  );
}

function memoryOf(machine: AnyStateMachine): Memory {
  const known = memories.get(machine);
  if (known !== undefined) return known;
  const memory: Memory = {
    start: moveOf(...initialTransition(machine)),
    events: new Set(machine.events.filter((event: string) => !event.startsWith('xstate.'))),
    moves: new Map(),
  };
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
