import { personalDigest } from '../../src/engine/draft.ts';
import type { EntryDraft, Instance } from '../../src/engine/types.ts';
import { canonicalJson, sha256 } from '../../src/json.ts';
import { documentOf } from '../../src/service/snapshot.ts';
import { keyBucket } from '../../src/store/batch.ts';
import type { Database } from '../../src/store/database.ts';
import type { Ledger } from './ledger.ts';

/** What the database holds that it should not, in words; empty: nothing was lost and nothing is half. */
export interface Findings {
  readonly lost: readonly string[];
  readonly halves: readonly string[];
  readonly instances: number;
  readonly entries: number;
}

type Entry = EntryDraft & { readonly prev: string };

interface Row {
  readonly [column: string]: string | number | null;
}

/** All that is stored of one instance. */
interface Stored {
  readonly row: Row;
  readonly history: readonly Row[];
  readonly snapshot: Row | undefined;
  readonly positions: readonly Row[];
  readonly personal: readonly Row[];
  readonly keys: readonly Row[];
  readonly requests: readonly Row[];
}

/** Holds the database, or `only` some of its instances, against what clients were told. */
export async function check(
  { reader }: Pick<Database, 'reader'>,
  ledger: Pick<Ledger, 'acknowledged' | 'requests'>,
  only: ReadonlySet<string> | null,
): Promise<Findings> {
  const tables = ['history', 'snapshots', 'positions', 'personal', 'instance_keys', 'idempotency'] as const;
  const rows = new Map<string, readonly Row[]>();
  const ids = only === null ? null : [...only];
  const instances: readonly Row[] = await (ids === null ? reader('instances') : reader('instances').whereIn('id', ids));
  for (const table of tables) {
    const query = reader(table).orderBy(table === 'history' ? ['instance', 'seq'] : ['instance']);
    rows.set(table, await (ids === null ? query : query.whereIn('instance', ids)));
  }
  const byInstance = (table: (typeof tables)[number]) => grouped(rows.get(table) ?? []);
  const [history, snapshots, positions, personal, keys, requests] = tables.map(byInstance);
  const lost: string[] = [];
  const halves: string[] = [];
  const known = new Map<string, Map<number, Entry & { readonly hash: string }>>();
  let entries = 0;
  for (const row of instances) {
    const id = String(row.id);
    const of = (table: ReadonlyMap<string, readonly Row[]> | undefined) => table?.get(id) ?? [];
    const stored = {
      row,
      history: of(history),
      snapshot: of(snapshots)[0],
      positions: of(positions),
      personal: of(personal),
      keys: of(keys),
      requests: of(requests),
    };
    halves.push(...halvesOf(stored).map((what) => `${id}: ${what}`));
    entries += stored.history.length;
    known.set(id, new Map(stored.history.map((entry) => [Number(entry.seq), entryOf(entry)])));
  }
  for (const { instance, seq, hash, requestId } of ledger.acknowledged) {
    if (only !== null && !only.has(instance)) continue;
    const entry = known.get(instance)?.get(seq);
    if (entry === undefined) lost.push(`${instance}: entry ${seq} of ${requestId} is gone`);
    else if (hash !== null && entry.hash !== hash) lost.push(`${instance}: entry ${seq} is not what was answered`);
    else if (entry.requestId !== requestId || entry.accepted !== (hash !== null)) {
      lost.push(`${instance}: entry ${seq} is not that of ${requestId}`);
    }
  }
  for (const rows of rowsWithoutInstance(instances, [history, snapshots, positions, personal, keys, requests]))
    halves.push(rows);
  halves.push(...appliedTwice(known, ledger));
  return { lost, halves, instances: instances.length, entries };
}

function grouped(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(String(row.instance));
    if (group === undefined) groups.set(String(row.instance), [row]);
    else group.push(row);
  }
  return groups;
}

function entryOf(row: Row): Entry & { readonly hash: string } {
  return { ...JSON.parse(String(row.text)), hash: String(row.hash) };
}

