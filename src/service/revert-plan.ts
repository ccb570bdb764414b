import type { Actor } from '../engine/types.ts';
import type { Apply } from './apply.ts';
import { createRun, whyNot } from './apply-plan.ts';
import type { ServiceContext } from './context.ts';
import { loadDocument } from './document.ts';
import { requirePlanner } from './plan.ts';
import type { PlanRun } from './plan-types.ts';
import { commandOf, followed, openInstances } from './planned.ts';
import { getCompiled } from './processes.ts';

const AT_ONCE = 1_000;

/**
 * Takes back what a plan, named by its digest, has done to instances of which nothing has changed since; the others are
 * told with why. Some at each call, as `applyPlan`. Throws `role-required`, `not-found`.
 */
export async function revertPlan(
  context: ServiceContext,
  apply: Apply,
  process: string,
  plan: string,
  cursor: string | null,
  actor: Actor,
): Promise<PlanRun> {
  requirePlanner(actor);
  const { row: newest } = await getCompiled(context, process, null);
  const run = createRun(newest.version);
  let seen = 0;
  for await (const rows of openInstances(context, { tenant: actor.tenant, process }, cursor)) {
    await Promise.all(
      rows.map(async (row) => {
        const loaded = await loadDocument(context, row);
        if (!followed(loaded, plan) || loaded.instance.migration === null) return;
        const { from } = loaded.instance.migration;
        const { process: earlier } = await getCompiled(context, process, from.version);
        const requestId = context.newId();
        try {
          await apply.submit({
            target: { kind: 'event', id: row.id, to: { kind: 'revert', process: earlier } },
            command: { ...commandOf(row, plan, actor), type: 'revert', requestId },
            request: { actor, requestId, ifMatch: row.revision, idempotency: null },
          });
          run.done();
        } catch (error) {
          run.left(row.id, 'moved', whyNot(error).detail);
        }
      }),
    );
    seen += rows.length;
    const last = rows.at(-1);
    if (seen >= AT_ONCE && last !== undefined) return run.end(last.id);
  }
  return run.end(null);
}
