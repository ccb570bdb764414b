import type { Actor } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import type { HistoryRow, RecordedPlace, SoughtQuery } from '../store/types.ts';
import { suggest } from '../suggest.ts';
import { viewOf } from './chain.ts';
import type { ServiceContext } from './context.ts';
import { badCursor } from './cursor.ts';
import { type Loaded, loadDocument } from './document.ts';
import { versionsOver } from './entry-sight.ts';
import { presentEntries, shownKey } from './present.ts';
import type { FoundEntries, HistorySearch } from './search-types.ts';
import { isSeen } from './sight.ts';
import type { EntryView } from './types.ts';

/** Entries that one page looks at: what is rare is found over several pages, and no page takes long. */
const LOOKED_AT = 20_000;
/** Instances that one business key may have named, one after the other. */
const MOST_OF_KEY = 50;
/** Milliseconds: an hour, a minute, a second. */
const ROUND_MS = [3_600_000, 60_000, 1_000];

/**
 * Entries of all instances that the actor sees, the newest first by when they were recorded. A page may hold fewer than
 * asked for, even none; `next` says whether there is more, and `reached` how far back it has looked. Throws
 * `malformed-request`.
 */
export async function searchHistory(
  context: ServiceContext,
  types: ReadonlySet<string>,
  search: HistorySearch,
  actor: Actor,
): Promise<FoundEntries> {
  if (search.type !== null && !types.has(search.type)) throw unknownType(search.type, types);
  const { store, clock } = context;
  const sight = await context.sights.of(actor);
  const query = {
    tenant: actor.tenant,
    sight,
    instances: await instancesOf(context, search, sight, actor),
    process: search.process,
    actor: search.actor,
    type: search.type,
    accepted: search.accepted,
    overridden: search.overridden,
    from: instantOf('since', search.since),
    to: instantOf('until', search.until),
    after: search.cursor === null ? null : placeOf(search.cursor),
  };
  const reach = query.instances === null ? await store.seekReach({ ...query, rows: LOOKED_AT }) : null;
  // Whoever does not see everything is not told when others did something.
  const back = reach === null || sight === null ? reach : rounded(reach, query.after?.recordedAt ?? clock.now());
  const found = await store.seekEntries({ ...query, back, limit: search.limit + 1 });
  const page = found.slice(0, search.limit);
  const last = (found.length > search.limit ? page.at(-1) : back) ?? null;
  return {
    ...(await shown(context, page, actor)),
    next: last === null ? null : `${last.recordedAt}~${last.instance}~${last.seq}`,
    reached: last?.recordedAt ?? null,
  };
}

/** Null: all of them are looked through. */
async function instancesOf(
  context: ServiceContext,
  { instance, key, process }: HistorySearch,
  sight: SoughtQuery['sight'],
  actor: Actor,
): Promise<readonly string[] | null> {
  if (key === null) return instance === null ? null : [instance];
  const placed = { phase: null, step: null, status: null, outcome: null };
  const any = { ...placed, parent: null, owner: null, team: null, version: null, cards: null };
  const { tenant } = actor;
  const wanted = { ...any, tenant, sight, process, key, after: null, limit: MOST_OF_KEY + 1 };
  const rows = await context.store.listInstances(wanted);
  if (rows.length > MOST_OF_KEY) throw tooManyOfKey();
  const ids = await Promise.all(
    rows.map(async (row) => {
      const loaded = await loadDocument(context, { ...row, personal: [] });
      // A key that is hidden from somebody tells them nothing by being guessed.
      return isSeen(loaded.process, row, actor) && keyOf(loaded, actor) === key ? [row.id] : [];
    }),
  );
  return ids.flat().filter((id) => instance === null || id === instance);
}

function keyOf(loaded: Loaded, actor: Actor): string | null {
  return loaded.ok ? shownKey(loaded.process, loaded.instance, actor) : loaded.row.key;
}

