import { describe, expect, it } from 'vitest';
import { newId } from '../../src/ids.ts';
import { instanceListQuery } from '../../src/store/instance-list.ts';
import { migrate } from '../../src/store/migrate.ts';
import { migrations } from '../../src/store/migrations.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Change, CommitResult, InstanceQuery, Store } from '../../src/store/types.ts';
import { freshPostgres } from '../postgres.ts';
import { storeContract } from './contract.ts';
import { definition } from './record-contract.ts';
import { anyInstance, born, next, open, request, setup } from './sample.ts';

const fresh = async () => ({ url: await freshPostgres() });

storeContract('PostgreSQL', fresh);

/** Two nodes on one database. `patient`: a deadlock is not broken up, so that a test which runs into one stands still. */
async function setupTwo({ patient = false } = {}) {
  const { store, options, database } = await setup(fresh);
  if (!patient) return [store, (await open(options)).store] as const;
  await database.writer.raw("alter database ?? set deadlock_timeout = '10min'", [
    new URL(options.url).pathname.slice(1),
  ]);
  return [(await open(options)).store, (await open(options)).store] as const;
}

/** Loads deals and tries one change of each, in an order of its own. */
async function round(store: Store, ids: readonly string[], turn: number): Promise<readonly [Change, CommitResult][]> {
  const loaded = await store.loadInstances(ids);
  const changes = loaded
    .map((row, n) => next(born({ row }), { moved: n % 3 === 0, position: [{ phase: 'a', step: `s${turn % 5}` }] }))
    .sort((a, b) => (a.row.head < b.row.head ? -1 : 1));
  const results = await store.commit(changes);
  return changes.map((change, n) => [change, results[n] ?? 'stale']);
}

describe('two nodes on one PostgreSQL database', () => {
  it('bring up an empty database together', async () => {
    const options = await fresh();
    const stores = await Promise.all([open(options), open(options), open(options)]);
    await Promise.all(stores.map(({ store }) => store.migrate()));
    const later = [...migrations, { name: '998-later', up: async () => {} }];
    await Promise.all(stores.map(({ database }) => migrate(database, later)));
    const rows: readonly { readonly name: string }[] = await stores[0].database
      .reader('schema_migrations')
      .orderBy('id');
    expect(rows.map(({ name }) => name)).toEqual(later.map(({ name }) => name));
    expect(await stores[2].store.publish(definition('sales', 'a'))).toEqual({ version: 1, created: true });
  });

  it('lose no update and never wait for each other, whatever the order', async () => {
    const nodes = await setupTwo({ patient: true });
    const ids = Array.from({ length: 40 }, newId);
    expect(new Set(await nodes[0].commit(ids.map((id) => born({ row: { id } }))))).toEqual(new Set(['ok']));
    const counts = new Map<string, number>();
    let stale = 0;
    for (let turn = 0; turn < 30; turn += 1) {
      const rounds = await Promise.all(
        [0, 1, 2, 3].map((n) => round(nodes[n % 2] ?? nodes[0], ids.slice((turn * 7 + n * 3) % 20, 40), turn)),
      );
      for (const [change, result] of rounds.flat()) {
        if (result === 'ok') counts.set(change.row.id, (counts.get(change.row.id) ?? 0) + 1);
        else stale += 1;
      }
    }
    expect(stale).toBeGreaterThan(0);
    for (const row of await nodes[1].loadInstances(ids)) {
      const done = counts.get(row.id) ?? 0;
      expect(row.seq).toBe(1 + done);
      const seqs = (await nodes[0].history(row.id, 0, 1000)).map(({ seq }) => seq);
      expect(seqs).toEqual(Array.from({ length: 1 + done }, (_, n) => n + 1));
    }
  });

  it('give each business key and each request to one of them', async () => {
    const nodes = await setupTwo({ patient: true });
    for (let turn = 0; turn < 15; turn += 1) {
      const keys = Array.from({ length: 12 }, (_, n) => `${turn}-${n}`);
      const claims = (store: Store, wanted: readonly string[]) =>
        store.commit(wanted.map((key) => born({ claimKey: key, idempotency: [request(`${key}-x`)] })));
      const [one, two] = await Promise.all([claims(nodes[0], keys), claims(nodes[1], keys.toReversed())]);
      const backwards = two.toReversed();
      for (const [n, result] of one.entries())
        expect([result, backwards[n]].toSorted(), keys[n]).toEqual(['key-in-use', 'ok']);
    }
  });

  it('swap keys without standing still', async () => {
    const nodes = await setupTwo();
    const [a, b] = [born({ claimKey: 'A' }), born({ claimKey: 'B' })];
    await nodes[0].commit([a, b]);
    const results = await Promise.all([
      nodes[0].commit([next(a, { releaseKey: 'A', claimKey: 'B' })]),
      nodes[1].commit([next(b, { releaseKey: 'B', claimKey: 'A' })]),
    ]);
    for (const [result] of results) expect(['ok', 'key-in-use']).toContain(result);
  });

  it('publish the same bytes as one version', async () => {
    const nodes = await setupTwo();
    const digests = Array.from({ length: 20 }, (_, n) => `digest-${n % 5}`);
    const published = await Promise.all(
      digests.flatMap((digest) => nodes.map((store) => store.publish(definition('sales', digest)))),
    );
    expect(published.filter(({ created }) => created).length).toBe(5);
    expect((await nodes[0].listVersions('sales')).map(({ version }) => version)).toEqual([5, 4, 3, 2, 1]);
  });
});

