import { markingAt, openPlaces, waitingPlaces } from '../compile/index.ts';
import type { CompiledProcess } from '../compile/types.ts';
import type { Instance } from '../engine/types.ts';

/** An instance of one version as it would be on another; null: where it stands is not there. */
export type PutOn = (from: CompiledProcess, to: CompiledProcess, instance: Instance) => Instance | null;

/** By the same ids: the steps that are open are those of the same name. */
export const byId: PutOn = (_, to, instance) => {
  const { marking, position, waiting } = instance;
  if (marking === 'closed') return instance;
  const [open, idle] = [openPlaces(to, marking), waitingPlaces(to, marking)];
  if (isSame(open, position) && isSame(idle, waiting)) return instance;
  const [only, ...others] = position;
  if (only === undefined || others.length > 0 || waiting.length > 0 || !to.steps.has(only.step)) return null;
  // It stands in one step, which is in another phase there or in one of another order.
  const there = markingAt(to, only.step);
  return { ...instance, marking: there, position: openPlaces(to, there) };
};

function isSame(places: Instance['position'], others: Instance['position']): boolean {
  return (
    places.length === others.length &&
    places.every(({ phase, step }, n) => phase === others[n]?.phase && step === others[n]?.step)
  );
}
