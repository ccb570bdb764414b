import { systemClock } from '../../src/clock.ts';
import type { Actor } from '../../src/engine/types.ts';
import { newId } from '../../src/ids.ts';
import { createService } from '../../src/service/index.ts';
import type { EventInput, WriteRequest } from '../../src/service/types.ts';
import { openStore, type StoreOptions } from '../../src/store/index.ts';
import { shippedCalendars } from '../calendar/shipped.ts';
import { produceEvidence } from './evidence.ts';
import { salesYaml } from './process.ts';
import { eventsToMiddle, roundTrip, startBody } from './sales-deal.ts';

export const admin: Actor = { id: 'bench', roles: ['admin'], team: null, tenant: 'main', via: null };

export interface Deals {
  /** Sends a caller's next event; each caller has a deal of its own. Throws when it is refused. */
  send(caller: number): Promise<void>;
  close(): Promise<void>;
}

/** The service itself on a database, with one deal per caller in the middle of its way. */
export async function openDeals(options: StoreOptions, callers: number): Promise<Deals> {
  const store = await openStore(options);
  await store.migrate();
  const service = createService({ review: 'off', store, clock: systemClock, newId, calendars: shippedCalendars });
  await service.publish(salesYaml, admin);
  await produceEvidence(service, request);
  const deals = await Promise.all(
    Array.from({ length: callers }, async (_, n) => {
      const { instance } = await service.start(startBody, request());
      for (const event of eventsToMiddle(`CRM-${n}`)) await service.send(instance.id, event, request());
      return { id: instance.id, next: 0 };
    }),
  );
  return {
    async send(caller) {
      const deal = deals[caller];
      const event: EventInput | undefined = roundTrip[(deal?.next ?? 0) % roundTrip.length];
      if (deal === undefined || event === undefined) throw new Error(`there is no caller ${caller}`);
      deal.next += 1;
      await service.send(deal.id, event, request());
    },
    async close() {
      await service.stop();
      await store.close();
    },
  };
}

function request(): WriteRequest {
  return { actor: admin, requestId: newId(), ifMatch: null, idempotency: null };
}
