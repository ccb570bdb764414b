import { describe, expect, it } from 'vitest';
import type { Service } from '../../src/service/index.ts';
import type { Choices, Plan, PlanRun } from '../../src/service/types.ts';
import { ADMIN, actor, BOSS, CLERK, compiled, SMALL } from '../engine/process.ts';
import { databases, node, refusal, request, setup } from './setup.ts';

const NO_CHOICES: Choices = { moves: {}, instances: {}, only: null };
const anyPage = { kind: null, cursor: null, limit: 200 };

/** The small process with its second step of the first phase called otherwise, and a stricter gate. */
const RENAMED = SMALL.replace('\n      make:\n', '\n      craft:\n        was: make\n').replaceAll('[make]', '[craft]');
const FORM = { type: 'complete', activity: 'form', with: { staff: 60, price: 80000, secret: '王女士' } };

async function publish(service: Service, yaml: string): Promise<void> {
  await service.publish(yaml, ADMIN);
}

async function all(service: Service, plan: Plan, moved: 'refuse' | 'leave' = 'refuse') {
  const runs: PlanRun[] = [];
  let cursor: string | null = null;
  do {
    const run: PlanRun = await service.applyPlan(plan.process, plan, { moved, cursor }, ADMIN);
    runs.push(run);
    cursor = run.next;
  } while (cursor !== null);
  const sum = (of: (run: (typeof runs)[number]) => number) => runs.reduce((total, run) => total + of(run), 0);
  return { done: sum(({ done }) => done), before: sum(({ before }) => before), left: runs.flatMap(({ left }) => left) };
}

