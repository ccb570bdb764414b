import type { ServiceContext } from './context.ts';

/** Days that a message is kept that was not delivered. */
export const DEAD_LETTER_DAYS = 30;
const DAY_MS = 24 * 60 * 60_000;
/** Until then other nodes have noticed that a subscription is deleted, and put nothing more in its outbox. */
const GONE_MS = 60_000;

/**
 * Clears away at most `limit` messages: those of deleted subscriptions, those that a disabled one still waited for (they
 * become dead letters) and dead letters that are older than promised. True: there may be more.
 */
export function createTidying({ store, clock }: Pick<ServiceContext, 'store' | 'clock'>) {
  /** When a deleted subscription was first seen without messages. */
  const empty = new Map<string, number>();

  return async (limit: number): Promise<boolean> => {
    const now = clock.now();
    const time = Date.parse(now);
    for (const { id, state, why } of await store.allSubscriptions()) {
      if (state === 'disabled' && (await store.killMessages(id, why ?? '', now, limit)) === limit) return true;
      if (state !== 'deleted') continue;
      const dropped = await store.dropMessages(id, limit);
      if (dropped === limit) return true;
      const since = dropped > 0 ? time : (empty.get(id) ?? time);
      empty.set(id, since);
      if (time - since < GONE_MS) continue;
      await store.removeSubscription(id);
      empty.delete(id);
    }
    return (await store.forgetDead(new Date(time - DEAD_LETTER_DAYS * DAY_MS).toISOString(), limit)) === limit;
  };
}
