import { describe, expect, it } from 'vitest';
import type { ReplayPlace, ReplayQuery, Store } from '../../src/store/types.ts';
import { born, entry, type Fresh, next, setup } from './sample.ts';

const QUERY: ReplayQuery = { process: 'sales', tenant: null, since: '2026-02-01', until: '2026-03-01' };

export function replayContract(fresh: Fresh): void {
  describe('replays', () => {
    it('lists the instances of a process, of every tenant or one, whose entries reach into a period', async () => {
      const { store } = await setup(fresh);
      const on = (id: string, ...days: readonly string[]) =>
        days.map((day, n) => ({ ...entry(id, n + 1), recordedAt: `${day}T10:00:00.000Z` }));
      const grown = (id: string, tenant: string, process: string, ...days: readonly string[]) =>
        born({ row: { id, tenant, process, seq: days.length, key: `K\u0000${id}` }, entries: on(id, ...days) });
      await store.commit([
        grown('a', 'main', 'sales', '2026-01-05', '2026-01-31'),
        grown('b', 'main', 'sales', '2026-01-05', '2026-02-01'),
        grown('c', 'acme', 'sales', '2026-02-28', '2026-04-01', '2026-04-02'),
        grown('d', 'main', 'sales', '2026-03-01'),
        grown('e', 'main', 'other', '2026-02-05'),
        grown('f', 'main', 'sales', '2026-01-01', '2026-04-01'),
      ]);
      expect(await store.replaySize(QUERY)).toEqual({ instances: 3, entries: 7 });
      expect(await store.replaySize({ ...QUERY, process: 'none' })).toEqual({ instances: 0, entries: 0 });
      const ofMain = [
        { tenant: 'main', id: 'b', key: 'K\u0000b', seq: 2 },
        { tenant: 'main', id: 'f', key: 'K\u0000f', seq: 2 },
      ];
      for (const limit of [1, 2, 10]) {
        expect(await allPages(store, QUERY, limit)).toEqual([
          { tenant: 'acme', id: 'c', key: 'K\u0000c', seq: 3 },
          ...ofMain,
        ]);
        expect(await allPages(store, { ...QUERY, tenant: 'main' }, limit)).toEqual(ofMain);
      }
      expect(await store.replaySize({ ...QUERY, tenant: 'acme' })).toEqual({ instances: 1, entries: 3 });
      expect(await store.replaySize({ ...QUERY, tenant: 'none' })).toEqual({ instances: 0, entries: 0 });
    });

    it('gives whole histories as lines, with what is personal beside them', async () => {
      const { store } = await setup(fresh);
      const personal = [{ field: 'contact', value: '"王女士 🙂"', salt: 's' }];
      const one = born({ personal });
      const two = born();
      await store.commit([one, two]);
      const more = next(one);
      await store.commit([more]);
      const [first, second, third] = [...one.entries, ...more.entries, ...two.entries].map(({ text }) => text);
      const found = await store.replayHistories([two.row.id, one.row.id, 'unknown']);
      expect(found).toHaveLength(2);
      expect(found).toEqual(
        expect.arrayContaining([
          { instance: one.row.id, lines: `${first}\n\n${second}\n{"seq":2}`, personal },
          { instance: two.row.id, lines: `${third}\n`, personal: [] },
        ]),
      );
      expect(await store.replayHistories([])).toEqual([]);
      await expect(store.replayHistories(Array.from({ length: 257 }, String))).rejects.toThrow('at most 256');
    });

    it('gives all that was ever evidence of a name and scope', async () => {
      const { store } = await setup(fresh);
      const made = { name: 'review', scope: '{}', validFrom: '2026-01-01', madeAt: '2026-01-01', seq: 1 };
      const old = { ...made, validTo: '2026-03-31', withdrawnAt: '2026-02-01' };
      const stands = { ...made, validTo: '2026-06-30', withdrawnAt: null };
      const [a, b] = [born({ evidence: [old] }), born({ evidence: [stands] })];
      await store.commit([a, b, born({ evidence: [{ ...stands, scope: '{"x":1}' }] })]);
      const { name: _, scope: __, seq: ___, ...common } = made;
      expect(await store.allEvidence('main', { process: 'sales', name: 'review', scope: '{}' })).toEqual([
        { ...common, instance: b.row.id, validTo: '2026-06-30', withdrawnAt: null },
        { ...common, instance: a.row.id, validTo: '2026-03-31', withdrawnAt: '2026-02-01' },
      ]);
      expect(await store.allEvidence('acme', { process: 'sales', name: 'review', scope: '{}' })).toEqual([]);
    });
  });
}

async function allPages(store: Store, query: ReplayQuery, limit: number) {
  const found = [];
  let place: ReplayPlace | null = null;
  for (;;) {
    const rows: Awaited<ReturnType<Store['replayInstances']>> = await store.replayInstances(query, place, limit);
    found.push(...rows);
    place = rows.at(-1) ?? null;
    if (place === null) return found;
  }
}
