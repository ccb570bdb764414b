import { describe, expect, it } from 'vitest';
import { newId } from '../../src/ids.ts';
import {
  at,
  born,
  entry,
  type Fresh,
  historyRow,
  listed,
  next,
  remembered,
  request,
  setup,
  storedAfter,
} from './sample.ts';

/** Texts that have broken databases before: NUL, quotes, escapes, emoji, halves of surrogate pairs, JSON in JSON. */
const awkward = '客户\u0000"引号"\\u0000 \\ \n\t\u2028 👩‍💻 {"a":[1]} \'; -- $1 ? \ud800';

export function commitContract(fresh: Fresh): void {
  describe('commit', () => {
    it('gives back every value as it was written', async () => {
      const { store } = await setup(fresh);
      const id = newId();
      const doc = JSON.stringify({ note: awkward, 数量: 1.5, 'k"ey': null });
      const text = JSON.stringify({ text: awkward });
      const change = born({
        row: { id, key: awkward, outcome: 'won', updatedAt: '2026-02-14T00:00:00.000Z' },
        snapshot: doc,
        entries: [
          { ...entry(id, 0), text },
          { ...entry(id, 1), text: ` ${text} ` },
        ],
        personal: [
          { field: 'contact', value: JSON.stringify(awkward), salt: 'abc' },
          { field: 'phone', value: '"+86"', salt: 'def' },
        ],
        claimKey: awkward,
        idempotency: [request(awkward, { instance: id })],
      });
      expect(await store.commit([change])).toEqual(['ok']);

      const [loaded, ...others] = await store.loadInstances([id, newId(), id]);
      expect(others).toEqual([]);
      expect({ ...loaded, personal: loaded?.personal.toSorted((a, b) => (a.field < b.field ? -1 : 1)) }).toEqual(
        storedAfter(change),
      );
      const patched = next(change, { entries: [{ ...entry(id, 2), patch: doc }] });
      expect(await store.commit([patched])).toEqual(['ok']);
      expect((await store.loadInstances([id]))[0]?.patches).toBe(doc);
      expect(await store.history(id, -1, 10)).toEqual(
        [...change.entries, ...patched.entries].map((written) => historyRow(id, written)),
      );
      expect(await remembered(store, 'key-1', awkward)).toEqual(change.idempotency[0]);
      expect(await listed(store, { key: awkward })).toEqual([id]);
    });

    it('keeps keys apart that differ in what a database cannot store', async () => {
      const { store } = await setup(fresh);
      const keys = ['a\u0000b', 'a\u0000c', 'a\\u0000b', 'a', 'a\ud800', 'a\ud801', 'a\ufffd', 'A'];
      const changes = keys.map((key) => born({ row: { key }, claimKey: key, idempotency: [request(key)] }));
      expect(await store.commit(changes)).toEqual(keys.map(() => 'ok'));
      for (const { row } of changes) expect(await listed(store, { key: row.key })).toEqual([row.id]);
      for (const { row } of changes) expect(await store.keyHolder('main', 'sales', row.key ?? '')).toBe(row.id);
      for (const key of keys) expect((await remembered(store, 'key-1', key))?.key).toBe(key);
    });

    it('keeps the business keys of tenants apart', async () => {
      const { store } = await setup(fresh);
      const one = born({ row: { key: 'A' }, claimKey: 'A' });
      const two = born({ row: { key: 'A', tenant: 'acme' }, claimKey: 'A' });
      const three = born({ row: { key: 'A', tenant: 'acme' }, claimKey: 'A' });
      expect(await store.commit([one, two, three])).toEqual(['ok', 'ok', 'key-in-use']);
      expect(await store.commit([next(two, { releaseKey: 'A' })])).toEqual(['ok']);
      expect(await store.commit([three, born({ row: { key: 'A' }, claimKey: 'A' })])).toEqual(['ok', 'key-in-use']);
    });

    it('hands an instance on to another owner and team', async () => {
      const { store } = await setup(fresh);
      const change = born({ row: { owner: 'ann', team: '华东' } });
      const moved = next(change, { row: { owner: 'ben', team: null }, moved: true });
      expect(await store.commit([change])).toEqual(['ok']);
      expect(await store.loadInstances([change.row.id])).toEqual([storedAfter(change)]);
      expect(await store.commit([moved])).toEqual(['ok']);
      expect(await store.loadInstances([change.row.id])).toEqual([storedAfter(change, moved)]);
    });

    it('takes a whole document in place of its snapshot and of the patches since', async () => {
      const { store } = await setup(fresh);
      const first = born();
      const second = next(first, {
        entries: [2, 3, 4].map((seq) => ({ ...entry(first.row.id, seq), patch: seq === 3 ? null : `{"n":${seq}}` })),
        row: { seq: 4 },
      });
      const third = next(second, { snapshot: '{"whole":5}', entries: [entry(first.row.id, 5)] });
      const fourth = next(third, { entries: [{ ...entry(first.row.id, 6), patch: null }] });
      for (const [n, change] of [first, second, third, fourth, next(fourth)].entries()) {
        expect(await store.commit([change, born()])).toEqual(['ok', 'ok']);
        const done = [second, third, fourth, next(fourth)].slice(0, n);
        expect(await store.loadInstances([first.row.id])).toEqual([storedAfter(first, ...done)]);
      }
      const [row] = await store.loadInstances([first.row.id]);
      expect(row).toMatchObject({ snapshot: '{"whole":5}', snapshotSeq: 5, patches: '{"seq":7}' });
    });

    it('changes the counters and adds to the document of what has not moved', async () => {
      const { store } = await setup(fresh);
      const first = born({ row: { key: 'C-1' } });
      const second = next(first, { row: { updatedAt: '2026-02-15T00:00:00.000Z' } });
      expect(await store.commit([first])).toEqual(['ok']);
      expect(await store.commit([second])).toEqual(['ok']);
      expect(await store.loadInstances([first.row.id])).toEqual([storedAfter(first, second)]);
      expect(await listed(store, { step: 'market-analysis' })).toEqual([first.row.id]);
      expect((await store.history(first.row.id, 0, 10)).map(({ seq }) => seq)).toEqual([1, 2]);
    });

    it('changes everything of what has moved', async () => {
      const { store } = await setup(fresh);
      const first = born({
        position: [
          { phase: 'preparation', step: 'market-analysis' },
          { phase: 'preparation', step: 'tools' },
        ],
      });
      const moved = next(first, {
        row: { key: 'C-1', status: 'closed', outcome: 'won', version: 2, digest: 'other' },
        position: [
          { phase: 'preparation', step: 'tools' },
          { phase: 'follow-up', step: 'demo' },
          { phase: 'follow-up', step: 'demo' },
        ],
        moved: true,
      });
      const cleared = next(moved, { row: { key: null, outcome: null, status: 'active' }, position: [], moved: true });
      await store.commit([first]);
      expect(await store.commit([moved])).toEqual(['ok']);
      expect(await store.loadInstances([first.row.id])).toEqual([storedAfter(first, moved)]);
      expect(await listed(store, { step: 'market-analysis' })).toEqual([]);
      expect(await listed(store, { step: 'tools' })).toEqual([first.row.id]);
      expect(await listed(store, { phase: 'follow-up' })).toEqual([first.row.id]);
      expect(await store.commit([cleared])).toEqual(['ok']);
      expect(await store.loadInstances([first.row.id])).toEqual([storedAfter(first, moved, cleared)]);
      expect(await listed(store, { phase: 'follow-up' })).toEqual([]);
    });

    it('says of each change what stood in its way and commits its neighbours', async () => {
      const { store } = await setup(fresh);
      const settled = born({ row: { key: 'taken' }, claimKey: 'taken', idempotency: [request('used')] });
      const old = born();
      await store.commit([settled, old, born()]);
      await store.commit([next(old)]);

      const good = Array.from({ length: 7 }, (_, n) => born({ idempotency: [request(`good-${n}`)] }));
      const leavings = { personal: [{ field: 'contact', value: '"x"', salt: 's' }], idempotency: [request('left')] };
      const bad = [
        next(old, { ...leavings, claimKey: 'free' }),
        born({ ...leavings, row: { id: settled.row.id }, entries: [entry(settled.row.id, 9)] }),
        next(born(), leavings),
        born({ ...leavings, claimKey: 'taken' }),
        born({ personal: leavings.personal, claimKey: 'free', idempotency: [request('used')] }),
        born({ row: { id: settled.row.id }, claimKey: 'taken', idempotency: [request('used')] }),
        born({ claimKey: 'taken', idempotency: [request('used')] }),
      ];
      const batch = good.flatMap((change, n) => [change, bad[n] ?? born()]);
      expect(await store.commit(batch)).toEqual(
        ['stale', 'stale', 'stale', 'key-in-use', 'idempotency-taken', 'stale', 'key-in-use'].flatMap((result) => [
          'ok',
          result,
        ]),
      );

      expect((await store.loadInstances(good.map(({ row }) => row.id))).length).toBe(good.length);
      for (const n of good.keys()) expect(await remembered(store, 'key-1', `good-${n}`)).not.toBeNull();
      const untouched = [storedAfter(old, next(old)), storedAfter(settled)];
      const seen = await store.loadInstances(bad.map(({ row }) => row.id));
      expect(seen.toSorted((a, b) => (a.seq > b.seq ? -1 : 1))).toEqual(untouched);
      expect((await store.history(settled.row.id, 0, 10)).length).toBe(1);
      expect((await store.history(old.row.id, 0, 10)).length).toBe(2);
      expect(await remembered(store, 'key-1', 'left')).toBeNull();
      expect(await store.commit([born({ claimKey: 'free' })])).toEqual(['ok']);
    });

    it('begins an instance once, however many of a batch begin it', async () => {
      const { store } = await setup(fresh);
      const { id } = born().row;
      const work = { gone: [], listed: [{ step: 'market-analysis', who: 'role:rep', since: at, due: null }] };
      const twins = Array.from({ length: 3 }, () => born({ row: { id }, work }));
      expect(await store.commit([born(), ...twins, born()])).toEqual(['ok', 'ok', 'stale', 'stale', 'ok']);
    });

    it('gives a key to the first of two neighbours that claim it', async () => {
      const { store } = await setup(fresh);
      const claims = Array.from({ length: 5 }, (_, n) => born({ claimKey: n % 2 === 0 ? 'even' : 'odd' }));
      expect(await store.commit(claims)).toEqual(['ok', 'ok', 'key-in-use', 'key-in-use', 'key-in-use']);
      expect(await store.commit([born({ row: { process: 'review' }, claimKey: 'even' })])).toEqual(['ok']);
    });

    it('gives a key on that was given up', async () => {
      const { store } = await setup(fresh);
      const holder = born({ row: { key: 'K' }, claimKey: 'K' });
      const other = born();
      await store.commit([holder, other]);
      expect(await store.commit([next(other, { releaseKey: 'K' }), born({ claimKey: 'K' })])).toEqual([
        'ok',
        'key-in-use',
      ]);
      const closed = next(holder, { row: { status: 'closed' }, releaseKey: 'K', moved: true });
      const heir = born({ claimKey: 'K' });
      expect(await store.keyHolder('main', 'sales', 'K')).toBe(holder.row.id);
      expect(await store.commit([closed, heir])).toEqual(['ok', 'ok']);
      expect(await store.keyHolder('main', 'sales', 'K')).toBe(heir.row.id);
      expect([await store.keyHolder('main', 'review', 'K'), await store.keyHolder('main', 'sales', 'L')]).toEqual([
        null,
        null,
      ]);
      expect(await store.commit([born({ claimKey: 'K' })])).toEqual(['key-in-use']);
      expect(await store.commit([next(heir, { releaseKey: 'K', claimKey: 'L' })])).toEqual(['ok']);
      expect(await store.commit([born({ claimKey: 'K' }), born({ claimKey: 'L' })])).toEqual(['ok', 'key-in-use']);
    });

    it('takes 256 changes at once and no more', async () => {
      const { store } = await setup(fresh);
      const changes = Array.from({ length: 256 }, () =>
        born({ snapshot: JSON.stringify({ text: '字'.repeat(2000) }) }),
      );
      expect(await store.commit(changes)).toEqual(changes.map(() => 'ok'));
      const later = changes.map((change, n) => (n === 100 ? next(next(change)) : next(change)));
      expect(await store.commit(later)).toEqual(changes.map((_, n) => (n === 100 ? 'stale' : 'ok')));
      const ids = changes.map(({ row }) => row.id);
      expect((await store.loadInstances(ids)).map(({ seq }) => seq).filter((seq) => seq === 2).length).toBe(255);
      await expect(store.commit([...changes, born()])).rejects.toThrow('at most 256');
      await expect(store.loadInstances([...ids, newId()])).rejects.toThrow('at most 256');
      expect(await store.commit([])).toEqual([]);
      expect(await store.loadInstances([])).toEqual([]);
    });

    it('replaces personal values, and erases them without touching the history', async () => {
      const { store } = await setup(fresh);
      const contact = (value: string) => ({ field: 'contact', value, salt: 's' });
      const first = born({ personal: [contact('"王"'), { field: 'phone', value: '"1"', salt: 's' }] });
      await store.commit([first, born({ personal: [contact('"other"')] })]);
      await store.commit([next(first, { personal: [contact('"a"'), contact('"李"')] })]);
      const personal = async () =>
        (await store.loadInstances([first.row.id]))[0]?.personal.map(({ value }) => value).sort();
      expect(await personal()).toEqual(['"1"', '"李"']);
      const before = await store.history(first.row.id, 0, 10);
      expect(await store.erasePersonal(first.row.id)).toBe(2);
      expect(await store.erasePersonal(first.row.id)).toBe(0);
      expect(await personal()).toEqual([]);
      expect(await store.history(first.row.id, 0, 10)).toEqual(before);
    });

    it('keeps the status of a held instance, and that it goes on', async () => {
      const { store } = await setup(fresh);
      const change = born();
      const held = next(change, { row: { status: 'on-hold' }, moved: true });
      const noted = next(held);
      const resumed = next(noted, { row: { status: 'active' }, moved: true });
      await store.commit([change]);
      for (const [step, status] of [
        [held, 'on-hold'],
        [noted, 'on-hold'],
        [resumed, 'active'],
      ] as const) {
        await store.commit([step]);
        expect((await store.loadInstances([change.row.id]))[0]?.status).toBe(status);
        expect(await listed(store, { status })).toEqual([change.row.id]);
      }
      expect(await listed(store, { status: 'on-hold' })).toEqual([]);
    });

    it('leaves the quarantine of an instance alone', async () => {
      const { store } = await setup(fresh);
      const change = born();
      await store.commit([change]);
      await store.quarantine(change.row.id, '定义已被修改\u0000');
      await store.commit([next(change, { moved: true })]);
      expect((await store.loadInstances([change.row.id]))[0]?.quarantine).toMatch(/^定义已被修改/);
      await store.quarantine(change.row.id, null);
      expect((await store.loadInstances([change.row.id]))[0]?.quarantine).toBeNull();
    });

    it('commits callers that do not wait for each other', async () => {
      const { store } = await setup(fresh);
      const changes = Array.from({ length: 40 }, () => born({ claimKey: 'one' }));
      const results = (await Promise.all(changes.map((change) => store.commit([change, born()])))).flat();
      expect(results.filter((result) => result === 'ok').length).toBe(41);
      expect(results.filter((result) => result === 'key-in-use').length).toBe(39);
      expect(await remembered(store, 'key-1', at)).toBeNull();
    });
  });
}