describe('a PostgreSQL database that does not answer', () => {
  it('is named without its password', async () => {
    const refusal = await openStore({ url: 'postgres://me:secret@127.0.0.1:1/deals' }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      code: 'unavailable',
      detail: { en: expect.stringContaining('127.0.0.1:1/deals') },
    });
    expect(JSON.stringify(refusal)).not.toContain('secret');
  });
});

describe('the schema on PostgreSQL', () => {
  it('is the committed one', async () => {
    const { database } = await setup(fresh);
    const { rows }: { rows: readonly { readonly line: string }[] } = await database.reader.raw(`
      select line from (
        select table_name as t, 1 as kind, ordinal_position as n, '  ' || column_name || ' ' || data_type
          || coalesce(' collate "' || collation_name || '"', '') || case is_nullable when 'NO' then ' not null' else '' end as line
          from information_schema.columns where table_schema = 'public'
        union all select table_name, 0, 0, 'table ' || table_name from information_schema.tables where table_schema = 'public'
        union all select conrelid::regclass::text, 2, 0, '  constraint ' || conname || ' ' || pg_get_constraintdef(oid)
          from pg_constraint where connamespace = 'public'::regnamespace
        union all select tablename, 3, 0, '  ' || indexdef from pg_indexes where schemaname = 'public'
      ) parts where t not like 'schema_%' order by t collate "C", kind, n, line collate "C"`);
    await expect(rows.map(({ line }) => `${line}\n`).join('')).toMatchFileSnapshot('schema.postgres.sql');
  });

  it('is never scanned for a page of a list', async () => {
    const { database } = await setup(fresh);
    const queries: readonly Partial<InstanceQuery>[] = [
      {},
      { process: 'p' },
      { status: 'active' },
      { status: 'quarantined' },
      { outcome: 'o' },
      { key: 'k' },
      { phase: 'f' },
      { step: 's' },
      { process: 'p', status: 'active', phase: 'f', step: 's' },
    ];
    for (const query of queries) {
      const { sql, bindings } = instanceListQuery(database, { ...anyInstance, after: '0', ...query }).toSQL();
      const plan: { rows: readonly unknown[] } = await database.reader.raw(`explain ${sql}`, bindings);
      expect(JSON.stringify(plan.rows), JSON.stringify(query)).not.toContain('Seq Scan');
    }
  });
});
