import { describe, expect, it } from 'vitest';
import { bucketOf, newId } from '../../src/ids.ts';
import { migrate } from '../../src/store/migrate.ts';
import { migrations } from '../../src/store/migrations.ts';
import type { Change, RecordedPlace, SoughtQuery, Store } from '../../src/store/types.ts';
import { born, entry, type Fresh, open, setup } from './sample.ts';

const ANY: SoughtQuery = {
  tenant: 'main',
  sight: null,
  instances: null,
  process: null,
  actor: null,
  type: null,
  accepted: null,
  overridden: null,
  from: null,
  to: null,
  after: null,
  back: null,
  limit: 100,
};

const noon = (day: number) => `2026-02-${String(day).padStart(2, '0')}T12:00:00.000Z`;

type Said = Partial<ReturnType<typeof entry>> & { readonly via?: string | null };

/** An instance with an entry for each of these days. */
function deal(row: Partial<Change['row']>, days: Readonly<Record<number, object>>): Change {
  const id = row.id ?? newId();
  const said = Object.entries(days);
  const entries = said.map(
    ([day, more], n) => ({ ...entry(id, n + 1), recordedAt: noon(Number(day)), ...more }) as Said,
  );
  return born({ row: { ...row, id, seq: said.length }, entries: entries as Change['entries'] });
}