/** Whatever one transaction should have written together and has not. */
function halvesOf({ row, history, snapshot, positions, personal, keys, requests }: Stored): readonly string[] {
  const found: string[] = [];
  const expect = (what: string, actual: unknown, expected: unknown) => {
    const [is, should] = [canonicalJson(actual ?? null), canonicalJson(expected ?? null)];
    if (is !== should) found.push(`${what} is ${is}, should be ${should}`);
  };
  const patches = patchesAfter(Number(snapshot?.seq ?? 0), history);
  const doc = documentOf({ snapshot: String(snapshot?.doc ?? ''), patches });
  if (doc === null) return ['the document is none'];
  const entries = history.map(entryOf);
  const last = entries.at(-1);
  expect(
    'numbers of the entries',
    entries.map(({ seq }) => seq),
    entries.map((_, n) => n + 1),
  );
  expect(
    'hashes',
    history.map(({ hash }) => hash),
    history.map(({ text }) => sha256(String(text))),
  );
  expect(
    'chain',
    entries.map(({ prev }) => prev),
    ['0'.repeat(64), ...entries.slice(0, -1).map(({ hash }) => hash)],
  );
  expect('head and seq', [row.head, row.seq], [last?.hash, last?.seq]);
  expect('revision', row.revision, last?.revision);

  const fold = foldOf(entries);
  const recorded = Object.entries(doc.fields).map(([id, { value, digest }]) => [id, digest ?? value]);
  expect('fields', Object.fromEntries(recorded), fold.fields);
  const statuses = Object.entries(doc.activities).map(([id, { status }]) => [id, status]);
  expect('activities', Object.fromEntries(statuses), fold.activities);
  expect('position', doc.position, fold.position);
  expect('status and outcome', [row.status, row.outcome], [fold.status, fold.outcome]);
  const places = (list: readonly { readonly phase?: unknown; readonly step?: unknown }[]) =>
    list.map(({ phase, step }) => `${phase}/${step}`).sort();
  expect('positions', places(positions), places(doc.position));

  const digests = personal.map(({ field, salt, value }) => [
    field,
    personalDigest(String(salt), JSON.parse(String(value))),
  ]);
  const promised = Object.entries(doc.fields).flatMap(([id, { digest }]) => (digest === null ? [] : [[id, digest]]));
  expect('personal values', Object.fromEntries(digests), Object.fromEntries(promised));

  const process = String(row.process);
  const claimed = row.status === 'active' && doc.key !== null ? [[keyBucket(process, doc.key), process, doc.key]] : [];
  expect(
    'business keys',
    keys.map((key) => [key.bucket, key.process, key.business_key]),
    claimed,
  );

  for (const { request_key, first_seq, last_seq } of requests) {
    const of = entries.filter(({ requestId }) => `key-${requestId}` === request_key).map(({ seq }) => seq);
    expect(`entries of ${request_key}`, [of[0], of.at(-1)], [first_seq, last_seq]);
  }
  return found;
}

function patchesAfter(seq: number, history: readonly Row[]): string {
  return history.flatMap((entry) => (Number(entry.seq) > seq ? (entry.patch ?? []) : [])).join(',');
}

/** What the history alone says that the instance is. */
function foldOf(entries: readonly Entry[]) {
  const fields: Record<string, unknown> = {};
  const activities: Record<string, string> = {};
  let position: Instance['position'] = [];
  let status: string | undefined;
  let outcome: string | null = null;
  for (const { changes } of entries) {
    for (const [id, { to }] of Object.entries(changes?.fields ?? {})) fields[id] = to;
    for (const [id, { to }] of Object.entries(changes?.activities ?? {})) activities[id] = to;
    position = changes?.position?.to ?? position;
    status = changes?.status ?? status;
    outcome = changes?.outcome ?? outcome;
  }
  return { fields, activities, position, status, outcome };
}

function* rowsWithoutInstance(
  instances: readonly Row[],
  tables: readonly (ReadonlyMap<string, readonly Row[]> | undefined)[],
): Iterable<string> {
  const ids = new Set(instances.map(({ id }) => id));
  for (const table of tables) {
    for (const id of table?.keys() ?? []) if (!ids.has(id)) yield `${id}: rows without an instance`;
  }
}

/** Requests that left more than one entry of their own, or entries apart from each other. */
function appliedTwice(
  known: ReadonlyMap<string, ReadonlyMap<number, Entry>>,
  { requests }: Pick<Ledger, 'requests'>,
): readonly string[] {
  const seqs = new Map<string, number[]>();
  const wrong: string[] = [];
  for (const [instance, entries] of known) {
    for (const { seq, requestId, actor } of entries.values()) {
      const request = requests.get(requestId);
      if (request === undefined || (request.instance ?? instance) !== instance) {
        wrong.push(`${instance}: nobody sent the request ${requestId} of entry ${seq}`);
      }
      // What the engine does by itself belongs to the request that caused it.
      const own = seqs.get(requestId) ?? [];
      if (actor !== 'phasegate') own.push(seq);
      seqs.set(requestId, own);
    }
  }
  for (const [requestId, own] of seqs) {
    if (own.length !== 1) wrong.push(`${requestId} was carried out ${own.length} times`);
  }
  return wrong;
}
