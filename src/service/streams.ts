import { type MessageType, messageTypes } from '../engine/index.ts';
import type { Actor } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import type { RecordedPlace } from '../store/types.ts';
import { suggest } from '../suggest.ts';
import type { ServiceContext } from './context.ts';
import { type Feed, later, OVERLAP_MS } from './feed.ts';
import { seenInstance } from './sight.ts';
import { readPosition, writePosition } from './stream-position.ts';
import type { FedStream, OpenStream, StreamQuery, StreamReader } from './stream-types.ts';
import { tell } from './stream-view.ts';

/** Days that a stream reaches back. */
export const STREAM_DAYS = 7;
const DAY_MS = 24 * 60 * 60_000;
/** Entries told at once to somebody who was away: he is to have read them before he gets more. */
const PAGE = 16;

/**
 * Tells a reader of what is recorded, as it is; what was recorded since `after` comes first. Throws `malformed-request` for a
 * type or a position that there is not, and what reading the instance throws.
 */
export async function openStream(
  context: ServiceContext,
  feed: Feed,
  query: StreamQuery,
  actor: Actor,
  reader: StreamReader,
): Promise<OpenStream> {
  const { process, instance } = query;
  const types = readTypes(query.types);
  if (instance !== null) await seenInstance(context, instance, actor);
  const since = query.after === null ? null : await readAfter(context, query.after, actor);
  const stream: FedStream = { actor, process, instance, types, reader, closed: false };
  /** What was told while it was catching up. */
  let reached: string | null = since;

  async function catchUp(from: string): Promise<void> {
    // What is older than the overlap is all there: its pages do not change while they are read.
    for (let start = later(from, -OVERLAP_MS); !stream.closed; ) {
      const until = later(context.clock.now(), -OVERLAP_MS);
      let after: RecordedPlace | null = null;
      do {
        const page: readonly RecordedPlace[] = await context.store.recordedEntries({
          tenant: actor.tenant,
          from: start,
          to: until,
          order: 'asc',
          after,
          limit: PAGE,
        });
        const rows = new Map((await context.store.findEntries(page)).map((row) => [`${row.instance} ${row.seq}`, row]));
        const found = page.flatMap(({ instance: id, seq }) => rows.get(`${id} ${seq}`) ?? []);
        await tell(context, found, () => [stream]);
        after = page.length === PAGE ? (page.at(-1) ?? null) : null;
        reached = after?.recordedAt ?? reached;
        await reader.drained();
      } while (after !== null && !stream.closed);
      const joinsFrom = latest(start, until);
      const isClose = Date.parse(context.clock.now()) - Date.parse(joinsFrom) < 3 * OVERLAP_MS;
      if (isClose && !stream.closed) {
        // One millisecond earlier, since times are not included there.
        await feed.join(stream, later(joinsFrom, -1));
        return;
      }
      start = joinsFrom;
    }
  }

  if (since === null) {
    await feed.join(stream, null);
    reader.open(null);
    reached = feed.readAt();
  } else {
    const now = context.clock.now();
    const oldest = later(now, -STREAM_DAYS * DAY_MS);
    const isKept = since >= oldest;
    reader.open(isKept ? null : { from: since, to: oldest });
    catchUp(isKept ? since : oldest)
      .then(() => {
        reached = null;
      })
      .catch(() => {
        feed.leave(stream);
        reader.cut();
      });
  }
  return {
    position() {
      const recordedAt = reached ?? feed.readAt();
      return recordedAt === null ? null : writePosition({ recordedAt, place: null });
    },
    close: () => feed.leave(stream),
  };
}

function latest(a: string, b: string): string {
  return a < b ? b : a;
}

/** The record time that somebody has everything up to. */
async function readAfter({ store, clock }: ServiceContext, after: string, actor: Actor): Promise<string> {
  const position = readPosition(after);
  const isKnown = position !== null && position.recordedAt <= later(clock.now(), OVERLAP_MS);
  if (!isKnown) throw unknownPosition(after);
  const { place, recordedAt } = position;
  if (place === null) return recordedAt;
  const [row] = await store.findEntries([place]);
  const [holder] = row === undefined ? [] : await store.loadInstances([place.instance]);
  // Another tenant's is as unknown as one that there is not.
  if (row?.recordedAt === recordedAt && holder?.tenant === actor.tenant) return recordedAt;
  throw unknownPosition(after);
}

function unknownPosition(after: string): ProcessError {
  const found = JSON.stringify(after.slice(0, 100));
  return new ProcessError(
    'malformed-request',
    {
      zh: `Last-Event-ID 应为流中收到的某个 id；收到 ${found}。不带此头部重新连接，即从现在开始`,
      en: `Last-Event-ID should be an id that came in a stream; found ${found}. Connect without it to begin with what comes now`,
    },
    { parameter: 'lastEventId' },
  );
}

function readTypes(given: string | null): ReadonlySet<MessageType> {
  const names = given === null ? [] : given.split(',').slice(0, 100);
  return new Set(
    names.map((name) => {
      const type = messageTypes.find((known) => known === name);
      if (type !== undefined) return type;
      const near = suggest(name.slice(0, 100), messageTypes);
      const found = JSON.stringify(name.slice(0, 100));
      const list = messageTypes.join(', ');
      throw new ProcessError(
        'malformed-request',
        {
          zh: `查询参数 types 应为以逗号分隔的消息类型；收到 ${found}${near === null ? '' : `（是否指 ${near}？）`}。可用的有：${list}`,
          en: `The query parameter types must be types of messages with commas between them; found ${found}${near === null ? '' : ` (did you mean ${near}?)`}. Known: ${list}`,
        },
        { parameter: 'types', ...(near !== null && { suggestion: near }) },
      );
    }),
  );
}
