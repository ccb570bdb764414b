import { describe, expect, it } from 'vitest';
import { migrate } from '../../src/store/migrate.ts';
import { migrations } from '../../src/store/migrations.ts';
import type { NewDefinition, PublicationRow, Store } from '../../src/store/types.ts';
import { at, born, type Fresh, open, setup } from './sample.ts';

export function definition(process: string, digest: string): NewDefinition {
  const yaml = `process: ${process} # 版本 ${digest} 🚀\n`;
  return { process, digest, yaml, calendars: '[]', addedAt: at, addedBy: 'admin' };
}

const day = (n: number) => `2026-03-0${n}T00:00:00.000Z`;

function line(process: string, seq: number, version: number, rest: Partial<PublicationRow> = {}): PublicationRow {
  const nothing = { via: null, note: null, hypothesis: null, metric: null, effectiveAt: null, tests: null };
  return {
    process,
    seq,
    version,
    act: 'draft',
    at: day(1),
    actor: '张三',
    ...nothing,
    outcome: null,
    isForced: false,
    ...rest,
  };
}

/** Published at an instant, at once or from another one on. */
const published = (process: string, seq: number, version: number, when: string, effectiveAt = when) =>
  line(process, seq, version, { act: 'publish', at: when, effectiveAt });

async function withVersions(fresh: Fresh, versions: number) {
  const made = await setup(fresh);
  for (let n = 1; n <= versions; n += 1) await made.store.addDefinition(definition('sales', `${n}`));
  return made;
}

async function record(store: Store, ...rows: readonly PublicationRow[]): Promise<void> {
  for (const row of rows) expect(await store.addPublication(row)).toBe(true);
}

