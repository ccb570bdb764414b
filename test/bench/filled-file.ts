import knex, { type Knex } from 'knex';
import type { CompiledProcess } from '../../src/compile/types.ts';
import { cardsOf, correlationsOf, decide, nextTimer, start, waitsOf } from '../../src/engine/index.ts';
import type { Actor, Decision, Environment, Instance, PersonalValue, Refusal } from '../../src/engine/types.ts';
import { bucketOf, newId } from '../../src/ids.ts';
import { sha256 } from '../../src/json.ts';
import { GENESIS, seal } from '../../src/service/chain.ts';
import { rowOf } from '../../src/service/document.ts';
import { createService } from '../../src/service/index.ts';
import { patchOf } from '../../src/service/snapshot.ts';
import { cardRow, correlationBucket, keyBucket } from '../../src/store/batch.ts';
import { batchLists, NEVER, soughtOnly } from '../../src/store/batch-lists.ts';
import { withConnection } from '../../src/store/database.ts';
import { openStore } from '../../src/store/index.ts';
import { sqliteConnection } from '../../src/store/sqlite-driver.ts';
import { shippedCalendars } from '../calendar/shipped.ts';
import { evidenceOfDeals } from './evidence.ts';
import { instanceIdAt } from './instance-id.ts';
import { salesProcess, salesYaml } from './process.ts';
import { eventsToMiddle, startBody } from './sales-deal.ts';

/** When everything in it happened. */
export const FILLED_AT = '2026-02-13T09:30:00.000Z';
const AT = FILLED_AT;
const ADMIN: Actor = { id: 'bench', roles: ['admin'], team: null, tenant: 'main', via: null };

/** Stand for what differs from deal to deal; of the same length as what replaces them. */
const ID = '00000000-0000-7000-8000-0000000000id';
const KEY = 'CRM-KKKKKKKKK';
const PREV = 'P'.repeat(64);
const PATCH = 'S'.repeat(64);
const HEAD = 'H'.repeat(64);

/**
 * Makes a SQLite file as a server would have left it, with `count` deals in the middle of their way and ten history
 * entries each. The engine decides one deal, the others are copies with ids, keys and hash chains of their own, written
 * without syncing: a million takes minutes instead of hours.
 */
export async function fillFile(file: string, count: number, report: (done: number) => void = () => {}): Promise<void> {
  const store = await openStore({ url: file, client: 'better-sqlite3' });
  await store.migrate();
  await createService({ review: 'off', store, clock: { now: () => AT }, newId, calendars: shippedCalendars }).publish(
    salesYaml,
    ADMIN,
  );
  await store.close();

  const database = knex({ client: 'better-sqlite3', connection: { filename: file }, useNullAsDefault: true });
  const pragmas = ['journal_mode = off', 'synchronous = off', 'locking_mode = exclusive', 'cache_size = -2000000'];
  for (const pragma of [...pragmas, 'foreign_keys = off']) await database.raw(`pragma ${pragma}`);
  try {
    await insertAll(database, count, report);
  } finally {
    await database.destroy();
  }
}

async function insertAll(database: Knex, count: number, report: (done: number) => void): Promise<void> {
  const deal = model(salesProcess());
  await withConnection(database, async (raw) => {
    const connection = sqliteConnection('better-sqlite3', raw);
    const insert = (table: string, columns: readonly string[]) =>
      connection.prepare(
        `insert into ${table} (bucket, ${columns.join(', ')}) values (?${', ?'.repeat(columns.length)})`,
      );
    const history = await insert('history', ['instance', 'seq', 'recorded_at', 'hash', 'text', 'patch']);
    const sought = await insert('sought', ['instance', 'seq', 'recorded_at', ...soughtOnly]);
    const instance = await insert('instances', Object.keys(deal.columns));
    const position = await insert('positions', ['instance', 'phase', 'step']);
    const key = await insert('instance_keys', ['tenant', 'process', 'business_key', 'instance']);
    const personal = await insert('personal', ['instance', 'field', 'value', 'salt']);
    const work = await insert('work', [
      'instance',
      'step',
      'who',
      'tenant',
      'process',
      'owner',
      'team',
      'since',
      'due',
    ]);
    const card = await insert('cards', Object.keys(batchLists.cards_new).slice(1));
    const timer = await insert('timers', ['instance', 'tenant', 'due', 'what', 'wait_until']);
    const correlation = await insert('correlations', ['tenant', 'value', 'process', 'field', 'instance']);
    const { process, tenant, owner, team } = deal.instance;
    const waits = waitsOf(salesProcess(), deal.instance);
    const cards = cardsOf(salesProcess(), deal.instance);
    const next = nextTimer(salesProcess(), deal.instance);
    const correlations = correlationsOf(salesProcess(), deal.instance);

    await connection.exec('begin');
    for (let n = 0; n < count; n += 1) {
      const id = instanceIdAt(n);
      const bucket = bucketOf(id);
      const crmId = keyAt(n);
      let head = GENESIS;
      for (const [i, entry] of deal.entries.entries()) {
        const patch = entry.patch === null ? null : entry.patch([id, crmId, head, '']);
        const text = entry.text([id, crmId, head, patch === null ? '' : sha256(patch)]);
        head = sha256(text);
        await history.run([bucket, id, i + 1, AT, head, text, patch]);
        await sought.run([bucket, id, i + 1, AT, tenant, process, ...entry.said]);
      }
      const columns = Object.values(deal.columns).map((value) =>
        typeof value === 'function' ? value([id, crmId, head, '']) : value,
      );
      await instance.run([bucket, ...columns]);
      for (const { phase, step } of deal.instance.position) await position.run([bucket, id, phase, step]);
      for (const { step, who, since, due } of waits)
        await work.run([bucket, id, step, who, tenant, process, owner, team, since, due ?? NEVER]);
      for (const one of cards) {
        const words = one.words.replace(KEY.toLowerCase(), crmId.toLowerCase());
        const row = cardRow(bucket, { ...deal.instance, id }, { ...one, words });
        await card.run(Object.keys(batchLists.cards_new).map((column) => row[column as keyof typeof row]));
      }
      // A server that is measured shall not begin to fire them.
      if (next !== null) await timer.run([bucket, id, tenant, next.due, next.what, NEVER]);
      for (const { field, value } of correlations) {
        const own = value === KEY ? crmId : value;
        await correlation.run([correlationBucket(own), tenant, own, process, field, id]);
      }
      await key.run([keyBucket(process, crmId), tenant, process, crmId, id]);
      for (const { field, value, salt } of deal.personal)
        await personal.run([bucket, id, field, JSON.stringify(value), salt]);
      if (n % 20_000 === 19_999) {
        await connection.exec('commit');
        report(n + 1);
        await connection.exec('begin');
      }
    }
    await connection.exec('commit');
    await connection.exec('analyze');
  });
}

