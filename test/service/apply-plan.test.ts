import { describe, expect, it } from 'vitest';
import type { Service } from '../../src/service/index.ts';
import type { Choices, PlanKind } from '../../src/service/types.ts';
import { ADMIN, BOSS, CLERK, SMALL } from '../engine/process.ts';
import { databases, refusal, request, setup } from './setup.ts';

const NO_CHOICES: Choices = { moves: {}, instances: {}, only: null };
const NEXT = SMALL.replace('Small', 'Smaller');
const planOf = async (service: Service, yaml: string, choices: Partial<Choices> = {}) =>
  (await service.plan('small', { of: { yaml }, ...NO_CHOICES, ...choices }, ADMIN)).plan;

describe.each(databases)('applying a plan on %s', (_name, url) => {
  it('takes over what another server, whose clock is ahead, wrote before', async () => {
    const { service, begin, clock } = await setup(await url());
    const id = await begin();
    clock.move(-1_000);
    const plan = await planOf(service, NEXT);
    await service.publish(NEXT, ADMIN);
    const run = await service.applyPlan('small', plan, { moved: 'refuse', cursor: null }, ADMIN);
    expect([run.done, run.left, (await service.getInstance(id, ADMIN)).version]).toEqual([1, [], 2]);
  });

  it('goes on after it was broken off, whatever has become of those that went over', async () => {
    const { service, begin, clock } = await setup(await url());
    const [gone, moved, stays] = [await begin(), await begin(), await begin()];
    const plan = await planOf(service, NEXT);
    await service.publish(NEXT, ADMIN);
    clock.move(1_000);
    await service.send(moved, { type: 'note', text: 'x' }, request(CLERK));
    const apply = (how: 'refuse' | 'leave') => service.applyPlan('small', plan, { moved: how, cursor: null }, ADMIN);
    expect(await refusal(apply('refuse'))).toMatchObject({
      code: 'plan-stale',
      detail: { en: expect.stringContaining(`1 have changed or are new: ${moved}`) },
    });
    expect(await apply('leave')).toMatchObject({ done: 2, counts: { moved: 1 } });
    await service.send(gone, { type: 'close', outcome: 'dropped', reason: 'cost' }, request(BOSS));
    expect(await apply('refuse')).toMatchObject({
      done: 0,
      before: 1,
      counts: { moved: 1 },
      left: [{ instance: moved, why: { en: expect.stringContaining('has changed since the plan was made') } }],
    });
    expect((await service.getInstance(stays, ADMIN)).version).toBe(2);
    await service.revertPlan('small', plan.digest, null, ADMIN);
    expect(await refusal(apply('refuse'))).toMatchObject({
      code: 'plan-stale',
      detail: { en: expect.stringContaining('1 was closed or went over') },
    });
  });

  it('gives a business key to the first of those that would have it', async () => {
    const { service, begin } = await setup(await url());
    const coded = SMALL.replace('key: number', 'key: number\n').replace(
      '  number: { type: text }',
      '  number: { type: text }\n  code: { type: text }',
    );
    const withCode = coded.replace('may_supply: [secret', 'may_supply: [code, secret');
    await service.publish(withCode, ADMIN);
    const ids = [];
    for (const number of ['N-1', 'N-2', 'N-3'])
      ids.push(await begin({ number, code: number === 'N-3' ? 'C-2' : 'C-1' }));
    const keyed = withCode.replace('key: number', 'key: code');
    const kinds: PlanKind[] = [];
    for (let cursor: string | null = null; ; ) {
      const wanted = { kind: null, cursor, limit: 1 };
      const page = await service.plannedInstances('small', { of: { yaml: keyed }, ...NO_CHOICES }, wanted, ADMIN);
      kinds.push(...page.instances.map(({ kind }) => kind));
      cursor = page.next;
      if (cursor === null) break;
    }
    expect(kinds).toEqual(['auto', 'blocked', 'auto']);
    const plan = await planOf(service, keyed);
    expect(plan.counts).toMatchObject({ open: 3, auto: 2, blocked: 1 });
    await service.publish(keyed, ADMIN);
    const run = await service.applyPlan('small', plan, { moved: 'refuse', cursor: null }, ADMIN);
    expect(run).toMatchObject({
      done: 2,
      left: [{ instance: ids[1], why: { en: expect.stringContaining('has the business key C-1') } }],
      counts: { blocked: 1 },
    });
    expect((await service.getInstance(ids[0] ?? '', ADMIN)).key).toBe('C-1');
  });

  it('is planned with decisions of instances and steps that there are', async () => {
    const { service, begin } = await setup(await url());
    const [open, closed] = [await begin(), await begin()];
    await service.send(closed, { type: 'close', outcome: 'dropped', reason: 'cost' }, request(BOSS));
    const nobody = open.replace(/.$/, open.endsWith('0') ? '1' : '0');
    const misspelt = { moves: { intkae: 'make' }, instances: { [nobody]: 'keep' as const }, only: [open, nobody] };
    const error = await refusal(planOf(service, NEXT, misspelt));
    expect([error.code, error.extra]).toMatchObject([
      'invalid-input',
      {
        errors: [
          { pointer: '/moves/intkae', message: { en: expect.stringContaining('did you mean intake?') } },
          { pointer: `/instances/${nobody}` },
          { pointer: '/only/1', message: { en: expect.stringContaining(`there is no ${nobody}`) } },
        ],
      },
    ]);
    const sound = { moves: { intake: 'make', papers: 'make' }, instances: { [closed]: 'keep' as const } };
    expect((await planOf(service, NEXT, sound)).counts).toMatchObject({ open: 1, auto: 1 });
  });

  it('fails where the server cannot take it on, instead of leaving instances behind', async () => {
    const { service, begin } = await setup(await url(), { maxQueued: 2 });
    for (let n = 0; n < 5; n += 1) await begin();
    const plan = await planOf(service, NEXT);
    await service.publish(NEXT, ADMIN);
    const apply = service.applyPlan('small', plan, { moved: 'refuse', cursor: null }, ADMIN);
    expect(await refusal(apply)).toMatchObject({ code: 'unavailable' });
  });
});