describe.each(databases)('a plan on %s', (_name, url) => {
  it('says what apply then does, instance by instance, and can be taken back', async () => {
    const { service, store, begin, options } = await setup(await url());
    const fresh = await begin({ number: 'N-1' });
    const filled = await begin({ number: 'N-2', ready: true, limit: 100000 });
    for (const event of [
      FORM,
      { type: 'complete', activity: 'pick', choices: ['a', 'c'] },
      { type: 'complete', activity: 'copy' },
      { type: 'advance' },
    ])
      await service.send(filled, event, request(CLERK));
    const held = await begin({ number: 'N-3' });
    await service.send(held, { type: 'hold', reason: 'waiting' }, request(BOSS));
    const closed = await begin({ number: 'N-4' });
    await service.send(closed, { type: 'close', outcome: 'dropped', reason: 'cost' }, request(BOSS));
    const before = await Promise.all([fresh, filled, held].map((id) => service.getInstance(id, ADMIN)));

    const { plan, groups, late } = await service.plan('small', { of: { yaml: RENAMED }, ...NO_CHOICES }, ADMIN);
    expect([plan.counts, late]).toEqual([{ open: 3, keep: 0, auto: 3, ask: 0, blocked: 0 }, 0]);
    expect(groups.map(({ kind, count, to }) => [kind, count, to?.map(({ step }) => step)])).toEqual([
      ['auto', 2, ['intake', 'papers']],
      ['auto', 1, ['craft']],
    ]);
    const { instances } = await service.plannedInstances(
      'small',
      { of: { yaml: RENAMED }, ...NO_CHOICES },
      anyPage,
      ADMIN,
    );
    expect(await refusal(all(service, plan))).toMatchObject({
      code: 'plan-stale',
      detail: { en: expect.stringContaining('not yet the newest in effect (that is version 1)') },
    });
    await publish(service, RENAMED);
    expect(await all(service, plan)).toEqual({ done: 3, before: 0, left: [] });
    expect(await all(service, plan)).toEqual({ done: 0, before: 3, left: [] });

    for (const { instance, effects } of instances) {
      const now = await service.getInstance(instance.id, ADMIN);
      expect([now.version, now.position, now.revision]).toEqual([2, effects?.position.to, instance.revision + 1]);
    }
    // After a restart, from the rows alone.
    const again = await node({ ...options, exclusive: false });
    expect(await again.service.getInstance(filled, ADMIN)).toMatchObject({
      version: 2,
      status: 'active',
      position: [{ phase: 'work', step: 'craft' }],
      fields: { staff: 60, secret: '王女士' },
    });
    expect(await again.service.getInstance(held, ADMIN)).toMatchObject({ version: 2, status: 'on-hold' });
    expect(await again.service.verifyAll(null)).toMatchObject({ ok: true, broken: null });
    const { entries } = await service.history(filled, 0, 100, ADMIN);
    expect(entries.at(-1)).toMatchObject({
      type: 'migrate',
      version: 2,
      command: { from: 1, to: 2, plan: plan.digest, moves: {} },
      changes: { position: { from: [{ step: 'make' }], to: [{ step: 'craft' }] } },
    });
    await again.service.stop();
    await again.store.close();

    // What has moved on since is not taken back.
    await service.send(fresh, { type: 'note', text: 'on' }, request(CLERK));
    const back = await service.revertPlan('small', plan.digest, null, ADMIN);
    expect([back.done, back.left.map(({ instance }) => instance)]).toEqual([2, [fresh]]);
    for (const was of before.slice(1)) {
      const { revision: _, seq: __, updatedAt: ___, ...now } = await service.getInstance(was.id, ADMIN);
      const { revision: ____, seq: _____, updatedAt: ______, ...wanted } = was;
      expect(now).toMatchObject({ ...wanted, actions: expect.anything() });
    }
    expect(await service.verifyAll(null)).toMatchObject({ ok: true, broken: null });
    expect(await store.openInstances({ tenant: 'main', process: 'small', after: null, limit: 9 })).toEqual([
      fresh,
      filled,
      held,
    ]);
  });

  it('is stale once an instance has changed, was started or a version was published, and leaves what has moved when asked', async () => {
    const { service, begin, clock } = await setup(await url());
    const [one, two] = [await begin(), await begin()];
    clock.move(1_000);
    const { plan } = await service.plan('small', { of: { yaml: RENAMED }, ...NO_CHOICES }, ADMIN);
    clock.move(1_000);
    await service.send(one, { type: 'note', text: 'x' }, request(CLERK));
    await publish(service, RENAMED);
    expect(await refusal(all(service, plan))).toMatchObject({ code: 'plan-stale', extra: { instances: [one] } });
    const left = await all(service, plan, 'leave');
    expect([left.done, left.left.map(({ instance }) => instance)]).toEqual([1, [one]]);
    expect([await service.getInstance(one, ADMIN), await service.getInstance(two, ADMIN)]).toMatchObject([
      { version: 1 },
      { version: 2 },
    ]);

    const { plan: other } = await service.plan('small', { of: { version: 2 }, ...NO_CHOICES }, ADMIN);
    await publish(service, SMALL.replace('Small', 'Smaller'));
    expect(await refusal(all(service, other))).toMatchObject({ code: 'plan-stale', extra: { newest: 3 } });
  });

  it('that somebody has edited, or that is of another process or tenant, is refused, and moves nothing', async () => {
    const { service, begin } = await setup(await url());
    const id = await begin();
    const { plan } = await service.plan('small', { of: { yaml: RENAMED }, ...NO_CHOICES }, ADMIN);
    await publish(service, RENAMED);
    for (const edited of [
      { ...plan, moves: { intake: 'craft' } },
      { ...plan, only: [] },
      { ...plan, counts: { ...plan.counts, auto: 9 } },
    ])
      expect(await refusal(all(service, edited))).toMatchObject({ code: 'plan-edited' });
    expect(await refusal(all(service, { ...plan, tenant: 'acme' }))).toMatchObject({ code: 'invalid-input' });
    expect(
      await refusal(service.plan('small', { of: { version: 2 }, ...NO_CHOICES, moves: { intake: 'crat' } }, ADMIN)),
    ).toMatchObject({
      code: 'invalid-input',
      detail: { en: expect.stringContaining('did you mean craft') },
    });
    for (const other of [BOSS, CLERK])
      expect(await refusal(service.applyPlan('small', plan, { moved: 'refuse', cursor: null }, other))).toMatchObject({
        code: 'role-required',
      });
    const outside = { ...actor('olga', 'admin'), tenant: 'acme' };
    expect((await service.plan('small', { of: { version: 2 }, ...NO_CHOICES }, outside)).plan.counts.open).toBe(0);
    await service.draft('small', { yaml: RENAMED.replace('Small', 'Smaller'), note: 'Shorter' }, ADMIN);
    const draft = { of: { version: 3 }, ...NO_CHOICES };
    expect(await refusal(service.plan('small', draft, outside))).toMatchObject({ code: 'not-found' });
    expect((await service.plan('small', draft, ADMIN)).plan.counts.open).toBe(1);
    expect(await service.getInstance(id, ADMIN)).toMatchObject({ version: 1 });
  });

  it('asks where nobody says what becomes of a step, and does what is then said of all or of one', async () => {
    const { service, begin } = await setup(await url());
    const gone = SMALL.replace(/\n {6}papers:\n(?: {8}.*\n)+/, '\n').replace('order: parallel', 'order: sequence');
    expect(compiled(gone).steps.has('papers')).toBe(false);
    const [one, two, three] = [await begin(), await begin(), await begin()];
    const ask = await service.plan('small', { of: { yaml: gone }, ...NO_CHOICES }, ADMIN);
    expect([ask.plan.counts, ask.groups]).toMatchObject([
      { ask: 3 },
      [{ kind: 'ask', to: null, why: { en: expect.stringContaining('has no step') } }],
    ]);
    const decided = {
      of: { yaml: gone },
      moves: { papers: 'intake' },
      instances: { [one]: 'keep' as const, [two]: { intake: 'make', papers: 'make' } },
      only: null,
    };
    const { plan } = await service.plan('small', decided, ADMIN);
    expect(plan.counts).toEqual({ open: 3, keep: 1, auto: 2, ask: 0, blocked: 0 });
    await publish(service, gone);
    const { done, left } = await all(service, plan);
    expect([done, left]).toEqual([2, [{ instance: one, why: { zh: expect.any(String), en: expect.any(String) } }]]);
    const positions = await Promise.all(
      [one, two, three].map(async (id) => (await service.getInstance(id, ADMIN)).position.map(({ step }) => step)),
    );
    expect(positions).toEqual([['intake', 'papers'], ['make'], ['intake']]);
  });
});

