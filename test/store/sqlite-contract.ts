import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ProcessError } from '../../src/errors.ts';
import { instanceListQuery } from '../../src/store/instance-list.ts';
import { openStore, type StoreOptions } from '../../src/store/open-store.ts';
import type { SqliteClient } from '../../src/store/sqlite-driver.ts';
import type { InstanceQuery } from '../../src/store/types.ts';
import { workListQuery } from '../../src/store/work-queries.ts';
import { anyInstance, at, born, type Fresh, open, setup } from './sample.ts';

/** An empty file in a folder of its own, deleted when the test ends. */
export function freshSqlite(client: SqliteClient): Fresh {
  return async () => {
    const folder = mkdtempSync(join(tmpdir(), 'phasegate-store-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    return { url: `sqlite:${join(folder, 'data', '流程.db')}`, client };
  };
}

async function refusalOf(options: StoreOptions): Promise<unknown> {
  const opened = await openStore(options).catch((error: unknown) => error);
  expect(opened).toBeInstanceOf(ProcessError);
  return opened;
}

/** What SQLite does beside the common contract. */
export function sqliteContract(client: SqliteClient): void {
  const fresh = freshSqlite(client);

  describe(`the file of ${client}`, () => {
    it('is synced at every commit', async () => {
      const { database, options } = await setup(fresh);
      expect(await database.writer.raw('pragma synchronous')).toEqual([{ synchronous: 2 }]);
      expect(await database.writer.raw('pragma journal_mode')).toEqual([{ journal_mode: 'wal' }]);
      expect(await database.writer.raw('pragma wal_autocheckpoint')).toEqual([{ wal_autocheckpoint: 4000 }]);
      expect(await database.writer.raw('pragma foreign_keys')).toEqual([{ foreign_keys: 1 }]);
      expect(await database.reader.raw('pragma query_only')).toEqual([{ query_only: 1 }]);
      await database.close();
      const { database: faster } = await open({ ...options, synchronous: 'NORMAL' });
      expect(await faster.writer.raw('pragma synchronous')).toEqual([{ synchronous: 1 }]);
    });

    it('has the committed schema', async () => {
      const { database } = await setup(fresh);
      const parts: readonly { readonly sql: string }[] = await database.reader.raw(
        "select sql from sqlite_schema where sql is not null and name not like 'sqlite_%' and tbl_name not like 'schema_%' order by tbl_name, type desc, name",
      );
      await expect(parts.map(({ sql }) => `${sql};\n`).join('')).toMatchFileSnapshot('schema.sqlite.sql');
    });

    it('has the bucket first in every key of a table that has buckets', async () => {
      const { database } = await setup(fresh);
      const keys: readonly { readonly name: string; readonly first: string }[] = await database.reader.raw(`
        with bucketed as (
          select t.name from pragma_table_list t, pragma_table_info(t.name) c where t.schema = 'main' and c.name = 'bucket'
        )
        select b.name, i.name as first from bucketed b, pragma_index_list(b.name) k, pragma_index_info(k.name) i
          where k."unique" = 1 and i.seqno = 0
        union all select b.name, f."from" from bucketed b, pragma_foreign_key_list(b.name) f where f.seq = 0`);
      expect([...new Set(keys.map(({ name }) => name))].sort()).toEqual([
        'cards',
        'child_links',
        'correlations',
        'deadlines',
        'endings',
        'evidence',
        'figures_pending',
        'history',
        'idempotency',
        'instance_keys',
        'instances',
        'outbox',
        'personal',
        'positions',
        'signals',
        'snapshots',
        'stays',
        'timers',
        'turned_down',
        'work',
        'work_pending',
      ]);
      expect(keys.filter(({ first }) => first !== 'bucket')).toEqual([]);
      expect(keys.length).toBe(35);
    });

    it('is walked by an index for every filter, in order', async () => {
      const { database } = await setup(fresh);
      const walks: readonly (readonly [Partial<InstanceQuery>, string])[] = [
        [{}, 'i USING INDEX instances_by_tenant (tenant=? AND id>?)'],
        [{ process: 'p' }, 'i USING INDEX instances_by_process (tenant=? AND process=? AND id>?)'],
        [{ status: 'active' }, 'i USING INDEX instances_by_status (tenant=? AND status=? AND id>?)'],
        [{ status: 'closed' }, 'i USING INDEX instances_by_status (tenant=? AND status=? AND id>?)'],
        [{ status: 'quarantined' }, 'i USING INDEX instances_quarantined (tenant=? AND id>?)'],
        [{ status: 'on-hold' }, 'i USING INDEX instances_on_hold (tenant=? AND id>?)'],
        [{ status: 'on-hold', process: 'p', phase: 'f' }, 'i USING INDEX instances_on_hold (tenant=? AND id>?)'],
        [{ outcome: 'o' }, 'i USING INDEX instances_by_outcome (tenant=? AND outcome=? AND id>?)'],
        [{ parent: 'p' }, 'i USING INDEX instances_by_parent (tenant=? AND parent=? AND id>?)'],
        [{ owner: 'o' }, 'i USING INDEX instances_by_owner (tenant=? AND owner=? AND id>?)'],
        [{ owner: 'o', phase: 'f' }, 'i USING INDEX instances_by_owner (tenant=? AND owner=? AND id>?)'],
        [{ team: 't' }, 'i USING INDEX instances_by_team (tenant=? AND team=? AND id>?)'],
        [
          { sight: { processes: ['p'], team: { name: 't', processes: ['q'] }, owner: 'o' } },
          'i USING INDEX instances_by_tenant (tenant=? AND id>?)',
        ],
        [{ key: 'k' }, 'i USING INDEX instances_by_key (tenant=? AND business_key=? AND id>?)'],
        [{ phase: 'f' }, 'p USING COVERING INDEX positions_by_phase (tenant=? AND phase=? AND instance>?)'],
        [{ step: 's' }, 'p USING COVERING INDEX positions_by_step (tenant=? AND step=? AND instance>?)'],
        [
          { process: 'p', status: 'active', phase: 'f', step: 's', outcome: 'o', key: 'k' },
          'i USING INDEX instances_by_key (tenant=? AND business_key=? AND id>?)',
        ],
        [{ process: 'p', status: 'closed' }, 'i USING INDEX instances_by_process (tenant=? AND process=? AND id>?)'],
        [
          { process: 'p', status: 'active', phase: 'f' },
          'p USING COVERING INDEX positions_by_phase (tenant=? AND phase=? AND instance>?)',
        ],
      ];
      for (const [query, walk] of walks) {
        const { sql, bindings } = instanceListQuery(database, { ...anyInstance, after: '0', ...query }).toSQL();
        const plan: readonly { readonly detail: string }[] = await database.reader.raw(
          `explain query plan ${sql}`,
          bindings,
        );
        const steps = plan.map(({ detail }) => detail);
        expect(steps[0], JSON.stringify(query)).toContain(walk);
        expect(steps.join('\n')).not.toMatch(/TEMP B-TREE FOR ORDER|SCAN/);
      }
    });

    it('is walked by the index of work for each holder, in order and without its rows', async () => {
      const { database } = await setup(fresh);
      const after = { due: null, since: at, instance: 'i', step: 's' };
      const sight = { processes: ['p'], team: { name: 't', processes: ['q'] }, owner: 'o' };
      const whos = ['actor:x', 'role:a', 'role:b'];
      const query = { tenant: 'main', whos, sight, process: 'p', after, limit: 50 };
      const { sql, bindings } = workListQuery(database, query).toSQL();
      const plan: readonly { readonly detail: string }[] = await database.reader.raw(
        `explain query plan ${sql}`,
        bindings,
      );
      const walks = plan.map(({ detail }) => detail).filter((detail) => detail.includes('work'));
      const walk =
        'SEARCH work USING COVERING INDEX work_by_who (tenant=? AND who=? AND (due,since,instance,step)>(?,?,?,?))';
      expect(walks).toEqual([walk, walk, walk]);
    });

    it('is refused to a second server until the first is gone, however it went', async () => {
      const { url } = await fresh();
      const file = url.replace('sqlite:', '');
      const other = await lockHolder(file);
      expect(await refusalOf({ url, client })).toMatchObject({
        code: 'unavailable',
        detail: { zh: expect.stringContaining(file), en: expect.stringContaining(file) },
        extra: { file },
      });

      const { store: beside } = await open({ url, client, exclusive: false });
      await beside.migrate();
      const change = born();
      expect(await beside.commit([change])).toEqual(['ok']);
      expect((await beside.loadInstances([change.row.id])).length).toBe(1);

      other.kill('SIGKILL');
      await once(other, 'exit');
      const { store } = await open({ url, client });
      expect((await store.loadInstances([change.row.id])).length).toBe(1);
      expect(await refusalOf({ url, client })).toMatchObject({ code: 'unavailable' });
    });

    it('is refused when it is none of SQLite', async () => {
      const { url } = await fresh();
      const file = url.replace('sqlite:', '');
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, '这不是数据库 '.repeat(100));
      expect(await refusalOf({ url, client })).toMatchObject({
        code: 'unavailable',
        detail: { en: expect.stringContaining('file is not a database') },
      });
      rmSync(file);
      await open({ url, client });
    });

    it('is neither made nor changed by who is not its server', async () => {
      const { url } = await fresh();
      expect(await refusalOf({ url, client, exclusive: false })).toMatchObject({
        code: 'unavailable',
        detail: { en: expect.stringContaining('There is no database file') },
      });
      const { database } = await open({ url, client });
      await database.writer.raw('select 1');
      const { store: beside } = await open({ url, client, exclusive: false });
      await expect(beside.migrate()).rejects.toMatchObject({ code: 'unavailable' });
    });
  });
}

async function lockHolder(file: string): Promise<ChildProcess> {
  const script = new URL('lock-holder.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, ['--import', 'tsx', script, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  await once(child.stdout, 'data');
  return child;
}