/** The entries at these places that the actor sees, in their order. */
async function shown(
  context: ServiceContext,
  places: readonly RecordedPlace[],
  actor: Actor,
): Promise<Pick<FoundEntries, 'entries' | 'keys'>> {
  if (places.length === 0) return { entries: [], keys: {} };
  const { store } = context;
  const name = ({ instance, seq }: Pick<RecordedPlace, 'instance' | 'seq'>) => `${instance} ${seq}`;
  const rows = new Map((await store.findEntries(places)).map((row) => [name(row), row]));
  const ids = [...new Set(places.map(({ instance }) => instance))];
  const loaded = new Map<string, Loaded>();
  for (const row of await store.loadInstances(ids)) {
    if (row.tenant !== actor.tenant) continue;
    const document = await loadDocument(context, row);
    if (isSeen(document.process, document.ok ? document.instance : row, actor)) loaded.set(row.id, document);
  }
  const entries: EntryView[] = [];
  for (const place of places) {
    const row = rows.get(name(place));
    const document = loaded.get(place.instance);
    if (row !== undefined && document !== undefined) entries.push(...(await seenOf(context, row, document, actor)));
  }
  const keys = [...loaded].map(([id, document]) => [id, keyOf(document, actor)]);
  return { entries, keys: Object.fromEntries(keys) };
}

async function seenOf(
  context: ServiceContext,
  row: HistoryRow,
  loaded: Loaded,
  actor: Actor,
): Promise<readonly EntryView[]> {
  const entry = viewOf(row);
  const versions = await versionsOver(context, entry);
  const own = loaded.process === null ? [] : [loaded.process];
  const whose = loaded.ok ? loaded.instance : loaded.row;
  return presentEntries(versions.length === 0 ? own : versions, whose, actor, [entry]);
}

/** The next full hour, minute or second after a place that is still before `start`; the place itself where there is none. */
function rounded(place: RecordedPlace, start: string): RecordedPlace {
  const time = Date.parse(place.recordedAt);
  for (const ms of ROUND_MS) {
    const recordedAt = new Date(Math.ceil(time / ms) * ms).toISOString();
    if (recordedAt < start) return { recordedAt, instance: '', seq: 0 };
  }
  return place;
}

function placeOf(cursor: string): RecordedPlace {
  const pattern = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)~([0-9a-f-]{36}|)~(\d{1,9})$/;
  const [, recordedAt, instance, seq] = pattern.exec(cursor) ?? [];
  if (recordedAt === undefined || instance === undefined) throw badCursor();
  return { recordedAt, instance, seq: Number(seq) };
}

/** Throws `malformed-request` for a day or an hour that there is not. */
function instantOf(parameter: string, text: string | null): string | null {
  if (text === null) return null;
  const time = Date.parse(text);
  if (!Number.isNaN(time)) return new Date(time).toISOString();
  throw new ProcessError(
    'malformed-request',
    {
      zh: `查询参数 ${parameter} 应为存在的时间点，收到 ${text}`,
      en: `the query parameter ${parameter} should be an instant that there is; found ${text}`,
    },
    { parameter },
  );
}

function unknownType(type: string, types: ReadonlySet<string>): ProcessError {
  const near = suggest(type, types);
  const list = [...types].join(', ');
  return new ProcessError(
    'malformed-request',
    {
      zh: `查询参数 type 应为事件类型${near === null ? '' : `（是否指 ${near}？）`}：${list}；收到 ${type}`,
      en: `the query parameter type should be a type of event${near === null ? '' : ` (did you mean ${near}?)`}: ${list}; found ${type}`,
    },
    { parameter: 'type', ...(near !== null && { suggestion: near }) },
  );
}

function tooManyOfKey(): ProcessError {
  return new ProcessError(
    'malformed-request',
    {
      zh: `有 ${MOST_OF_KEY} 个以上的实例用过这个业务键；请用 instance 指明是哪一个`,
      en: `more than ${MOST_OF_KEY} instances have had this business key; say by instance which one is meant`,
    },
    { parameter: 'key' },
  );
}
