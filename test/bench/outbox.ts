import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/clock.ts';
import { allowList, createDelivery } from '../../src/delivery/index.ts';
import { newId } from '../../src/ids.ts';
import { createService } from '../../src/service/index.ts';
import { openStore } from '../../src/store/index.ts';
import { SMALL } from '../engine/process.ts';
import { forkChild } from './child.ts';
import { admin } from './deals.ts';
import { line, rate } from './figures.ts';

export interface OutboxFigure {
  readonly client: 'sqlite3' | 'better-sqlite3';
  readonly messages: number;
  /** Deliveries per second: claimed, signed, answered and settled. */
  readonly perSecond: number;
}

export interface OutboxOptions {
  readonly instances: number;
  /** Messages of each. */
  readonly messages: number;
}

export const outboxDefaults: OutboxOptions = { instances: 500, messages: 20 };

/** Messages that wait in the outbox of one subscription, delivered to a receiver on this machine. */
export async function benchOutbox(options: OutboxOptions): Promise<readonly OutboxFigure[]> {
  const figures: OutboxFigure[] = [];
  for (const client of ['sqlite3', 'better-sqlite3'] as const) figures.push(await deliver(client, options));
  return figures;
}

async function deliver(client: OutboxFigure['client'], { instances, messages }: OutboxOptions): Promise<OutboxFigure> {
  const folder = mkdtempSync(join(tmpdir(), 'phasegate-bench-'));
  const receiver = forkChild('receiver.ts');
  const store = await openStore({ url: join(folder, 'outbox.db'), client });
  const allow = allowList(['127.0.0.1']);
  if (allow === null) throw new Error('not a list');
  const service = createService({
    review: 'off',
    store,
    clock: systemClock,
    newId,
    delivery: createDelivery({ allow }),
  });
  try {
    await store.migrate();
    await service.publish(SMALL, admin);
    const { port } = Object(await receiver.ask({}));
    await service.subscribe({ url: `http://127.0.0.1:${port}/` }, admin);
    const request = () => ({ actor: admin, requestId: newId(), ifMatch: null, idempotency: null });
    await Promise.all(
      Array.from({ length: instances }, async () => {
        const { instance } = await service.start({ process: 'small' }, request());
        for (let n = 1; n < messages; n += 1)
          await service.send(instance.id, { type: 'note', text: 'told' }, request());
      }),
    );
    const start = performance.now();
    const failures: unknown[] = [];
    await (await service.deliverMessages((error) => failures.push(error))).ended;
    const seconds = (performance.now() - start) / 1_000;
    const { taken } = Object(await receiver.ask({}));
    if (failures.length > 0 || taken !== instances * messages)
      throw new Error(`${taken} delivered; ${failures[0] ?? ''}`);
    return { client, messages: taken, perSecond: taken / seconds };
  } finally {
    await service.stop();
    await store.close();
    await receiver.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

export function printOutbox(figures: readonly OutboxFigure[]): void {
  for (const { client, messages, perSecond } of figures)
    console.log(line(client, `${messages.toLocaleString('en')} messages`, rate(perSecond, 'deliveries')));
}
