import { describe, expect, it } from 'vitest';
import { bucketOf, newId } from '../../src/ids.ts';
import type { Change, NewWorkRow, Sight, Store, WorkQuery, WorkRow } from '../../src/store/types.ts';
import { at, born, entry, type Fresh, next, setup } from './sample.ts';

const day = (n: number) => `2026-02-${String(n).padStart(2, '0')}T00:00:00.000Z`;
const wait = (step: string, who: string, since = at, due: string | null = null): NewWorkRow => ({
  step,
  who,
  since,
  due,
});
const listedWith = (...listed: readonly NewWorkRow[]) => ({ gone: [], listed });

const anyWork: WorkQuery = { tenant: 'main', whos: [], sight: null, process: null, after: null, limit: 200 };

/** Every page of so many rows. */
async function pages(store: Store, query: Partial<WorkQuery>): Promise<readonly WorkRow[]> {
  const rows: WorkRow[] = [];
  for (;;) {
    const page: readonly WorkRow[] = await store.listWork({ ...anyWork, ...query, after: rows.at(-1) ?? null });
    rows.push(...page);
    if (page.length < (query.limit ?? 200)) return rows;
  }
}

async function stored(store: Store, ...ids: readonly string[]) {
  const found = [...(await store.loadWork(ids))].sort(byId);
  return found.map(({ instance, rows, ...rest }) => ({
    ...rest,
    instance,
    rows: rows.map(({ step, who, since, due }) => `${step} ${who} ${since} ${due}`).sort(),
  }));
}

