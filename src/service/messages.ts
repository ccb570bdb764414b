import { calledBy, messageType } from '../engine/index.ts';
import type { EntryDraft } from '../engine/types.ts';
import type { NewMessage, SubscriptionRow } from '../store/types.ts';

const none: readonly NewMessage[] = [];

/** What these subscriptions, all of the instance's tenant, are to be told: one message for each accepted entry. */
export function messagesOf(
  subscriptions: readonly SubscriptionRow[],
  entries: readonly EntryDraft[],
): readonly NewMessage[] {
  if (subscriptions.length === 0) return none;
  return entries.flatMap((entry) => {
    if (!entry.accepted) return [];
    const type = messageType(entry);
    return subscriptions.flatMap((subscription) => {
      const { id, process, types, services } = subscription;
      const isWanted =
        (process === null || process === entry.process) &&
        (types.length === 0 || types.includes(type)) &&
        (services.length === 0 || services.includes(calledBy(entry.changes)?.record.service ?? '')) &&
        isFor(subscription, entry);
      return isWanted ? [{ subscription: id, seq: entry.seq, since: entry.recordedAt }] : [];
    });
  });
}

/** Whether an entry tells those whom a subscription is for: warnings and escalations say whom they tell (`notify`). */
function isFor({ forRole, forActor }: SubscriptionRow, { command }: EntryDraft): boolean {
  if (forRole === null && forActor === null) return true;
  const { roles = [], actors = [] } = Object(Object(command).notify);
  const has = (list: unknown, name: string | null) => name !== null && Array.isArray(list) && list.includes(name);
  return has(roles, forRole) || has(actors, forActor);
}
