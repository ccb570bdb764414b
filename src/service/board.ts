import type { Actor } from '../engine/types.ts';
import type { ServiceContext } from './context.ts';
import { readCompiled } from './processes.ts';
import type { BoardView } from './types.ts';

/**
 * How many open instances that the actor sees stand in each step of a process, in the order of its newest version; what only
 * older versions have comes last. `owner` null: whoever's they are. Throws `not-found`, `role-required`.
 */
export async function getBoard(
  context: ServiceContext,
  name: string,
  owner: string | null,
  actor: Actor,
): Promise<BoardView> {
  const { process, row } = await readCompiled(context, name, null, actor);
  const sight = await context.sights.of(actor);
  const counts = await context.store.countPlaces({ tenant: actor.tenant, process: name, owner, sight });
  const open = new Map(counts.map((count) => [count.step, count]));
  const steps = process.definition.phases.flatMap((phase) =>
    phase.steps.map((step) => ({ phase: phase.id, step: step.id, open: open.get(step.id)?.open ?? 0 })),
  );
  return {
    process: name,
    version: row.version,
    steps: [...steps, ...counts.filter(({ step }) => !process.steps.has(step))],
  };
}
