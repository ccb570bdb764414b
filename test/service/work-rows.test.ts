import { describe, expect, it } from 'vitest';
import type { BulkItem, EventInput } from '../../src/service/index.ts';
import { createProcessCache } from '../../src/service/process-cache.ts';
import { createRowFiling } from '../../src/service/row-filing.ts';
import type { Store } from '../../src/store/types.ts';
import { GUARDED, MANAGER, REP } from '../engine/guarded.ts';
import { ADMIN, BOSS, CLERK, DEPUTY } from '../engine/process.ts';
import { random } from '../engine/random.ts';
import { SIDE } from '../engine/side.ts';
import { toCommand } from '../engine/walk.ts';
import { databases, request, setup } from './setup.ts';
import { listed, MINUTE, rowsAndTold, said } from './work.ts';

describe.each(databases)('the rows of work on %s', (_name, url) => {
  it('are what the documents give, after some hundred random commands', async () => {
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

  it('come of a bulk, of requests that are sent again and of those that met others', async () => {
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

  it.each([
    ['is for another', { who: 'role:boss' }],
    ['is older', { since: '2025-01-01T00:00:00.000Z' }],
    ['is due', { due: '2025-01-01T00:00:00.000Z' }],
    ['is another tenant’s', { tenant: 'acme' }],
    ['is another team’s', { team: 'west' }],
    ['is gone', null],
  ])('of which one %s behind the history is noticed by verify', async (_what, change) => {
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

it('work of instances that nobody has filed is filed page by page, and again what was written to meanwhile', async () => {
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
    async fileRows(filings) {
      const id = filings[0]?.instance ?? broken;
      if (!written.has(id)) await service.send(id, { type: 'note', text: 'x' }, request());
      written.add(id);
      return store.fileRows(filings);
    },
  };
  const file = createRowFiling({ store: busy, processes: createProcessCache(made) });
  const found: number[] = [];
  while (found.at(-1) !== 0 && found.length < 30) found.push(await file(2));
  expect(found.at(-1)).toBe(0);
  expect(written.size).toBeGreaterThan(2);
  const [table, told] = await rowsAndTold(made, ids.slice(1));
  expect(table).toEqual(told);
  expect(await store.pendingFilings(null, 10)).toMatchObject([{ id: broken }]);
  expect(await service.verifyInstance(ids[1] ?? '', null)).toMatchObject({ ok: true });
});
