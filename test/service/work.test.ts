import { describe, expect, it } from 'vitest';
import { waitsOf } from '../../src/engine/index.ts';
import type { Actor } from '../../src/engine/types.ts';
import { loadDocument } from '../../src/service/document.ts';
import type { BulkItem, EventInput, Service, WorkItem, WorkQuery } from '../../src/service/index.ts';
import { createProcessCache } from '../../src/service/process-cache.ts';
import { createFiling } from '../../src/service/work-filing.ts';
import type { Store } from '../../src/store/types.ts';
import { COLLEAGUE, FINANCE, GUARDED, GUEST, MANAGER, NOBODY, REP, STRANGER } from '../engine/guarded.ts';
import { ADMIN, actor, BOSS, CLERK, DEPUTY } from '../engine/process.ts';
import { random } from '../engine/random.ts';
import { SIDE } from '../engine/side.ts';
import { toCommand } from '../engine/walk.ts';
import { databases, refusal, request, setup } from './setup.ts';

type Setup = Awaited<ReturnType<typeof setup>>;

const all: WorkQuery = { role: null, actor: null, process: null, cursor: null, limit: 200 };
const BOTH = actor('bea', 'clerk', 'boss');
const MINUTE = 60_000;

/** Every page. */
async function listed(service: Service, by: Actor, query: Partial<WorkQuery> = {}): Promise<readonly WorkItem[]> {
  const items: WorkItem[] = [];
  let cursor: string | null = null;
  do {
    const page = await service.listWork({ ...all, ...query, cursor }, by);
    items.push(...page.work);
    cursor = page.next;
  } while (cursor !== null);
  return items;
}

/** `step: what there is to do`. */
const said = (items: readonly WorkItem[]) =>
  items.map(({ step, activities, approvals, advance, enter }) =>
    [
      `${step}:`,
      ...activities.map(({ id }) => id),
      ...approvals.map(({ id }) => `${id}?`),
      ...(advance ? ['advance'] : []),
      ...(enter ? ['enter'] : []),
    ].join(' '),
  );

/** The rows of the table, and what the documents give. */
async function rowsAndTold({ store, clock }: Pick<Setup, 'store' | 'clock'>, ids: readonly string[]) {
  const processes = createProcessCache({ store, clock });
  const text = (id: string, rows: ReturnType<typeof waitsOf>) =>
    `${id} ${rows
      .map(({ step, who, since, due }) => `${step} ${who} ${since} ${due}`)
      .sort()
      .join(', ')}`;
  const told: string[] = [];
  for (const row of await store.loadInstances(ids)) {
    const loaded = await loadDocument({ processes }, row);
    if (loaded.ok) told.push(text(row.id, waitsOf(loaded.process, loaded.instance)));
  }
  const rows = (await store.loadWork(ids)).map(({ instance, rows }) => text(instance, rows));
  return [rows.sort(), told.sort()] as const;
}

/** A case in `make`, whose sign-off is needed; asked for by the administrator. */
async function signOff({ service, begin }: Setup): Promise<string> {
  const id = await begin({ ready: true, limit: 100, staff: 40, price: 10, due: '2026-03-01' });
  for (const event of [
    { type: 'complete', activity: 'form' },
    { type: 'complete', activity: 'pick', choices: ['a', 'b'] },
    { type: 'complete', activity: 'copy' },
    { type: 'advance', step: 'intake' },
    { type: 'complete', activity: 'build', choices: ['fast'] },
    { type: 'skip', activity: 'budget', reason: 'x' },
    { type: 'request-approval', approval: 'sign-off' },
  ]) {
    await service.send(id, event, request());
  }
  return id;
}

