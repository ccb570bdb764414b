import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { allowList, createDelivery, type DeliveryOptions, type Mail } from '../../src/delivery/index.ts';
import type { Actor } from '../../src/engine/types.ts';
import { newId } from '../../src/ids.ts';
import { createService } from '../../src/service/index.ts';
import { openStore } from '../../src/store/index.ts';
import { shippedCalendars } from '../calendar/shipped.ts';
import { ADMIN, SMALL } from '../engine/process.ts';
import { begin, request, stoppedClock } from './setup.ts';

/** The administrator of another tenant. */
export const ACME: Actor = { ...ADMIN, tenant: 'acme' };

/** A service that may deliver to this machine, with the small process published. */
export async function messaging(
  url: string | undefined,
  options: Partial<DeliveryOptions> = {},
  mail: Mail | undefined = undefined,
) {
  const folder = mkdtempSync(join(tmpdir(), 'phasegate-messages-'));
  const allow = allowList(['127.0.0.1']);
  if (allow === null) throw new Error('not a list');
  const clock = stoppedClock();
  const failures: unknown[] = [];
  const opened = { url: url ?? `sqlite:${join(folder, 'test.db')}` };
  const store = await openStore(opened);
  await store.migrate();
  const delivery = createDelivery({ allow, ...options });
  const letters = mail === undefined ? {} : { mail };
  const calendars = shippedCalendars;
  const service = createService({
    review: 'off',
    store,
    clock,
    newId,
    delivery,
    calendars,
    ...letters,
    random: () => 0.5,
  });
  onTestFinished(async () => {
    await service.stop();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  await service.publish(SMALL, ADMIN);
  const send = (id: string, type: string, members: object = {}, actor: Actor = ADMIN) =>
    service.send(id, { type, ...members }, request(actor));
  return {
    store,
    service,
    clock,
    /** Delivers what is due, and waits for it. */
    deliver: async () => (await service.deliverMessages((error) => failures.push(error))).ended,
    failures,
    begin: (fields = {}) => begin(service, fields),
    send,
    note: (id: string, text = 'x') => send(id, 'note', { text }),
  };
}