it('goes on where it was broken off, also by two who apply it at a time', async () => {
  const { service, begin, options, store } = await setup();
  await Promise.all(Array.from({ length: 1_250 }, () => begin()));
  const { plan } = await service.plan('small', { of: { yaml: RENAMED }, ...NO_CHOICES }, ADMIN);
  await publish(service, RENAMED);
  const first = await service.applyPlan('small', plan, { moved: 'refuse', cursor: null }, ADMIN);
  expect([first.done, first.next === null]).toEqual([1_000, false]);
  await service.stop();
  await store.close();
  const again = await node(options);
  const [one, other] = await Promise.all([all(again.service, plan), all(again.service, plan)]);
  expect([one.done + other.done, one.left, other.left]).toEqual([250, [], []]);
  expect(one.before + one.done).toBe(1_250);
  expect(
    (
      await again.service.listInstances(
        {
          parent: null,
          owner: null,
          process: null,
          phase: null,
          step: null,
          status: null,
          outcome: null,
          key: null,
          version: null,
          class: null,
          deadline: null,
          text: null,
          cursor: null,
          limit: 200,
        },
        ADMIN,
      )
    ).instances.every(({ version, seq }) => version === 2 && seq === 2),
  ).toBe(true);
  await again.service.stop();
  await again.store.close();
});
