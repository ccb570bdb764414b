import { explain, restsOn } from '../engine/index.ts';
import type { Actor } from '../engine/types.ts';
import { cardFilter } from './board.ts';
import type { ServiceContext } from './context.ts';
import { instanceCursor } from './cursor.ts';
import { evidenceFor } from './instance-evidence.ts';
import { listPage } from './list-page.ts';
import { presentActions, presentInstance, presentLoaded, presentRecords, presentResting } from './present.ts';
import { seenInstance } from './sight.ts';
import type { InstanceDetail, ListPage, ListQuery } from './types.ts';

/** An instance with everything that could be done with it now, and why not. */
export async function getInstance(context: ServiceContext, id: string, actor: Actor): Promise<InstanceDetail> {
  const loaded = await seenInstance(context, id, actor);
  if (!loaded.ok)
    return {
      ...presentLoaded(loaded, actor),
      records: { steps: {}, activities: {}, fields: {}, approvals: {}, children: {}, evidence: {}, calls: {} },
      evidence: [],
      actions: [],
    };
  const { process, instance } = loaded;
  const now = context.clock.now();
  const evidence = await evidenceFor(context, process, instance);
  const asked = { process, instance, actor, at: now, now, evidence };
  const actions = explain(asked);
  return {
    ...presentInstance(process, instance, actor),
    records: presentRecords(process, instance, actor),
    evidence: presentResting(process, instance, actor, restsOn(asked)),
    actions: presentActions(process, instance, actor, actions),
  };
}

/**
 * Instances that the actor sees, in order of creation. Personal values are only in the single instance. A page may hold
 * fewer than asked for where versions of a process differ in who sees them; `next` says whether there is more.
 */
export async function listInstances(
  context: ServiceContext,
  { cursor, class: of, deadline, text, ...query }: ListQuery,
  actor: Actor,
): Promise<ListPage> {
  const after = cursor === null ? null : instanceCursor(cursor);
  const sight = await context.sights.of(actor);
  const { tenant } = actor;
  const now = context.clock.now();
  const rows = await context.store.listInstances({
    ...query,
    team: null,
    cards: cardFilter({ class: of, deadline, text }, now),
    tenant,
    sight,
    after,
    limit: query.limit + 1,
  });
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    ...(await listPage(context, page, actor, now)),
    next: rows.length > query.limit && last !== undefined ? last.id : null,
  };
}
