import type { CompiledProcess, Marking } from './types.ts';

/** The marking in which one step alone is open; its neighbours in a parallel phase are done. */
export function markingAt(process: CompiledProcess, id: string): Marking {
  const phase = process.steps.get(id)?.phase;
  if (phase === undefined) throw new Error(`process ${process.definition.process} has no step ${id}`);
  if (phase.order === 'sequence') return { [phase.id]: id };
  return { [phase.id]: Object.fromEntries(phase.steps.map((step) => [step.id, step.id === id ? 'open' : 'done'])) };
}
