import type { RecordedPlace } from '../store/types.ts';
import { messageId } from './cloud-event.ts';
import type { ServiceContext } from './context.ts';
import type { FedStream } from './stream-types.ts';
import { tell } from './stream-view.ts';

/**
 * An entry is recorded before it is committed, and nodes have clocks of their own: one that was recorded this long ago is
 * taken for visible.
 */
export const OVERLAP_MS = 5_000;
/** Places read at once. */
const PAGE = 5_000;
/** Entries that are read at once with their texts. */
const CHUNK = 256;
/** Places within one window; beyond it streams are to catch up by themselves. */
const MOST_PLACES = 100_000;

/** The one reader of a node's streams. */
export interface Feed {
  /**
   * From the next reading on a stream is told what is new: what is recorded after `since`, or (null) what was not committed
   * before that reading. Resolves when it was.
   */
  join(stream: FedStream, since: string | null): Promise<void>;
  leave(stream: FedStream): void;
  /** Reads what was committed since the last time and tells the streams. Costs nothing where there are none. */
  read(): Promise<void>;
  isWatched(): boolean;
  /** When it was read last: what is older, but for the overlap, was told. Null: it was not. */
  readAt(): string | null;
}

interface Window {
  readonly from: string;
  readonly to: string;
}

export function createFeed(context: ServiceContext): Feed {
  const { store, clock } = context;
  const joined = new Set<FedStream>();
  const joining = new Map<FedStream, string | null>();
  /** What was told of the last window. */
  let seen = new Set<string>();
  let readAt: string | null = null;
  let reading: Promise<void> | null = null;
  let again: Promise<void> | null = null;

  const isWatched = () => joined.size + joining.size > 0;

  async function readOnce(): Promise<void> {
    if (!isWatched()) {
      seen = new Set();
      readAt = null;
      return;
    }
    const now = clock.now();
    const fresh = new Map(joining);
    const tenants = new Set([...joined, ...fresh.keys()].map(({ actor }) => actor.tenant));
    const places = await placesIn(tenants, windowsOf(readAt, now, earliest(fresh.values())));
    if (places === null) {
      for (const stream of [...joined, ...fresh.keys()]) {
        leave(stream);
        stream.reader.cut();
      }
      return;
    }
    const isPrimed = readAt !== null;
    const streamsFor = (place: RecordedPlace) => {
      const streams = isPrimed && !seen.has(messageId(place)) ? [...joined] : [];
      for (const [stream, since] of fresh) if (since !== null && place.recordedAt > since) streams.push(stream);
      return streams;
    };
    const wanted = inOrder(places).filter((place) => streamsFor(place).length > 0);
    for (let from = 0; from < wanted.length; from += CHUNK) {
      const chunk = wanted.slice(from, from + CHUNK);
      const rows = new Map((await store.findEntries(chunk)).map((row) => [messageId(row), row]));
      await tell(
        context,
        chunk.flatMap((place) => rows.get(messageId(place)) ?? []),
        streamsFor,
      );
      // What fails after this is told again, what was told is not.
      for (const place of chunk) seen.add(messageId(place));
    }
    seen = new Set(places.map(messageId));
    readAt = now;
    for (const stream of fresh.keys()) {
      joining.delete(stream);
      if (!stream.closed) joined.add(stream);
    }
  }

  /**
   * The newest first: an entry of an instance is visible whenever the next one is, so that reading towards the past finds no
   * entry without those before it. Null: there are too many.
   */
  async function placesIn(
    tenants: ReadonlySet<string>,
    windows: readonly Window[],
  ): Promise<readonly RecordedPlace[] | null> {
    const found = new Map<string, RecordedPlace>();
    for (const tenant of tenants) {
      for (const window of windows) {
        let after: RecordedPlace | null = null;
        do {
          const page: readonly RecordedPlace[] = await store.recordedEntries({
            ...window,
            tenant,
            order: 'desc',
            after,
            limit: PAGE,
          });
          for (const place of page) found.set(messageId(place), place);
          if (found.size > MOST_PLACES) return null;
          after = page.length === PAGE ? (page.at(-1) ?? null) : null;
        } while (after !== null);
      }
    }
    return [...found.values()];
  }

  function leave(stream: FedStream): void {
    stream.closed = true;
    joined.delete(stream);
    joining.delete(stream);
  }

  /** One reading at a time; whoever asks while one is under way gets the next. */
  function read(): Promise<void> {
    if (reading === null) {
      reading = readOnce().finally(() => {
        reading = null;
      });
      return reading;
    }
    again ??= reading
      .catch(() => {})
      .then(() => {
        again = null;
        return read();
      });
    return again;
  }

  return {
    async join(stream, since) {
      joining.set(stream, since);
      try {
        await read();
      } catch (error) {
        leave(stream);
        throw error;
      }
    },
    leave,
    read,
    isWatched,
    readAt: () => readAt,
  };
}

/**
 * What may have become visible since the last reading. A clock that was set back leaves two windows, around what it said then
 * and what it says now.
 */
function windowsOf(last: string | null, now: string, since: string | null): readonly Window[] {
  const around = (from: string, to: string): Window => ({ from: later(from, -OVERLAP_MS), to: later(to, OVERLAP_MS) });
  const start = last ?? now;
  const windows = start <= now ? [around(start, now)] : [around(start, start), around(now, now)];
  return since === null ? windows : [...windows, { from: since, to: later(now, OVERLAP_MS) }];
}

/** By record time, and those of one instance always by their numbers, whatever its clock said. */
function inOrder(places: readonly RecordedPlace[]): readonly RecordedPlace[] {
  const sorted = [...places].sort((a, b) => compare(a.recordedAt, b.recordedAt) || compare(a.instance, b.instance));
  const numbers = new Map<string, RecordedPlace[]>();
  for (const place of sorted) {
    const all = numbers.get(place.instance);
    if (all === undefined) numbers.set(place.instance, [place]);
    else all.push(place);
  }
  for (const all of numbers.values()) all.sort((a, b) => b.seq - a.seq);
  return sorted.flatMap(({ instance }) => numbers.get(instance)?.pop() ?? []);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function earliest(times: Iterable<string | null>): string | null {
  const given = [...times].filter((time) => time !== null).sort();
  return given[0] ?? null;
}

export function later(now: string, ms: number): string {
  return new Date(Date.parse(now) + ms).toISOString();
}
