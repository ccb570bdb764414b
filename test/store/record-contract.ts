import type { Knex } from 'knex';
import { describe, expect, it } from 'vitest';
import { ProcessError } from '../../src/errors.ts';
import { bucketOf } from '../../src/ids.ts';
import { migrate } from '../../src/store/migrate.ts';
import { migrations } from '../../src/store/migrations.ts';
import type { Link } from '../../src/store/types.ts';
import { anyInstance, at, born, type Fresh, next, open, remembered, request, setup, storedAfter } from './sample.ts';

/** Links, idempotency keys, API keys, and the schema itself. */
export function recordContract(fresh: Fresh): void {
  describe('links between instances', () => {
    const link = (parent: string, child: string, state: Link['state'], seq: number): Link => ({
      parent,
      child,
      state,
      seq,
    });

    it('are open from the commit that makes them due until they are closed, in order of their places', async () => {
      const { store } = await setup(fresh);
      const [one, two] = [born(), born()];
      const links = [
        link(one.row.id, 'a', 'start', 1),
        link(one.row.id, 'b', 'start', 1),
        link(two.row.id, 'c', 'start', 1),
      ];
      await store.commit([
        { ...one, links: links.slice(0, 2) },
        { ...two, links: links.slice(2) },
      ]);
      const places = links.toSorted(
        (a, b) =>
          bucketOf(a.parent) - bucketOf(b.parent) || (`${a.parent}${a.child}` < `${b.parent}${b.child}` ? -1 : 1),
      );
      expect(await store.openLinks(null, 10)).toEqual(places);
      expect(await store.openLinks(places[0] ?? null, 1)).toEqual([places[1]]);
      expect(await store.openLinks(places[2] ?? null, 10)).toEqual([]);
      await store.closeLinks([places[1], places[2]].filter((place) => place !== undefined));
      await store.closeLinks([]);
      expect(await store.openLinks(null, 10)).toEqual([places[0]]);
    });

    it('are not opened by a change that is stale', async () => {
      const { store } = await setup(fresh);
      const one = born();
      await store.commit([one]);
      const stale = { ...next(one), expectedSeq: 7, links: [link(one.row.id, 'a', 'start', 8)] };
      expect(await store.commit([stale, born()])).toEqual(['stale', 'ok']);
      expect(await store.openLinks(null, 10)).toEqual([]);
    });

    it('tell a parent of a quarantine once', async () => {
      const { store } = await setup(fresh);
      const parent = born();
      const child = born({ row: { parent: parent.row.id } });
      await store.commit([parent, child]);
      await store.quarantine(child.row.id, '原因', parent.row.id);
      await store.quarantine(child.row.id, '另一个原因', parent.row.id);
      await store.quarantine(child.row.id, null, parent.row.id);
      expect(await store.openLinks(null, 10)).toEqual([link(parent.row.id, child.row.id, 'tell', 0)]);
    });
  });

  describe('idempotency keys', () => {
    it('are found by scope and key until they are forgotten', async () => {
      const { store } = await setup(fresh);
      const rows = ['2026-01-01', '2026-01-02', '2026-01-03'].map((day, n) =>
        request(`k${n}`, { recordedAt: `${day}T00:00:00.000Z` }),
      );
      const elsewhere = request('k0', { scope: 'key-2' });
      await store.commit([born({ idempotency: rows }), born({ idempotency: [elsewhere] })]);
      expect(await remembered(store, 'key-1', 'k0')).toEqual(rows[0]);
      expect(await remembered(store, 'key-2', 'k0')).toEqual(elsewhere);
      expect(await remembered(store, 'key-2', 'k1')).toBeNull();
      expect(await store.forgetIdempotent('2026-01-03T00:00:00.000Z', 1)).toBe(1);
      expect(await remembered(store, 'key-1', 'k0')).toBeNull();
      expect(await store.forgetIdempotent('2026-01-03T00:00:00.000Z', 10)).toBe(1);
      expect(await store.forgetIdempotent('2026-01-03T00:00:00.000Z', 10)).toBe(0);
      expect(await remembered(store, 'key-1', 'k2')).toEqual(rows[2]);
    });
  });

  describe('API keys', () => {
    it('are added, listed and revoked once', async () => {
      const { store } = await setup(fresh);
      const rights = { roles: ['rep', 'manager'], team: '华东', tenant: 'acme', actsForOthers: true };
      const made = { name: null, createdAt: at, expiresAt: null, revokedAt: null };
      const key = { hash: 'h', actor: '张三', ...rights, ...made };
      await store.addApiKey({ ...key, id: 'b' });
      await store.addApiKey({ ...key, id: 'a', roles: [], team: null, actsForOthers: false });
      expect(await store.revokeApiKey('b', '2026-03-01T00:00:00.000Z')).toBe(true);
      expect(await store.revokeApiKey('b', '2026-04-01T00:00:00.000Z')).toBe(false);
      expect(await store.revokeApiKey('c', at)).toBe(false);
      expect(await store.listApiKeys()).toEqual([
        { ...key, id: 'a', roles: [], team: null, actsForOthers: false },
        { ...key, id: 'b', revokedAt: '2026-03-01T00:00:00.000Z' },
      ]);
    });

    it('are forgotten once they have ended, and only those that end', async () => {
      const { store } = await setup(fresh);
      const rights = { roles: ['admin'], team: null, tenant: 'main', actsForOthers: false };
      const key = { hash: 'h', actor: 'admin', ...rights, name: 'sign-in link', createdAt: at, revokedAt: null };
      const ends = { a: null, b: '2026-03-01T00:00:00.000Z', c: '2026-03-02T00:00:00.000Z' };
      for (const [id, expiresAt] of Object.entries(ends)) await store.addApiKey({ ...key, id, expiresAt });
      await store.forgetApiKeys('2026-03-02T00:00:00.000Z');
      expect(await store.listApiKeys()).toEqual([
        { ...key, id: 'a', expiresAt: null },
        { ...key, id: 'c', expiresAt: ends.c },
      ]);
    });
  });

  describe('the schema', () => {
    it('is brought up once and answers', async () => {
      const { store, database } = await setup(fresh);
      await store.migrate();
      await store.ping();
      const rows: readonly { readonly name: string }[] = await database.reader('schema_migrations').select('name');
      expect(rows.map(({ name }) => name)).toEqual(migrations.map(({ name }) => name));
    });

    it('takes over the documents of a file that had them in the rows of instances', async () => {
      const { database, store } = await open(await fresh());
      await migrate(database, migrations.slice(0, 1));
      const change = born({ row: { key: 'K', outcome: 'won', status: 'closed' } });
      const { id, process, version, digest, revision, seq, head } = change.row;
      const columns = { process, version, digest, business_key: 'K', status: 'closed', outcome: 'won', revision, seq };
      const row = { bucket: bucketOf(id), id, ...columns, head, started_at: at, updated_at: at, doc: change.snapshot };
      await database.writer('instances').insert(row);
      await store.migrate();
      expect(await store.loadInstances([id])).toEqual([storedAfter(change)]);
      expect(await store.listInstances({ ...anyInstance, outcome: 'won' })).toHaveLength(1);
      expect(await store.commit([next(change)])).toEqual(['ok']);
      expect(await store.loadInstances([id])).toEqual([storedAfter(change, next(change))]);
    });

    it('is as it was when a migration breaks off', async () => {
      const { store, database } = await setup(fresh);
      const broken = {
        name: '998-broken',
        up: async (knex: Knex) => {
          await knex.schema.createTable('half', (table) => table.integer('n'));
          throw new Error('broken off');
        },
      };
      for (let attempt = 0; attempt < 2; attempt += 1)
        await expect(migrate(database, [...migrations, broken])).rejects.toThrow('broken off');
      expect(await database.writer.schema.hasTable('half')).toBe(false);
      await store.migrate();
      await migrate(database, [...migrations, { name: '998-mended', up: async () => {} }]);
      expect((await database.reader('schema_migrations').select('name')).length).toBe(migrations.length + 1);
    });

    it('stops a program that is older', async () => {
      const { store, database } = await setup(fresh);
      await migrate(database, [...migrations, { name: '999-of-the-future', up: async () => {} }]);
      const refusal = await store.migrate().catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(ProcessError);
      expect(refusal).toMatchObject({
        code: 'unavailable',
        detail: {
          zh: expect.stringContaining('999-of-the-future'),
          en: expect.stringContaining('newer than this program'),
        },
      });
    });
  });
}