function keyAt(n: number): string {
  return `CRM-${String(n).padStart(9, '0')}`;
}

/** A text with holes for the id, the key and hashes. */
type Template = (values: readonly [id: string, key: string, hash: string, patchHash: string]) => string;

function template(text: string): Template {
  const holes = [ID, KEY, PREV, HEAD, PATCH];
  const parts = text.split(/(00000000-0000-7000-8000-0000000000id|CRM-K{9}|P{64}|H{64}|S{64})/);
  return ([id, key, hash, patchHash]) => {
    const values = [id, key, hash, hash, patchHash];
    let made = '';
    for (const part of parts) {
      const hole = holes.indexOf(part);
      made += hole < 0 ? part : values[hole];
    }
    return made;
  };
}

interface Model {
  readonly instance: Instance;
  /** Their texts and patches. */
  readonly entries: readonly {
    readonly text: Template;
    readonly patch: Template | null;
    /** What it is looked for by, behind tenant and process. */
    readonly said: readonly (string | number | null)[];
  }[];
  /** Columns of `instances` but the bucket. */
  readonly columns: Readonly<Record<string, string | number | null | Template>>;
  /** Last value of each personal field. */
  readonly personal: readonly PersonalValue[];
}

function model(process: CompiledProcess): Model {
  let first = true;
  const ids = () => {
    if (!first) return newId();
    first = false;
    return ID;
  };
  const environment: Environment = { now: AT, ids, evidence: evidenceOfDeals };
  const { type: _, ...input } = { type: 'start', ...startBody };
  const { process: __, ...startInput } = input;
  const command = { actor: ADMIN, requestId: newId() };
  let made = accepted(start(process, 1, { ...command, type: 'start', input: startInput }, environment));
  const entries = sealed(made, null);
  const personal = [...made.personal];
  for (const { type, ...members } of eventsToMiddle(KEY)) {
    const event = { ...command, requestId: newId(), type: String(type), input: members };
    const before = made.instance;
    made = accepted(decide(process, before, event, environment));
    entries.push(...sealed(made, before));
    personal.push(...made.personal);
  }
  const { instance } = made;
  const row = rowOf(instance, HEAD);
  return {
    instance,
    entries,
    columns: {
      id: template(ID),
      tenant: row.tenant,
      owner: row.owner,
      team: row.team,
      process: row.process,
      version: row.version,
      digest: row.digest,
      business_key: template(KEY),
      status: row.status,
      outcome: row.outcome,
      revision: row.revision,
      seq: row.seq,
      head: template(HEAD),
      started_at: row.startedAt,
      updated_at: row.updatedAt,
    },
    personal: [...new Map(personal.map((value) => [value.field, value])).values()],
  };
}

/** The entries of a decision, the last with the patch. */
function sealed({ instance, entries }: Decision, before: Instance | null): Model['entries'][number][] {
  return entries.map((entry, n) => {
    const patch = n === entries.length - 1 ? patchOf(before, instance) : null;
    const { text, type, actor, via, accepted, overridden } = seal(entry, PREV, patch).row;
    const said = [type, actor, via, Number(accepted), Number(overridden)];
    if (patch === null) return { text: template(text), patch, said };
    return { text: template(text.replace(sha256(patch), PATCH)), patch: template(patch), said };
  });
}

function accepted(answer: Decision | Refusal): Decision {
  if (!answer.ok) throw new Error(`${answer.code}: ${answer.detail.en} ${JSON.stringify(answer.problems)}`);
  return answer;
}
