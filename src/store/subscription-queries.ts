import type { Database } from './database.ts';
import type { MessageStore, SubscriptionRow } from './message-types.ts';

const columns = {
  id: 'id',
  tenant: 'tenant',
  url: 'url',
  process: 'process',
  types: 'types',
  services: 'services',
  forRole: 'for_role',
  forActor: 'for_actor',
  language: 'language',
  state: 'state',
  why: 'why',
  secret: 'secret',
  formerSecret: 'former_secret',
  formerUntil: 'former_until',
  createdAt: 'created_at',
  createdBy: 'created_by',
};

type Stored = Omit<SubscriptionRow, 'types' | 'services'> & { readonly types: string; readonly services: string };

export function subscriptionQueries({
  reader,
  writer,
}: Database): Pick<
  MessageStore,
  'addSubscription' | 'listSubscriptions' | 'allSubscriptions' | 'changeSubscription' | 'removeSubscription'
> {
  return {
    async addSubscription({ id, tenant, url, process, types, services, state, why, secret, ...rest }) {
      const { formerSecret: former_secret, formerUntil: former_until } = rest;
      const { createdAt: created_at, createdBy: created_by } = rest;
      const { forRole: for_role, forActor: for_actor, language } = rest;
      const others = { former_secret, former_until, created_at, created_by, for_role, for_actor, language };
      // Between commas, since ids of types hold none.
      await writer('subscriptions').insert({
        id,
        tenant,
        url,
        process,
        types: types.join(),
        services: services.join(),
        state,
        why,
        secret,
        ...others,
      });
    },
    async listSubscriptions(tenant) {
      const rows: readonly Stored[] = await reader('subscriptions')
        .select(columns)
        .where({ tenant })
        .whereNot('state', 'deleted')
        .orderBy('id')
        .limit(1_000);
      return rows.map(subscription);
    },
    async allSubscriptions() {
      const rows: readonly Stored[] = await reader('subscriptions').select(columns).orderBy('id').limit(10_000);
      return rows.map(subscription);
    },
    async changeSubscription(tenant, id, { state, why, secret, formerSecret, formerUntil }) {
      const changed: number = await writer('subscriptions')
        .where({ id, tenant })
        .whereNot('state', 'deleted')
        .update({ state, why, secret, former_secret: formerSecret, former_until: formerUntil });
      return changed > 0;
    },
    async removeSubscription(id) {
      await writer('subscriptions').where({ id }).delete();
    },
  };
}

function subscription({ types, services, ...row }: Stored): SubscriptionRow {
  return { ...row, types: listed(types), services: listed(services) };
}

function listed(text: string): readonly string[] {
  return text === '' ? [] : text.split(',');
}
