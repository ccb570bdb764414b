import { cardFields, explain, isMoney, restsOn } from '../engine/index.ts';
import type { Actor } from '../engine/types.ts';
import { cardFilter } from './board.ts';
import type { ServiceContext } from './context.ts';
import { instanceCursor } from './cursor.ts';
import { type Loaded, loadDocument } from './document.ts';
import { evidenceFor } from './instance-evidence.ts';
import { presentActions, presentInstance, presentLoaded, presentRecords, presentResting } from './present.ts';
import { isSeen, seenInstance } from './sight.ts';
import { standsOf } from './stands.ts';
import type { CardView, InstanceDetail, ListPage, ListQuery } from './types.ts';

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
  const found = await Promise.all(
    page.map(async (row) => {
      const loaded = await loadDocument(context, { ...row, personal: [] });
      return isSeen(loaded.process, row, actor) ? [loaded] : [];
    }),
  );
  const seen = found.flat();
  const last = page.at(-1);
  return {
    instances: seen.map((loaded) => presentLoaded(loaded, actor)),
    stands: Object.fromEntries(
      seen.flatMap((loaded) => (loaded.ok ? [[loaded.instance.id, standsOf(loaded, actor, now)]] : [])),
    ),
    cards: Object.fromEntries(seen.flatMap((loaded) => (loaded.ok ? [[loaded.instance.id, cardOf(loaded)]] : []))),
    next: rows.length > query.limit && last !== undefined ? last.id : null,
  };
}

/** What tells most of an instance, as its own version says. Of fields that are hidden from anybody there is none. */
function cardOf({ process, instance }: Extract<Loaded, { ok: true }>): CardView {
  const { class: of, amount } = cardFields(process);
  const chosen = of?.choices.find(({ id }) => id === instance.fields[of.id]?.value);
  const money = amount === null ? undefined : instance.fields[amount.id]?.value;
  return {
    class: of === null || chosen === undefined ? null : { field: of.id, value: chosen.id, title: chosen.title },
    amount:
      amount === null || !isMoney(money) ? null : { field: amount.id, amount: money.amount, currency: money.currency },
  };
}
