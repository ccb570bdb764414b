import { cardFields, isMoney } from '../engine/index.ts';
import type { Actor } from '../engine/types.ts';
import type { InstanceRow } from '../store/types.ts';
import type { ServiceContext } from './context.ts';
import { type Loaded, loadDocument } from './document.ts';
import { presentLoaded } from './present.ts';
import { isSeen } from './sight.ts';
import { standsOf } from './stands.ts';
import type { CardView, ListPage } from './types.ts';

/** Of these rows the instances that the actor sees, without personal values, with where they stand and what tells most of them. */
export async function listPage(
  context: ServiceContext,
  rows: readonly InstanceRow[],
  actor: Actor,
  now: string,
): Promise<Omit<ListPage, 'next'>> {
  const found = await Promise.all(
    rows.map(async (row) => {
      const loaded = await loadDocument(context, { ...row, personal: [] });
      return isSeen(loaded.process, row, actor) ? [loaded] : [];
    }),
  );
  const seen = found.flat();
  const known = seen.flatMap((loaded) => (loaded.ok ? [loaded] : []));
  return {
    instances: seen.map((loaded) => presentLoaded(loaded, actor)),
    stands: Object.fromEntries(known.map((loaded) => [loaded.instance.id, standsOf(loaded, actor, now)])),
    cards: Object.fromEntries(known.map((loaded) => [loaded.instance.id, cardOf(loaded)])),
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
