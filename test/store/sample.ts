import { onTestFinished } from 'vitest';
import { bucketOf, newId } from '../../src/ids.ts';
import { sha256 } from '../../src/json.ts';
import { openDatabase, type StoreOptions, storeOn } from '../../src/store/open-store.ts';
import type {
  Change,
  HistoryRow,
  IdempotencyRow,
  InstanceQuery,
  InstanceRow,
  Store,
  StoredInstance,
} from '../../src/store/types.ts';

/** How a test gets an empty database: what to open it with. Clean-up is the factory's. */
export type Fresh = () => Promise<StoreOptions>;

/** A migrated store on an empty database, closed when the test ends. */
export async function setup(fresh: Fresh) {
  const options = await fresh();
  const { database, store } = await open(options);
  await store.migrate();
  return { options, database, store };
}

/** Opens what `setup` opened once more, or with other options; closed when the test ends. */
export async function open(options: StoreOptions) {
  const database = await openDatabase(options);
  onTestFinished(() => database.close());
  return { database, store: storeOn(database) };
}

export const at = '2026-02-13T09:30:00.000Z';

type RowParts = Partial<Change['row']>;
type ChangeParts = Partial<Omit<Change, 'row'>> & { readonly row?: RowParts };

/** A new instance with one history entry. */
export function born({ row = {}, ...parts }: ChangeParts = {}): Change {
  const id = row.id ?? newId();
  const seq = row.seq ?? 1;
  return {
    row: {
      id,
      tenant: 'main',
      parent: null,
      owner: null,
      team: null,
      process: 'sales',
      version: 1,
      digest: sha256('definition'),
      key: null,
      status: 'active',
      outcome: null,
      revision: seq,
      seq,
      head: sha256(`${id} ${seq}`),
      startedAt: at,
      updatedAt: at,
      ...row,
    },
    snapshot: JSON.stringify({ seq }),
    position: [{ phase: 'preparation', step: 'market-analysis' }],
    expectedSeq: null,
    moved: true,
    work: { gone: [], listed: [] },
    cards: { gone: null, listed: [] },
    entries: [entry(id, seq)],
    personal: [],
    evidence: [],
    correlations: { gone: [], found: [] },
    claimKey: null,
    releaseKey: null,
    idempotency: [],
    links: [],
    messages: [],
    figures: { stays: [], deadlines: [], turnedDown: [] },
    ...parts,
  };
}

/** The next change of an instance: one entry more with its patch, not moved unless said. */
export function next(change: Change, { row = {}, ...parts }: ChangeParts = {}): Change {
  const seq = change.row.seq + 1;
  return {
    ...born({
      row: {
        ...change.row,
        seq,
        revision: seq,
        head: sha256(`${change.row.id} ${seq}`),
        ...row,
      },
      snapshot: null,
      entries: [{ ...entry(change.row.id, seq), patch: `{"seq":${seq}}` }],
      expectedSeq: change.row.seq,
      position: change.position,
      moved: false,
      ...parts,
    }),
  };
}

export function entry(id: string, seq: number) {
  const text = JSON.stringify({ instance: id, seq });
  const sought = { type: 'note', actor: 'ren', via: null, accepted: true, overridden: false };
  return { seq, recordedAt: at, text, hash: sha256(text), patch: null, ...sought };
}

/** How an entry of an instance is given back. */
export function historyRow(instance: string, written: Change['entries'][number]): HistoryRow {
  const { seq, recordedAt, text, hash, patch } = written;
  return { bucket: bucketOf(instance), instance, seq, recordedAt, text, hash, patch };
}

/** How an instance is given back after these changes of it. */
export function storedAfter(...changes: readonly [Change, ...Change[]]): StoredInstance {
  const last = changes.findLast(({ snapshot }) => snapshot !== null);
  const [first] = changes;
  const { row } = changes.at(-1) ?? first;
  const entries = changes.flatMap((change) => change.entries).filter(({ seq }) => seq > (last?.row.seq ?? 0));
  return {
    ...row,
    bucket: bucketOf(row.id),
    snapshot: last?.snapshot ?? '',
    snapshotSeq: last?.row.seq ?? 0,
    patches: entries.flatMap(({ patch }) => patch ?? []).join(','),
    quarantine: null,
    personal: changes.flatMap(({ personal }) => personal),
  };
}

export function request(key: string, parts: Partial<IdempotencyRow> = {}): IdempotencyRow {
  return {
    scope: 'key-1',
    key,
    requestHash: sha256(key),
    instance: newId(),
    firstSeq: 1,
    lastSeq: 1,
    recordedAt: at,
    ...parts,
  };
}

export const anyInstance: InstanceQuery = {
  tenant: 'main',
  sight: null,
  parent: null,
  owner: null,
  team: null,
  process: null,
  phase: null,
  step: null,
  status: null,
  outcome: null,
  key: null,
  version: null,
  cards: null,
  after: null,
  limit: 200,
};

/** The ids a list gives, page after page. */
export async function listed(store: Store, query: Partial<InstanceQuery>): Promise<readonly string[]> {
  const ids: string[] = [];
  let after: string | null = null;
  for (;;) {
    const rows: readonly InstanceRow[] = await store.listInstances({ ...anyInstance, ...query, after });
    if (rows.length === 0) return ids;
    ids.push(...rows.map((row) => row.id));
    after = rows.at(-1)?.id ?? null;
  }
}

/** What is remembered of one request. */
export async function remembered(store: Store, scope: string, key: string): Promise<IdempotencyRow | null> {
  const [row] = await store.findIdempotent([{ scope, key }]);
  return row ?? null;
}