/** Definitions, and what is recorded of them. */
export function publicationContract(fresh: Fresh): void {
  describe('definitions', () => {
    it('get running numbers, and the same digest the same one', async () => {
      const { store } = await setup(fresh);
      expect(await store.addDefinition(definition('sales', 'a'))).toEqual({ version: 1, created: true });
      expect(await store.addDefinition(definition('sales', 'b'))).toEqual({ version: 2, created: true });
      expect(await store.addDefinition(definition('sales', 'a'))).toEqual({ version: 1, created: false });
      expect(await store.addDefinition(definition('review', 'a'))).toEqual({ version: 1, created: true });
      expect(await store.getDefinition('sales', 2)).toEqual({ ...definition('sales', 'b'), version: 2 });
      expect(await store.getDefinition('sales', 3)).toBeNull();
      expect(await store.getDefinition('other', 1)).toBeNull();
      const known = ['review 1', 'sales 1', 'sales 2'];
      const found = await store.listKnownVersions(at);
      expect(found.map(({ process, version, isPublished }) => [`${process} ${version}`, isPublished])).toEqual(
        known.map((name) => [name, false]),
      );
    });

    it('are numbered without gaps when added at the same time', async () => {
      const { store } = await setup(fresh);
      const digests = Array.from({ length: 24 }, (_, n) => `digest-${n % 8}`);
      const added = await Promise.all(digests.map((digest) => store.addDefinition(definition('sales', digest))));
      expect(added.filter(({ created }) => created).length).toBe(8);
      expect(new Set(added.map(({ version }, n) => `${version} ${digests[n]}`)).size).toBe(8);
      expect((await store.listKnownVersions(at)).map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    });
  });

  describe('the record of a process', () => {
    it('takes each number once, and gives back what was written', async () => {
      const { store } = await withVersions(fresh, 2);
      const whole = line('sales', 1, 1, {
        via: '门户',
        note: '收紧关口 🚀',
        hypothesis: '更快',
        metric: '周期',
        tests: 'process: sales\n',
      });
      const outcome = '{"passed":1,"failed":["a"]}';
      const two = line('sales', 2, 1, { act: 'publish', effectiveAt: day(1), outcome, isForced: true });
      await record(store, whole, two);
      expect(await store.addPublication(line('sales', 2, 2))).toBe(false);
      expect(await store.publicationsOf('sales', 1)).toEqual([whole, two]);
      expect(await store.publicationsOf('sales', 2)).toEqual([]);
      expect(await store.lastPublication('sales')).toEqual(two);
      expect(await store.lastPublication('other')).toBeNull();
    });

    it('takes a number once when several are first', async () => {
      const { store } = await withVersions(fresh, 1);
      const added = await Promise.all(
        Array.from({ length: 12 }, (_, n) => store.addPublication(line('sales', 1, 1, { actor: `${n}` }))),
      );
      expect(added.filter((is) => is)).toEqual([true]);
      expect(await store.publicationsOf('sales', 1)).toHaveLength(1);
    });

    it('says of each version what was done, the highest first, by pages', async () => {
      const { store } = await withVersions(fresh, 4);
      const rows = [line('sales', 1, 1), published('sales', 2, 1, day(2)), line('sales', 3, 3), line('sales', 4, 2)];
      await record(store, ...rows);
      const [one, oneAgain, three, two] = rows;
      const version = (n: number, ...lines: readonly (PublicationRow | undefined)[]) => ({
        process: 'sales',
        version: n,
        digest: `${n}`,
        record: lines,
      });
      expect(await store.listVersions('sales', null, 2)).toEqual([version(3, three), version(2, two)]);
      expect(await store.listVersions('sales', 2, 2)).toEqual([version(1, one, oneAgain)]);
      expect(await store.listVersions('other', null, 2)).toEqual([]);
    });
  });

  describe('the newest version', () => {
    const numberAt = async (store: Store, now: string) => (await store.newestVersion('sales', now))?.version ?? null;

    it('is what came into effect last, whatever its number, and never a draft', async () => {
      const { store } = await withVersions(fresh, 3);
      expect(await store.newestVersion('sales', day(9))).toBeNull();
      await record(store, published('sales', 1, 1, day(1)), line('sales', 2, 3, { at: day(2) }));
      expect(await numberAt(store, day(9))).toBe(1);
      await record(store, published('sales', 3, 2, day(3)));
      expect(await store.newestVersion('sales', day(9))).toEqual({
        process: 'sales',
        version: 2,
        at: day(3),
        actor: '张三',
        effectiveAt: day(3),
      });
      await record(store, published('sales', 4, 1, day(4)));
      expect([await numberAt(store, day(4)), await store.nextEffective('sales', day(4))]).toEqual([1, null]);
      // Recorded in one and the same millisecond: the later line counts.
      await record(store, published('sales', 5, 2, day(4)));
      expect(await numberAt(store, day(4))).toBe(2);
    });

    it('comes into effect by time alone; what was published at once is, by whichever clock', async () => {
      const { store } = await withVersions(fresh, 2);
      await record(store, published('sales', 1, 1, day(2)), published('sales', 2, 2, day(2), day(5)));
      expect([await numberAt(store, day(1)), await store.nextEffective('sales', day(1))]).toEqual([1, day(5)]);
      expect(await numberAt(store, day(4))).toBe(1);
      expect([await numberAt(store, day(5)), await store.nextEffective('sales', day(5))]).toEqual([2, null]);
      const known = async (now: string) => (await store.listKnownVersions(now)).map(({ isPublished }) => isPublished);
      expect([await known(day(4)), await known(day(5))]).toEqual([
        [true, false],
        [true, true],
      ]);
      await record(store, published('sales', 3, 1, day(2)));
      expect(await store.listPublished('sales', day(4), 9)).toEqual([1]);
      expect([await store.listPublished('sales', day(5), 9), await store.listPublished('sales', day(5), 1)]).toEqual([
        [2, 1],
        [2],
      ]);
    });

    it.each([
      ['withdrawn', line('sales', 3, 2, { act: 'withdraw', at: day(3) }), [1, 1, 1]],
      ['given a later time', published('sales', 3, 2, day(3), day(7)), [1, 1, 2]],
      ['given an earlier time', published('sales', 3, 2, day(3), day(4)), [2, 2, 2]],
      ['published at once', published('sales', 3, 2, day(3)), [2, 2, 2]],
    ] as const)('is not what was %s before it came into effect', async (_what, row, numbers) => {
      const { store } = await withVersions(fresh, 2);
      await record(store, published('sales', 1, 1, day(1)), published('sales', 2, 2, day(2), day(5)), row);
      expect([await numberAt(store, day(4)), await numberAt(store, day(5)), await numberAt(store, day(7))]).toEqual(
        numbers,
      );
    });

    it('is listed for every process that has one', async () => {
      const { store } = await withVersions(fresh, 2);
      for (const process of ['review', 'training']) await store.addDefinition(definition(process, 'a'));
      await record(store, published('sales', 1, 2, day(1)), published('sales', 2, 1, day(2)));
      await record(store, line('training', 1, 1), published('review', 1, 1, day(1)));
      const found = await store.listNewest(day(3));
      expect(found.map(({ process, version, effectiveAt }) => [process, version, effectiveAt])).toEqual([
        ['review', 1, day(1)],
        ['sales', 1, day(2)],
      ]);
    });
  });

  it('counts the instances of a tenant on each version', async () => {
    const { store } = await setup(fresh);
    const on = (version: number, row: Parameters<typeof born>[0]) =>
      born({ ...row, row: { process: 'sales', version, ...row?.row } });
    await store.commit([
      on(1, {}),
      on(1, { row: { status: 'on-hold' } }),
      on(1, { row: { status: 'closed' } }),
      on(2, { row: { status: 'closed' } }),
      on(2, { row: { tenant: 'acme' } }),
      on(2, { row: { process: 'review' } }),
    ]);
    const { tenant } = born().row;
    expect(await store.countInstances(tenant, 'sales', [2, 1, 9])).toEqual([
      { version: 2, open: 0, closed: 1 },
      { version: 1, open: 2, closed: 1 },
      { version: 9, open: 0, closed: 0 },
    ]);
  });

  it('takes over what was published before, the highest number as the newest', async () => {
    const { database, store } = await open(await fresh());
    const before = migrations.findIndex(({ name }) => name === '021-publications');
    await migrate(database, migrations.slice(0, before));
    // The clock went back between the second and the third.
    const rows = [day(1), day(5), day(3)].map((when, n) => ({
      process: 'sales',
      version: n + 1,
      digest: `${n}`,
      yaml: 'y',
      published_at: when,
      published_by: 'serve',
    }));
    for (const row of rows) await database.writer('definitions').insert(row);
    await store.migrate();
    expect((await store.newestVersion('sales', day(4)))?.version).toBe(3);
    const told = (await store.listVersions('sales', null, 10)).flatMap(({ record }) => record);
    expect(told).toEqual([
      { ...published('sales', 3, 3, day(5)), actor: 'serve' },
      { ...published('sales', 2, 2, day(5)), actor: 'serve' },
      { ...published('sales', 1, 1, day(1)), actor: 'serve' },
    ]);
  });
}