export function workContract(fresh: Fresh): void {
  describe('work', () => {
    it('is listed what is due soonest first, then what has waited longest, page after page', async () => {
      const { store } = await setup(fresh);
      const rows: WorkRow[] = [];
      const changes: Change[] = [];
      for (let n = 0; n < 40; n += 1) {
        const id = newId();
        const listed = ['role:a', 'role:b', 'actor:x'].flatMap((who, i) =>
          (n + i) % 3 === 0 ? [] : [wait(`s${n % 4}`, who, day(1 + (n % 5)), n % 4 === 0 ? day(10 + (n % 3)) : null)],
        );
        rows.push(...listed.map((row) => ({ ...row, instance: id })));
        changes.push(born({ row: { id }, work: listedWith(...listed) }));
      }
      await store.commit(changes);
      const place = ({ due, since, instance, step, who }: WorkRow) =>
        [due ?? '~', since, instance, step, who].join(' ');
      for (const whos of [['role:a'], ['role:a', 'role:b'], ['actor:x', 'role:b', 'role:a', 'role:none']]) {
        const expected = rows.filter(({ who }) => whos.includes(who)).sort((a, b) => (place(a) < place(b) ? -1 : 1));
        expect(await pages(store, { whos }), whos.join()).toEqual(expected);
        if (whos.length === 1)
          for (const limit of [1, 7]) expect(await pages(store, { whos, limit })).toEqual(expected);
      }
      expect(await pages(store, { whos: [] })).toEqual([]);
      expect(await pages(store, { whos: ['role:a'], tenant: 'acme' })).toEqual([]);
    });

    it('of a role is narrowed to what the caller sees, of a person to nothing', async () => {
      const { store } = await setup(fresh);
      const made = ['p east ann', 'p west ann', 'q east ben', 'q west ann', 'r east ben', 'r - -'].map((text) => {
        const [process = '', team = '', owner = ''] = text.split(' ').map((word) => (word === '-' ? '' : word));
        const row = { process, team: team || null, owner: owner || null };
        return born({ row, work: listedWith(wait('s', 'role:a'), wait('s', 'actor:x')) });
      });
      await store.commit(made);
      const names = new Map(made.map(({ row }) => [row.id, [row.process, row.team, row.owner].join(' ')]));
      const of = async (who: string, sight: Sight | null, process: string | null = null) =>
        (await pages(store, { whos: [who], sight, process })).map(({ instance }) => names.get(instance)).sort();
      const sight: Sight = { processes: ['p'], team: { name: 'east', processes: ['q'] }, owner: 'ann' };
      expect(await of('role:a', sight)).toEqual(['p east ann', 'p west ann', 'q east ben', 'q west ann']);
      expect(await of('role:a', { processes: [], team: null, owner: 'ben' })).toEqual(['q east ben', 'r east ben']);
      expect(await of('role:a', sight, 'q')).toEqual(['q east ben', 'q west ann']);
      expect(await of('actor:x', sight)).toHaveLength(6);
      expect(await of('role:a', null, 'r')).toEqual(['r  ', 'r east ben']);
    });

    it('is written with the change that it comes of: what is gone, what is new, what is other', async () => {
      const { store, database } = await setup(fresh);
      const one = born({ work: listedWith(wait('a', 'role:x'), wait('a', 'role:y'), wait('b', 'role:x')) });
      const other = born({ work: listedWith(wait('a', 'role:x')) });
      await store.commit([one, other]);
      const two = next(one, {
        row: { owner: 'ann', team: 'east' },
        moved: true,
        work: {
          gone: [
            { step: 'a', who: 'role:x' },
            { step: 'c', who: 'role:x' },
          ],
          listed: [wait('a', 'role:y', day(20), day(28)), wait('c', 'actor:y')],
        },
      });
      expect(await store.commit([two, next(other)])).toEqual(['ok', 'ok']);
      expect(await stored(store, one.row.id, other.row.id, newId())).toEqual(
        [
          {
            instance: one.row.id,
            seq: 2,
            isPending: false,
            rows: [`a role:y ${day(20)} ${day(28)}`, `b role:x ${at} null`, `c actor:y ${at} null`],
          },
          { instance: other.row.id, seq: 2, isPending: false, rows: [`a role:x ${at} null`] },
        ].sort(byId),
      );
      const teams = await database.reader('work').where({ instance: one.row.id }).orderBy(['step', 'who']);
      expect(teams.map(({ owner, team }: WorkRow & { owner: string; team: string }) => [owner, team])).toEqual([
        ['ann', 'east'],
        [null, null],
        ['ann', 'east'],
      ]);
    });

    it('of a change that cannot be is not written', async () => {
      const { store } = await setup(fresh);
      const one = born({ work: listedWith(wait('a', 'role:x')) });
      await store.commit([one, born({ row: { key: 'K' }, claimKey: 'K' })]);
      const stale = next(next(one), { work: { gone: [{ step: 'a', who: 'role:x' }], listed: [wait('b', 'role:x')] } });
      const taken = born({ row: { key: 'K' }, claimKey: 'K', work: listedWith(wait('a', 'role:x')) });
      const good = born({ work: listedWith(wait('z', 'role:x')) });
      expect(await store.commit([stale, taken, good])).toEqual(['stale', 'key-in-use', 'ok']);
      const found = await pages(store, { whos: ['role:x'] });
      expect(found.map(({ instance, step }) => [instance, step]).sort()).toEqual(
        [
          [one.row.id, 'a'],
          [good.row.id, 'z'],
        ].sort(),
      );
    });

    it('is filed in whole of an instance that still stands where it was looked at', async () => {
      const { store, database } = await setup(fresh);
      const made = Array.from({ length: 5 }, () => born({ work: listedWith(wait('old', 'role:x')) }));
      await store.commit(made);
      const places = made.map(({ row }) => ({ bucket: bucketOf(row.id), id: row.id }));
      places.sort((a, b) => a.bucket - b.bucket || (a.id < b.id ? -1 : 1));
      await database.writer('work_pending').insert(places.map(({ bucket, id }) => ({ bucket, instance: id })));
      const first = await store.pendingFilings(null, 3);
      expect(first).toEqual(places.slice(0, 3));
      expect(await store.pendingFilings(first[2] ?? null, 3)).toEqual(places.slice(3));

      const [one = '', two = ''] = made.map(({ row }) => row.id);
      expect(await stored(store, one)).toMatchObject([{ isPending: true }]);
      const filings = [
        { instance: one, seq: 1, work: [wait('new', 'role:y'), wait('old', 'role:x', day(3))], cards: [] },
        { instance: two, seq: 7, work: [wait('wrong', 'role:y')], cards: [] },
        { instance: newId(), seq: 1, work: [], cards: [] },
      ];
      expect(await store.fileRows(filings)).toBe(1);
      expect(await stored(store, one, two)).toEqual(
        [
          { instance: one, seq: 1, isPending: false, rows: [`new role:y ${at} null`, `old role:x ${day(3)} null`] },
          { instance: two, seq: 1, isPending: true, rows: [`old role:x ${at} null`] },
        ].sort(byId),
      );
      expect(await store.fileRows([{ instance: two, seq: 1, work: [], cards: [] }])).toBe(1);
      expect(await stored(store, two)).toEqual([{ instance: two, seq: 1, isPending: false, rows: [] }]);
      expect((await store.pendingFilings(null, 10)).map(({ id }) => id)).not.toContain(two);
    });

    it('is to be filed anew when personal values were erased', async () => {
      const { store } = await setup(fresh);
      const one = born({ personal: [{ field: 'contact', value: '"x"', salt: 's' }] });
      await store.commit([one, born({ entries: [entry(newId(), 1)] })]);
      for (const _ of [1, 2]) await store.erasePersonal(one.row.id);
      expect((await store.pendingFilings(null, 10)).map(({ id }) => id)).toEqual([one.row.id]);
    });
  });
}

/** In order of their places in the table. */
function byId(a: { readonly instance: string }, b: { readonly instance: string }): number {
  return a.instance < b.instance ? -1 : 1;
}
