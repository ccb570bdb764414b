import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/clock.ts';
import { newId } from '../../src/ids.ts';
import { createService } from '../../src/service/index.ts';
import type { PlanRun } from '../../src/service/types.ts';
import { openStore } from '../../src/store/index.ts';
import { shippedCalendars } from '../calendar/shipped.ts';
import { admin } from './deals.ts';
import { produceEvidence } from './evidence.ts';
import { line, millis, rate } from './figures.ts';
import { salesYaml } from './process.ts';
import { eventsToMiddle, startBody } from './sales-deal.ts';

export interface PlanOptions {
  readonly client: 'sqlite3' | 'better-sqlite3';
  readonly instances: number;
}

export interface PlanFigures {
  readonly instances: number;
  readonly planMs: number;
  /** Of these, planned and decided once more while they go over. */
  readonly applyMs: number;
  readonly revertMs: number;
}

export const planDefaults: PlanOptions = { client: 'sqlite3', instances: 10_000 };

/** A version with a stricter gate and a shorter SLA, planned for open deals, applied to them and taken back. */
export async function benchPlan({ client, instances }: PlanOptions): Promise<PlanFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'phasegate-plan-'));
  const store = await openStore({ url: join(folder, 'plan.db'), client });
  await store.migrate();
  const service = createService({ store, clock: systemClock, newId, calendars: shippedCalendars, review: 'off' });
  const request = () => ({ actor: admin, requestId: newId(), ifMatch: null, idempotency: null });
  try {
    await service.publish(salesYaml, admin);
    await produceEvidence(service, request);
    let made = 0;
    const work = async () => {
      while (made < instances) {
        made += 1;
        const key = `CRM-${made}`;
        const { instance } = await service.start(startBody, request());
        for (const event of eventsToMiddle(key)) await service.send(instance.id, event, request());
      }
    };
    await Promise.all(Array.from({ length: 64 }, work));
    const edited = salesYaml
      .replace('need_match >= 50', 'need_match >= 70')
      .replace('within: 30 days, pause', 'within: 20 days, on_change: recalculate, pause');
    const of = { of: { yaml: edited }, moves: {}, instances: {}, only: null };
    const begun = performance.now();
    const { plan } = await service.plan('sales', of, admin);
    const planMs = performance.now() - begun;
    await service.publish(edited, admin);
    const applied = await timed((cursor) => service.applyPlan('sales', plan, { moved: 'refuse', cursor }, admin));
    const reverted = await timed((cursor) => service.revertPlan('sales', plan.digest, cursor, admin));
    if (plan.counts.auto !== instances || applied.done !== instances || reverted.done !== instances)
      throw new Error(`${plan.counts.auto} planned, ${applied.done} over, ${reverted.done} back of ${instances}`);
    return { instances, planMs, applyMs: applied.ms, revertMs: reverted.ms };
  } finally {
    await service.stop();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timed(call: (cursor: string | null) => Promise<PlanRun>) {
  const begun = performance.now();
  let done = 0;
  for (let cursor: string | null = null; ; ) {
    const run = await call(cursor);
    done += run.done;
    cursor = run.next;
    if (cursor === null) return { done, ms: performance.now() - begun };
  }
}

export function printPlan({ instances, planMs, applyMs, revertMs }: PlanFigures): void {
  const each = (ms: number) => rate(instances / (ms / 1_000), 'instances');
  console.log(line(`plan of ${instances.toLocaleString('en')} open deals`, millis(planMs), each(planMs)));
  console.log(line('apply, with the plan made anew first', millis(applyMs), each(applyMs)));
  console.log(line('revert', millis(revertMs), each(revertMs)));
}
