import { expect, it } from 'vitest';
import type { PlannedInstance, PlanRun, Service } from '../../src/service/types.ts';
import { produceEvidence } from '../bench/evidence.ts';
import { edits, salesYaml } from '../engine/edits.ts';
import { ADMIN } from '../engine/process.ts';
import { dealsUnderway } from './deals-underway.ts';
import { request, setup } from './setup.ts';

/** Deals that each edit is planned for; more with `npm run test:model`. */
const DEALS = Number(process.env.PHASEGATE_PLANNED ?? 10);

const of = (version: number) => ({ of: { version }, moves: {}, instances: {}, only: null });

async function everyPlanned(service: Service, version: number): Promise<readonly PlannedInstance[]> {
  const found: PlannedInstance[] = [];
  for (let cursor: string | null = null; ; ) {
    const page = await service.plannedInstances('sales', of(version), { kind: null, cursor, limit: 200 }, ADMIN);
    found.push(...page.instances);
    cursor = page.next;
    if (cursor === null) return found;
  }
}

async function everyRun(call: (cursor: string | null) => Promise<PlanRun>): Promise<number> {
  let done = 0;
  for (let cursor: string | null = null; ; ) {
    const run: PlanRun = await call(cursor);
    done += run.done;
    cursor = run.next;
    if (cursor === null) return done;
  }
}

/** All of an instance but how often it was changed. */
async function stateOf(service: Service, id: string) {
  const { revision: _, seq: __, updatedAt: ___, actions, ...state } = await service.getInstance(id, ADMIN);
  const { clocks } = await service.getSla(id, null, ADMIN);
  const allowed = actions.map(({ type, allowed: may }) => [type, may]);
  const { steps, ...records } = state.records;
  // A step of round 0 was never entered, or nobody is to know that it was.
  const entered = Object.fromEntries(Object.entries(steps).filter(([, { round }]) => round > 0));
  return { ...state, records: { ...records, steps: entered }, allowed, clocks };
}

it(`does to each of ${DEALS} deals what the plan says, for ${edits.length} kinds of edit, and takes it back`, async () => {
  const { service } = await setup();
  await service.publish(salesYaml, ADMIN);
  await produceEvidence(service, request);
  const deals = await dealsUnderway(service, DEALS, 7);
  let version = 1;
  for (const { name, some, apply } of edits) {
    version += 1;
    const before = new Map(await Promise.all(deals.map(async (id) => [id, await stateOf(service, id)] as const)));
    expect((await service.publish(apply(salesYaml), ADMIN)).version, name).toBe(version);
    const { plan } = await service.plan('sales', of(version), ADMIN);
    const planned = await everyPlanned(service, version);
    expect(plan.counts.open, name).toBe(DEALS);
    expect(plan.counts.auto, name).toBe(planned.filter(({ kind }) => kind === 'auto').length);
    if (some === 'all') expect(plan.counts.auto, name).toBe(DEALS);
    const done = await everyRun((cursor) => service.applyPlan('sales', plan, { moved: 'refuse', cursor }, ADMIN));
    expect(done, name).toBe(plan.counts.auto);
    for (const { instance, kind, effects } of planned) {
      const now = await service.getInstance(instance.id, ADMIN);
      if (kind !== 'auto') {
        expect(await stateOf(service, instance.id), name).toEqual(before.get(instance.id));
        continue;
      }
      expect([name, now.version, now.position]).toEqual([name, version, effects?.position.to]);
      const { clocks } = await service.getSla(instance.id, null, ADMIN);
      for (const { clock, due } of effects?.clocks ?? []) {
        const stated = clocks.find(({ id }) => id === clock);
        if (stated !== undefined && stated.endedAt === null)
          expect([name, clock, stated.due]).toEqual([name, clock, due.to]);
      }
      for (const id of effects?.voided ?? []) expect([name, now.approvals[id]]).toEqual([name, 'void']);
    }
    const back = await everyRun((cursor) => service.revertPlan('sales', plan.digest, cursor, ADMIN));
    expect(back, name).toBe(done);
    for (const [id, state] of before) expect(await stateOf(service, id), name).toEqual(state);
  }
  expect(await service.verifyAll(null)).toMatchObject({ ok: true, broken: null });
}, 1_800_000);
