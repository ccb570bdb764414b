import type { Knex } from 'knex';
import { describe, expect, it } from 'vitest';
import { bucketOf, newId } from '../../src/ids.ts';
import { keyBucket } from '../../src/store/batch.ts';
import type { Database } from '../../src/store/database.ts';
import { instanceListQuery } from '../../src/store/instance-list.ts';
import { migrate } from '../../src/store/migrate.ts';
import { migrations } from '../../src/store/migrations.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Change, CommitResult, InstanceQuery, Store } from '../../src/store/types.ts';
import { workListQuery } from '../../src/store/work-queries.ts';
import { freshPostgres } from '../postgres.ts';
import { storeContract } from './contract.ts';
import { definition } from './publication-contract.ts';
import { anyInstance, at, born, next, open, request, setup } from './sample.ts';

const fresh = async () => ({ url: await freshPostgres() });

storeContract('PostgreSQL', fresh);

/** Two nodes on one database. A deadlock is not broken up there, so that a test which runs into one stands still. */
async function setupTwo() {
  const { options, database } = await setup(fresh);
  await database.writer.raw("alter database ?? set deadlock_timeout = '10min'", [
    new URL(options.url).pathname.slice(1),
  ]);
  const nodes = [(await open(options)).store, (await open(options)).store] as const;
  return { nodes, database };
}

/** Runs `work` while somebody else holds a lock, and lets go when two connections wait for locks. */
async function untilTwoWait<T>({ reader, writer }: Database, lock: Knex.Raw, work: () => Promise<T>): Promise<T> {
  const holder = await writer.transaction();
  await holder.raw(lock.toQuery());
  const working = work();
  for (let waiting = 0; waiting < 2; ) {
    const { rows }: { rows: readonly { readonly n: number }[] } = await reader.raw(
      "select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    waiting = rows[0]?.n ?? 0;
  }
  await holder.rollback();
  return working;
}

/** Instances in the order of their places. */
const byPlace = (a: Change, b: Change) => {
  const places = [a, b].map(({ row }) => bucketOf(row.id));
  return (places[0] ?? 0) - (places[1] ?? 0) || (a.row.id < b.row.id ? -1 : 1);
};

/** Loads deals and tries one change of each. */
async function round(store: Store, ids: readonly string[], turn: number): Promise<readonly [Change, CommitResult][]> {
  const loaded = await store.loadInstances(ids);
  const changes = loaded.map((row, n) =>
    next(born({ row }), { moved: n % 3 === 0, position: [{ phase: 'a', step: `s${turn % 5}` }] }),
  );
  if (turn % 2 === 0) changes.reverse();
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
    expect(await stores[2].store.addDefinition(definition('sales', 'a'))).toEqual({ version: 1, created: true });
  });

  it('go by one clock, which is the database’s own', async () => {
    const { nodes, database } = await setupTwo();
    const [one, other] = nodes;
    const before = Date.now();
    const told = [(await one.askTime?.()) ?? 0, (await other.askTime?.()) ?? 0, (await one.askTime?.()) ?? 0];
    expect(told).toEqual([...told].sort((a, b) => a - b));
    // A transaction's `now()` stands still; this is the time as it passes.
    const { rows } = await database.reader.raw('select extract(epoch from now()) * 1000 as ms');
    expect(told[2]).toBeLessThanOrEqual(Number(rows[0].ms));
    expect(told[0]).toBeGreaterThanOrEqual(before);
  });

  it('lose no update', async () => {
    const { nodes } = await setupTwo();
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

  it('never wait for each other in a circle over instances', async () => {
    const { nodes, database } = await setupTwo();
    const deals = Array.from({ length: 20 }, () => born()).sort(byPlace);
    await nodes[0].commit(deals);
    const middle = deals[10]?.row.id ?? '';
    const changes = deals.map((deal) => next(deal));
    const results = await untilTwoWait(
      database,
      database.writer.raw('select 1 from instances where id = ? for update', [middle]),
      () => Promise.all([nodes[0].commit(changes), nodes[1].commit(changes.toReversed())]),
    );
    expect(results.flat().toSorted()).toEqual([...changes.map(() => 'ok'), ...changes.map(() => 'stale')]);
  });

  it('never wait for each other in a circle over keys, of which each goes to one of them', async () => {
    const { nodes, database } = await setupTwo();
    const keys = Array.from({ length: 20 }, (_, n) => `key-${n}`);
    const byBucket = keys.toSorted((a, b) => keyBucket('sales', a) - keyBucket('sales', b));
    const middle = byBucket[10] ?? '';
    const claims = (wanted: readonly string[]) =>
      wanted.map((key) => born({ claimKey: key, idempotency: [request(key)] }));
    const [one, two] = await untilTwoWait(
      database,
      database.writer.raw(
        "insert into instance_keys (bucket, tenant, process, business_key, instance) values (?, 'main', 'sales', ?, 'other')",
        [keyBucket('sales', middle), middle],
      ),
      () => Promise.all([nodes[0].commit(claims(byBucket)), nodes[1].commit(claims(byBucket.toReversed()))]),
    );
    for (const [n, result] of one.entries())
      expect([result, two.toReversed()[n]].toSorted(), byBucket[n]).toEqual(['key-in-use', 'ok']);
  });

  it('swap keys without standing still', async () => {
    const { store, options } = await setup(fresh);
    const { store: other } = await open(options);
    const [a, b] = [born({ claimKey: 'A' }), born({ claimKey: 'B' })];
    await store.commit([a, b]);
    const results = await Promise.all([
      store.commit([next(a, { releaseKey: 'A', claimKey: 'B' })]),
      other.commit([next(b, { releaseKey: 'B', claimKey: 'A' })]),
    ]);
    for (const [result] of results) expect(['ok', 'key-in-use']).toContain(result);
  });

  it('publish the same bytes as one version', async () => {
    const { nodes } = await setupTwo();
    const digests = Array.from({ length: 20 }, (_, n) => `digest-${n % 5}`);
    const published = await Promise.all(
      digests.flatMap((digest) => nodes.map((store) => store.addDefinition(definition('sales', digest)))),
    );
    expect(published.filter(({ created }) => created).length).toBe(5);
    expect((await nodes[0].listKnownVersions(at)).map(({ version }) => version)).toEqual([1, 2, 3, 4, 5]);
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
      { status: 'on-hold' },
      { outcome: 'o' },
      { key: 'k' },
      { parent: 'p' },
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

  it('has the list of work walk its index in order', async () => {
    const { database } = await setup(fresh);
    const after = { due: null, since: '2026-02-13T09:30:00.000Z', instance: 'i', step: 's' };
    const sight = { processes: ['p'], team: { name: 't', processes: ['q'] }, owner: 'o' };
    const query = { tenant: 'main', whos: ['role:a'], sight, process: null, after, limit: 50 };
    const { sql, bindings } = workListQuery(database, query).toSQL();
    const transaction = await database.reader.transaction();
    await transaction.raw('set local enable_seqscan = off; set local enable_bitmapscan = off');
    const plan: { rows: readonly Readonly<Record<string, string>>[] } = await transaction.raw(
      `explain ${sql}`,
      bindings,
    );
    await transaction.rollback();
    const lines = plan.rows.map((row) => row['QUERY PLAN'] ?? '');
    const walk = lines.filter((line) => line.includes('work_by_who'));
    expect(walk).toEqual([expect.stringContaining('Index Only Scan using work_by_who on work')]);
    // Sorted is only what the pages of the holders give together.
    expect(lines.filter((line) => line.includes('Sort  (')).length).toBeLessThanOrEqual(1);
  });
});