/** Looking for entries across instances. */
export function soughtContract(fresh: Fresh): void {
  describe('entries that are looked for', () => {
    const filled = async () => {
      const made = await setup(fresh);
      const a = deal(
        { owner: 'ren' },
        { 1: { type: 'start' }, 3: { actor: 'cao', via: 'crm' }, 5: { accepted: false } },
      );
      const b = deal(
        { process: 'fair', team: 'east' },
        { 2: { type: 'start', actor: 'crm' }, 4: { type: 'override', overridden: true } },
      );
      const c = deal({ tenant: 'acme' }, { 6: {} });
      await made.store.commit([a, b, c]);
      const names = new Map([a, b, c].map(({ row }, n) => [row.id, 'abc'[n]]));
      const seek = async (query: Partial<SoughtQuery>) =>
        (await made.store.seekEntries({ ...ANY, ...query })).map(({ instance, seq }) => `${names.get(instance)}${seq}`);
      return { ...made, a: a.row.id, b: b.row.id, seek };
    };

    it('come newest first, of one tenant, by what they say', async () => {
      const { seek, a, b } = await filled();
      expect(await seek({})).toEqual(['a3', 'b2', 'a2', 'b1', 'a1']);
      expect(await seek({ tenant: 'acme' })).toEqual(['c1']);
      expect(await seek({ process: 'fair' })).toEqual(['b2', 'b1']);
      expect(await seek({ type: 'start' })).toEqual(['b1', 'a1']);
      expect(await seek({ accepted: false })).toEqual(['a3']);
      expect(await seek({ accepted: true, type: 'note' })).toEqual(['a2']);
      expect(await seek({ overridden: true })).toEqual(['b2']);
      expect(await seek({ overridden: false, process: 'fair' })).toEqual(['b1']);
      expect(await seek({ instances: [a] })).toEqual(['a3', 'a2', 'a1']);
      expect(await seek({ instances: [b, a], type: 'start' })).toEqual(['b1', 'a1']);
      expect(await seek({ instances: [] })).toEqual([]);
    });

    it('are found by who did it and by who did it for them', async () => {
      const { seek } = await filled();
      expect(await seek({ actor: 'crm' })).toEqual(['a2', 'b1']);
      expect(await seek({ actor: 'cao' })).toEqual(['a2']);
      expect(await seek({ actor: "x' or 1=1 --" })).toEqual([]);
    });

    it('lie between times, the first with them and the last without', async () => {
      const { seek, a } = await filled();
      expect(await seek({ from: noon(2), to: noon(4) })).toEqual(['a2', 'b1']);
      expect(await seek({ from: noon(2), to: noon(4), instances: [a] })).toEqual(['a2']);
    });

    it('are those of the instances that somebody sees', async () => {
      const { seek } = await filled();
      const sight = { processes: [], team: null, owner: 'nobody' };
      expect(await seek({ sight })).toEqual([]);
      expect(await seek({ sight: { ...sight, owner: 'ren' } })).toEqual(['a3', 'a2', 'a1']);
      expect(await seek({ sight: { ...sight, processes: ['fair'] } })).toEqual(['b2', 'b1']);
      expect(await seek({ sight: { ...sight, team: { name: 'east', processes: ['fair'] } } })).toEqual(['b2', 'b1']);
      expect(await seek({ sight: { ...sight, team: { name: 'west', processes: ['fair'] } } })).toEqual([]);
    });

    it('are walked page by page, and no farther back than said', async () => {
      const { store, seek } = await filled();
      const all = await store.seekEntries(ANY);
      const paged: RecordedPlace[] = [];
      for (let after: RecordedPlace | null = null; ; ) {
        const page: readonly RecordedPlace[] = await store.seekEntries({ ...ANY, after, limit: 2 });
        paged.push(...page);
        after = page.at(-1) ?? null;
        if (after === null) break;
      }
      expect(paged).toEqual(all);
      const walk = { tenant: 'main', from: null, to: null, after: null };
      expect(await store.seekReach({ ...walk, rows: 2 })).toEqual(all[1]);
      expect(await store.seekReach({ ...walk, rows: 2, after: all[1] ?? null })).toEqual(all[3]);
      expect(await store.seekReach({ ...walk, rows: 6 })).toBeNull();
      expect(await store.seekReach({ ...walk, rows: 3, from: noon(4) })).toBeNull();
      expect(await seek({ back: all[1] ?? null })).toEqual(['a3', 'b2']);
      expect(await seek({ back: { recordedAt: noon(3), instance: '', seq: 0 }, type: 'note' })).toEqual(['a3', 'a2']);
    });

    it('are taken over from what earlier programs left, as far as it can be read', async () => {
      const { database, store } = await open(await fresh());
      await migrate(
        database,
        migrations.filter(({ name }) => name < '025'),
      );
      const id = newId();
      const told = { actor: 'cao', via: 'crm', type: 'advance', accepted: true };
      const overridden = { kind: 'all', of: [{ kind: 'condition', verdict: 'met', overridden: { by: 'ma' } }] };
      const texts = [
        JSON.stringify(told),
        JSON.stringify({ ...told, verdicts: overridden }),
        JSON.stringify({ ...told, type: 'override', accepted: false, verdicts: { kind: 'all' } }),
        '{"broken',
      ];
      const { process, version, digest, revision, seq, head } = born({ row: { id } }).row;
      const columns = { process, version, digest, status: 'active', revision, seq, head };
      const row = { bucket: bucketOf(id), id, tenant: 'acme', ...columns, started_at: noon(1), updated_at: noon(1) };
      await database.writer('instances').insert(row);
      const place = { bucket: bucketOf(id), instance: id, hash: 'h' };
      for (const [n, text] of texts.entries())
        await database.writer('history').insert({ ...place, seq: n + 1, recorded_at: noon(n + 1), text });
      await store.migrate();
      const seqs = async (store: Store, query: Partial<SoughtQuery>) =>
        (await store.seekEntries({ ...ANY, tenant: 'acme', ...query })).map((found) => found.seq);
      expect(await seqs(store, {})).toEqual([4, 3, 2, 1]);
      expect(await seqs(store, { actor: 'crm' })).toEqual([3, 2, 1]);
      expect(await seqs(store, { overridden: true })).toEqual([3, 2]);
      expect(await seqs(store, { accepted: false })).toEqual([4, 3]);
      expect(await seqs(store, { type: 'advance', process: 'sales' })).toEqual([2, 1]);
    });
  });
}
