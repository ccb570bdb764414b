import type { Clock } from '../clock.ts';
import type { Store, SubscriptionRow } from '../store/types.ts';

/** What another node changed of subscriptions is known after this time. */
const FRESH_MS = 2_000;

/** The subscriptions, kept at hand: every commit asks whom it is to tell. */
export interface Subscribers {
  /** Null: what is known is fresh enough. */
  refresh(): Promise<void> | null;
  /** Active ones of a tenant. */
  of(tenant: string): readonly SubscriptionRow[];
  /** An active one. */
  get(id: string): SubscriptionRow | undefined;
  /** Something was changed here. */
  changed(): void;
}

const none: readonly SubscriptionRow[] = [];

export function createSubscribers(store: Pick<Store, 'allSubscriptions'>, clock: Clock): Subscribers {
  let byTenant = new Map<string, SubscriptionRow[]>();
  let byId = new Map<string, SubscriptionRow>();
  let readAt = -Infinity;
  let reading: Promise<void> | null = null;
  let changes = 0;

  async function read(): Promise<void> {
    const seen = changes;
    const active = (await store.allSubscriptions()).filter(({ state }) => state === 'active');
    byId = new Map(active.map((row) => [row.id, row]));
    byTenant = new Map();
    for (const row of active) byTenant.set(row.tenant, [...(byTenant.get(row.tenant) ?? []), row]);
    if (seen === changes) readAt = Date.parse(clock.now());
  }

  return {
    refresh() {
      if (Math.abs(Date.parse(clock.now()) - readAt) < FRESH_MS) return null;
      reading ??= read().finally(() => {
        reading = null;
      });
      return reading;
    },
    of: (tenant) => (byTenant.size === 0 ? none : (byTenant.get(tenant) ?? none)),
    get: (id) => byId.get(id),
    changed() {
      changes += 1;
      readAt = -Infinity;
    },
  };
}