describe.each(databases)('work on %s', (_name, url) => {
  it('is in the table what the documents give, after some hundred random commands', async () => {
    const made = await setup(await url());
    const { service, clock } = made;
    await service.publish(SIDE, ADMIN);
    await service.publish(GUARDED, ADMIN);
    const r = random(20260215);
    const begin = async () => {
      const process = r.pick(['small', 'side', 'loan']);
      return (await service.start({ process }, request(process === 'loan' ? REP : ADMIN))).instance.id;
    };
    const ids = await Promise.all(Array.from({ length: 12 }, begin));
    let sent = 0;
    let waiting = 0;
    for (let round = 0; round < 14; round += 1) {
      clock.move(MINUTE);
      const step = async (id: string) => {
        const by = r.pick([ADMIN, DEPUTY, MANAGER]);
        const { actions } = await service.getInstance(id, ADMIN);
        const rare = (type: string) => ['close', 'hold'].includes(type) && !r.chance(0.05);
        const open = actions.filter(({ allowed, type }) => allowed && !rare(type));
        const { type, input } = toCommand(r.pick(open), r);
        sent += 1;
        await service.send(id, { ...input, type }, request(by)).catch(() => {});
      };
      await Promise.all([...ids, ...ids].map(step));
      const [rows, told] = await rowsAndTold(made, ids);
      expect(rows).toEqual(told);
      waiting += rows.filter((row) => /role:|actor:/.test(row)).length;
    }
    expect(sent).toBe(336);
    expect(waiting).toBeGreaterThan(100);
    expect(await service.verifyAll(null)).toMatchObject({ ok: true, broken: null });
  });

  it('is what waits for the roles of the caller and for it by name, once, the oldest first', async () => {
    const made = await setup(await url());
    const { service, clock, begin } = made;
    const first = await begin();
    clock.move(MINUTE);
    const second = await begin();
    await service.send(second, { type: 'assign', owner: 'bea' }, request());
    const small = { process: 'small', version: 1, key: null, title: { zh: '小流程', en: 'Small' }, status: 'active' };
    const [item, ...others] = await listed(service, CLERK);
    expect(item).toEqual({
      instance: { ...small, id: first, owner: 'ada' },
      phase: 'begin',
      step: 'intake',
      title: { zh: '受理', en: 'Intake' },
      since: '2026-02-13T09:30:00.000Z',
      due: null,
      activities: [
        { id: 'form', title: { zh: '表单', en: 'Form' } },
        { id: 'pick', title: { zh: '选择', en: 'Pick' } },
      ],
      approvals: [],
      advance: false,
      enter: false,
    });
    expect(said(others)).toEqual(['papers: collect copy', 'intake: form pick', 'papers: collect copy']);
    expect(others.map(({ instance }) => instance.id)).toEqual([first, second, second]);
    expect(said(await listed(service, BOSS))).toEqual(['papers: collect copy', 'papers: collect copy']);
    for (const by of [BOTH, ADMIN]) {
      for (const limit of [1, 2, 200])
        expect((await listed(service, by, { limit })).map(({ instance, step }) => [instance.id, step])).toEqual([
          [first, 'intake'],
          [first, 'papers'],
          [second, 'intake'],
          [second, 'papers'],
        ]);
    }
    expect(said(await listed(service, BOTH, { role: 'boss' }))).toEqual([
      'papers: collect copy',
      'papers: collect copy',
    ]);
    expect(await listed(service, BOTH, { role: 'boss', process: 'other' })).toEqual([]);
    expect(await listed(service, actor('gus', 'guest'))).toEqual([]);
    expect(await listed(service, { ...CLERK, tenant: 'acme' })).toEqual([]);
    expect(await listed(service, { ...ADMIN, tenant: 'acme' })).toEqual([]);
  });

  it('is an approval for who may decide it, and for its mover again when that is done', async () => {
    const made = await setup(await url());
    const { service } = made;
    const id = await signOff(made);
    expect(said(await listed(service, CLERK))).toEqual(['make: sign-off?']);
    expect(said(await listed(service, BOSS))).toEqual(['make: sign-off?']);
    expect(said(await listed(service, DEPUTY))).toEqual(['make: sign-off?']);
    // Who asked for it may not give it, whatever roles they hold.
    expect(await listed(service, ADMIN)).toEqual([]);
    expect((await listed(service, DEPUTY, { limit: 1 })).length).toBe(1);
    await service.send(id, { type: 'reassign', approval: 'sign-off', from: 'clerk', to: 'wang' }, request());
    expect([await listed(service, CLERK), said(await listed(service, actor('wang')))]).toEqual([
      [],
      ['make: sign-off?'],
    ]);
    expect(said(await listed(service, ADMIN, { actor: 'wang' }))).toEqual(['make: sign-off?']);
    await service.send(id, { type: 'approve', approval: 'sign-off' }, request(actor('wang')));
    expect(said(await listed(service, BOSS))).toEqual(['make: advance']);
    expect([await listed(service, CLERK), await listed(service, actor('wang'))]).toEqual([[], []]);
    await service.send(id, { type: 'hold', reason: 'x' }, request());
    expect(await listed(service, BOSS)).toEqual([]);
    await service.send(id, { type: 'resume' }, request());
    expect(said(await listed(service, BOSS))).toEqual(['make: advance']);
    await service.send(id, { type: 'advance' }, request());
    expect(said(await listed(service, BOSS))).toEqual(['check: look']);
  });

  it('is told of a role that the caller holds, and of oneself', async () => {
    const { service, begin } = await setup(await url());
    await begin();
    const ask = (by: Actor, query: Partial<WorkQuery>) => service.listWork({ ...all, ...query }, by);
    expect(await refusal(ask(CLERK, { role: 'boss' }))).toMatchObject({
      code: 'role-required',
      detail: { en: 'role should be one that carla holds (clerk); found boss' },
      extra: { roles: ['boss'] },
    });
    expect(await refusal(ask(CLERK, { actor: 'bo' }))).toMatchObject({
      code: 'role-required',
      extra: { roles: ['admin'] },
    });
    expect((await ask(CLERK, { actor: 'carla' })).work).toEqual([]);
    expect(said((await ask(CLERK, { actor: 'carla', role: 'clerk' })).work)).toHaveLength(2);
    expect(said((await ask(ADMIN, { role: 'boss' })).work)).toEqual(['papers: collect copy']);
    for (const cursor of ['x', '~~~', '~2026-02-13T09:30:00.000Z~x~y', `${'9'.repeat(90)}~a~b~c`])
      expect(await refusal(ask(CLERK, { cursor }))).toMatchObject({ code: 'malformed-request' });
  });

  it('is that of the teams and instances that the caller sees, without what is hidden', async () => {
    const { service } = await setup(await url());
    await service.publish(GUARDED, ADMIN);
    const { instance } = await service.start({ process: 'loan' }, request(REP));
    const other = await service.start({ process: 'loan' }, request(STRANGER));
    const names = new Map([
      [instance.id, 'own'],
      [other.instance.id, 'other'],
    ]);
    const whose = async (by: Actor, query: Partial<WorkQuery> = {}) =>
      (await listed(service, by, query)).map((item) => [names.get(item.instance.id), ...said([item])].join(' '));
    expect(await whose(REP)).toEqual(['own apply: form']);
    expect(await whose(STRANGER)).toEqual(['other apply: form']);
    expect(await whose(FINANCE)).toEqual(['own apply: credit', 'other apply: credit']);
    for (const by of [COLLEAGUE, GUEST, NOBODY, MANAGER]) expect(await whose(by)).toEqual([]);
    // Whoever holds the role of another team's process is not told of its instances.
    await service.send(instance.id, { type: 'assign', owner: 'ni', team: 'east' }, request(MANAGER));
    expect([await whose(REP), await whose(NOBODY)]).toEqual([[], ['own apply: form']]);
    expect(await whose(ADMIN, { role: 'finance' })).toEqual(['own apply: credit', 'other apply: credit']);
    await service.send(instance.id, { type: 'complete', activity: 'form', with: { amount: 5 } }, request(NOBODY));
    await service.send(instance.id, { type: 'complete', activity: 'credit', with: { rating: 7 } }, request(FINANCE));
    await service.send(instance.id, { type: 'advance' }, request(NOBODY));
    expect(await whose(MANAGER)).toEqual(['own decide: judge']);
    expect(await service.verifyAll(null)).toMatchObject({ ok: true });
  });

  it('comes of a bulk, of requests that are sent again and of those that met others', async () => {
    const made = await setup(await url());
    const { service } = made;
    const ids = await Promise.all(Array.from({ length: 6 }, () => made.begin({ ready: true, limit: 100000 })));
    const events: readonly EventInput[] = [
      { type: 'complete', activity: 'form', with: { staff: 60, price: 80000 } },
      { type: 'complete', activity: 'pick', choices: ['a', 'c'] },
      { type: 'complete', activity: 'copy' },
      { type: 'advance', step: 'intake' },
    ];
    const items = (n: number): BulkItem[] =>
      ids.flatMap((instance, i) =>
        events.map((event, j) => ({
          instance,
          event,
          request: request(n === 0 ? CLERK : ADMIN, {
            idempotency: { key: `${i}-${j}`, requestHash: `${i}-${j}` },
          }),
        })),
      );
    await service.bulk(items(0).slice(0, 9), false);
    await Promise.all([service.bulk(items(0), false), service.bulk(items(0), false)]);
    expect(said(await listed(service, CLERK))).toEqual(ids.map(() => 'make: build'));
    const [rows, told] = await rowsAndTold(made, ids);
    expect(rows).toEqual(told);
    // Each by two at once, of whom one finds that the other was first.
    await Promise.all(
      ids.flatMap((id) =>
        [1, 2].map(() => service.send(id, { type: 'complete', activity: 'build', choices: ['fast'] }, request(BOSS))),
      ),
    );
    expect(said(await listed(service, BOSS))).toEqual(ids.map(() => 'make: budget advance'));
    expect(await service.verifyAll(null)).toMatchObject({ ok: true });
  });

  it('of an instance that cannot be read is not listed, and passed by', async () => {
    const made = await setup(await url());
    const { service, database, begin } = made;
    const [broken, sound] = [await begin(), await begin()];
    await database.writer('history').where({ instance: broken }).update({ patch: '{' });
    expect((await listed(service, BOSS)).map(({ instance }) => instance.id)).toEqual([sound]);
    expect((await listed(service, BOTH, { limit: 1 })).map(({ instance }) => instance.id)).toEqual([sound, sound]);
  });

  it.each([
    ['is for another', { who: 'role:boss' }],
    ['is older', { since: '2025-01-01T00:00:00.000Z' }],
    ['is due', { due: '2025-01-01T00:00:00.000Z' }],
    ['is another tenant’s', { tenant: 'acme' }],
    ['is another team’s', { team: 'west' }],
    ['is gone', null],
  ])('that %s behind the history is noticed by verify', async (_what, change) => {
    const { service, database, begin } = await setup(await url());
    const id = await begin();
    expect(await service.verifyInstance(id, null)).toMatchObject({ ok: true });
    const row = database.writer('work').where({ step: 'intake' });
    if (change === null) await row.delete();
    else await row.update(change);
    for (const found of [await service.verifyInstance(id, null), await service.verifyAll(null)]) {
      expect(found).toMatchObject({ ok: false, broken: { instance: id, seq: 1 } });
      expect(found.broken?.why.en).toMatch(/^the history holds, but the list of work is not .* in the step intake/);
    }
    for (const tenant of ['main', 'acme'])
      expect(said(await listed(service, { ...BOSS, tenant }))).toEqual(
        tenant === 'main' ? ['papers: collect copy'] : [],
      );
    expect(await listed(service, { ...CLERK, tenant: 'acme' })).toEqual([]);
  });
});

