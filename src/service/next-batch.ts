import type { Task } from './task.ts';

/** What stands in the way of commands that wait. */
export interface Obstacles {
  /** Instances in batches that are running: batches never meet. */
  readonly held: ReadonlySet<string>;
  /** Whether a command waits for a business key that is another's turn. */
  waits(task: Task): boolean;
}

export interface Split {
  readonly taken: readonly Task[];
  readonly left: readonly Task[];
}

/**
 * The oldest commands that nothing stands in the way of, at most `most`; one that must be alone with its instance waits
 * for the next batch when that is taken. What comes later for an instance, or in a bulk, never overtakes what waits.
 */
export function nextBatch(queue: readonly Task[], most: number, { held, waits }: Obstacles): Split {
  const taken: Task[] = [];
  const left: Task[] = [];
  const shut = new Set(held);
  const shutBulks = new Set<symbol>();
  const seen = new Set<string>();
  for (const task of queue) {
    const id = task.target.kind === 'event' ? task.target.id : null;
    const { alone, bulk } = task;
    const fits =
      taken.length < most &&
      !waits(task) &&
      (id === null || !(shut.has(id) || (alone && seen.has(id)))) &&
      (bulk === null || !shutBulks.has(bulk));
    (fits ? taken : left).push(task);
    if (id !== null && (alone || !fits)) shut.add(id);
    if (bulk !== null && !fits) shutBulks.add(bulk);
    if (id !== null) seen.add(id);
  }
  return { taken, left };
}
