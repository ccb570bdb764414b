import type { CompiledProcess } from '../compile/types.ts';
import type { Instance } from '../engine/types.ts';
import type { Task } from './task.ts';

/**
 * Commands that claim or give up a business key, taking turns: while one is on its way, no command of another instance
 * that touches the same key is carried out. So whoever came first has the key, and whoever comes after its release gets it.
 */
export interface KeyTurns {
  /** False: some of these keys are another instance's turn, and the command is to wait (see `waits`). */
  take(task: Task, names: readonly string[]): boolean;
  /** Whether what a command was to wait for is still another's turn. */
  waits(task: Task): boolean;
  /** The command is answered. */
  leave(task: Task): void;
  /** Forgets all turns: who is first with a key is then for the store to say. */
  forget(): void;
}

export function createKeyTurns(): KeyTurns {
  /** Commands that have each key's turn, all of one instance. */
  const turns = new Map<string, Set<Task>>();
  const taken = new Map<Task, readonly string[]>();
  const waiting = new Map<Task, readonly string[]>();

  function isOthers(name: string, task: Task): boolean {
    for (const holder of turns.get(name) ?? []) return ownerOf(holder) !== ownerOf(task);
    return false;
  }

  function giveUp(task: Task): void {
    for (const name of taken.get(task) ?? []) {
      const holders = turns.get(name);
      holders?.delete(task);
      if (holders?.size === 0) turns.delete(name);
    }
    taken.delete(task);
  }

  return {
    take(task, names) {
      if (names.length === 0) return true;
      if (names.some((name) => isOthers(name, task))) {
        // Nobody waits with a turn of his own: two would wait for each other.
        giveUp(task);
        waiting.set(task, names);
        return false;
      }
      waiting.delete(task);
      taken.set(task, [...(taken.get(task) ?? []), ...names]);
      for (const name of names) turns.set(name, (turns.get(name) ?? new Set()).add(task));
      return true;
    },
    waits: (task) => waiting.get(task)?.some((name) => isOthers(name, task)) ?? false,
    leave(task) {
      waiting.delete(task);
      giveUp(task);
    },
    forget() {
      for (const names of [turns, taken, waiting]) names.clear();
    },
  };
}

function ownerOf(task: Task): unknown {
  return task.target.kind === 'event' ? task.target.id : task;
}

/** The business key that an instance holds: its own, as long as it is open. */
export function heldKey(instance: Instance | null): string | null {
  return instance !== null && instance.status !== 'closed' ? instance.key : null;
}

/** The business keys that differ between two states of an instance: given up and claimed. */
export function touchedKeys(
  process: CompiledProcess,
  before: Instance | null,
  after: Instance | null,
): readonly string[] {
  const [last, next] = [heldKey(before), heldKey(after)];
  if (last === next) return NO_NAMES;
  const tenant = after?.tenant ?? before?.tenant ?? '';
  return [last, next].flatMap((key) => (key === null ? [] : [keyName(tenant, process, key)]));
}

const NO_NAMES: readonly string[] = [];

/** Keys of different tenants or processes never meet. */
export function keyName(tenant: string, { definition }: CompiledProcess, key: string): string {
  return `${tenant}\0${definition.process}\0${key}`;
}