it('of instances that nobody has filed is filed page by page, and again what was written to meanwhile', async () => {
  const made = await setup();
  const { service, database, store, begin } = made;
  const ids: string[] = [];
  for (let n = 0; n < 5; n += 1) ids.push(await begin());
  const [broken = ''] = ids;
  const rows = await database.writer('instances').select('bucket', { instance: 'id' });
  await database.writer('work').delete();
  await database.writer('work_pending').insert(rows);
  await database.writer('history').where({ instance: broken }).update({ patch: '{' });
  // Somebody writes to the first of each page while it is looked at, until it is that one's second turn.
  const written = new Set([broken]);
  const busy: Store = {
    ...store,
    async fileWork(filings) {
      const id = filings[0]?.instance ?? broken;
      if (!written.has(id)) await service.send(id, { type: 'note', text: 'x' }, request());
      written.add(id);
      return store.fileWork(filings);
    },
  };
  const file = createFiling({ store: busy, processes: createProcessCache(made) });
  const found: number[] = [];
  while (found.at(-1) !== 0 && found.length < 30) found.push(await file(2));
  expect(found.at(-1)).toBe(0);
  expect(written.size).toBeGreaterThan(2);
  const [table, told] = await rowsAndTold(made, ids.slice(1));
  expect(table).toEqual(told);
  expect(await store.pendingWork(null, 10)).toMatchObject([{ id: broken }]);
  expect(await service.verifyInstance(ids[1] ?? '', null)).toMatchObject({ ok: true });
});
