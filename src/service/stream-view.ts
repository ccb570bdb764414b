import type { CompiledProcess } from '../compile/types.ts';
import { messageType, type Whose } from '../engine/index.ts';
import type { HistoryRow } from '../store/types.ts';
import { viewOf } from './chain.ts';
import { cloudEvent } from './cloud-event.ts';
import type { ServiceContext } from './context.ts';
import { loadDocument } from './document.ts';
import { versionsOver } from './entry-sight.ts';
import { hiddenInAny, presentEntries } from './present.ts';
import { isSeen } from './sight.ts';
import { writePosition } from './stream-position.ts';
import type { FedStream } from './stream-types.ts';
import type { EntryView } from './types.ts';

/** An instance of which nothing is known but its process: who sees the whole of it sees every one. */
const ANYBODYS: Whose = { owner: null, team: null };

/** An entry with the streams that it is for, if they may see it. */
interface Told {
  readonly entry: EntryView;
  readonly versions: readonly CompiledProcess[];
  /** Made once for all who see everything. */
  readonly whole: string;
  readonly streams: readonly FedStream[];
}

/**
 * Tells streams of entries (at most 256), in their order, each what its actor may see, as `history` shows it. Instances are
 * read only where it depends on them.
 */
export async function tell(
  context: ServiceContext,
  rows: readonly HistoryRow[],
  streamsFor: (row: HistoryRow) => readonly FedStream[],
): Promise<void> {
  const told: Told[] = [];
  for (const row of rows) {
    const all = streamsFor(row);
    const entry = all.length === 0 ? null : readable(row);
    const streams = entry === null ? [] : all.filter((stream) => isWanted(stream, entry));
    if (entry === null || streams.length === 0) continue;
    const versions = await versionsOver(context, entry);
    told.push({ entry, versions, whole: cloudEvent(entry), streams });
  }
  const asked = told.flatMap(({ entry, versions, streams }) =>
    streams.some((stream) => !seesWhole(versions, ANYBODYS, stream)) ? [entry.instance] : [],
  );
  const known = await whoseThese(context, [...new Set(asked)]);
  for (const { entry, versions, whole, streams } of told) {
    const { instance, seq, recordedAt } = entry;
    const position = writePosition({ recordedAt, place: { instance, seq } });
    for (const stream of streams) {
      if (stream.closed) continue;
      const text = seesWhole(versions, ANYBODYS, stream)
        ? whole
        : textFor(stream, entry, versions, known.get(instance));
      if (text !== null) stream.reader.message(position, text);
    }
  }
}

/** Null: somebody has changed the history behind our back; others go on. */
function readable(row: HistoryRow): EntryView | null {
  try {
    return viewOf(row);
  } catch {
    return null;
  }
}

function isWanted({ actor, process, instance, types }: FedStream, entry: EntryView): boolean {
  return (
    entry.accepted &&
    entry.tenant === actor.tenant &&
    (process === null || process === entry.process) &&
    (instance === null || instance === entry.instance) &&
    (types.size === 0 || types.has(messageType(entry)))
  );
}

function seesWhole(versions: readonly CompiledProcess[], whose: Whose, { actor }: FedStream): boolean {
  return isSeen(versions[0] ?? null, whose, actor) && hiddenInAny(versions, whose, actor) === null;
}

function textFor(
  { actor }: FedStream,
  entry: EntryView,
  versions: readonly CompiledProcess[],
  whose: Whose | undefined,
): string | null {
  if (whose === undefined || !isSeen(versions[0] ?? null, whose, actor)) return null;
  const [shown] = presentEntries(versions, whose, actor, [entry]);
  return shown === undefined ? null : cloudEvent(shown);
}

async function whoseThese(context: ServiceContext, ids: readonly string[]): Promise<ReadonlyMap<string, Whose>> {
  const found = new Map<string, Whose>();
  if (ids.length === 0) return found;
  for (const row of await context.store.loadInstances(ids)) {
    const loaded = await loadDocument(context, row);
    found.set(row.id, loaded.ok ? loaded.instance : row);
  }
  return found;
}
