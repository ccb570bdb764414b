import { openCalendar } from '../calendar/index.ts';
import { compileProcess } from '../compile/index.ts';
import type { CompiledProcess } from '../compile/types.ts';
import { readProcess } from '../definition/index.ts';
import { type Mapping, mappingOf } from '../diff/index.ts';
import type { Actor } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import { createReplay, createTally, type Replay } from '../replay/index.ts';
import type { Sink } from '../replay/types.ts';
import type { Store } from '../store/types.ts';
import { suggest } from '../suggest.ts';
import type { ServiceContext } from './context.ts';
import { createEvidenceThen } from './evidence-then.ts';
import { requireOperator } from './operator.ts';
import { calendarsIn, pinnedCalendars } from './pinned-calendars.ts';
import { definitionInvalid } from './publish.ts';
import { type ReadPart, readHistories } from './replay-reading.ts';
import type { ReplayInput, ReplayRange, ReplayResult, ReplayWatch } from './replay-types.ts';

/**
 * Decides all commands of a period anew on a candidate, and tells what would have been otherwise. Reads alone, a part at a
 * time. Throws `definition-invalid` with `problems`, `not-found` for a process that has no version, `too-large`; `actor`
 * null: who holds the database itself.
 */
export async function replay(
  context: ServiceContext,
  input: ReplayInput,
  watch: ReplayWatch,
  actor: Actor | null,
): Promise<ReplayResult> {
  if (actor !== null) requireOperator(actor, { zh: '回放历史', en: 'replaying histories' });
  return replayOn(context, await candidateOf(context, input), { ...input, tenant: null }, watch);
}

/** Decides what a range holds anew on a candidate. Throws `too-large`, and the reason of whoever gives it up. */
export async function replayOn(
  context: ServiceContext,
  process: CompiledProcess,
  range: ReplayRange,
  watch: ReplayWatch,
): Promise<ReplayResult> {
  const { store, clock } = context;
  const now = clock.now();
  const period = { since: range.since, until: range.until ?? endless };
  const query = { process: process.definition.process, tenant: range.tenant, ...period };
  const size = await store.replaySize(query);
  if (range.most !== null && size.entries > range.most) throw tooMany(size.entries, range.most);

  const tally = createTally();
  const sink: Sink = {
    decided: tally.decided,
    incomparable: tally.incomparable,
    differs(difference) {
      tally.differs(difference);
      watch.differs(difference);
    },
  };
  const versions = createVersions(context, process);
  const evidence = createEvidenceThen(store);
  const candidate = { process, mappingFrom: mappingsTo(process), versions: versions.get, evidence: evidence.of };

  let instances = 0;
  let entries = 0;
  let running: Replay | null = null;
  const judge = async (part: ReadPart) => {
    running ??= createReplay(candidate, part.subject, period, sink);
    for (const asks of running.add(part.entries)) await evidence.look(asks);
    entries += part.entries.length;
    if (!part.isLast) return;
    for (const asks of running.end(now)) await evidence.look(asks);
    running = null;
    instances += 1;
  };
  for await (const parts of readHistories(store, query)) {
    watch.caller?.throwIfAborted();
    await versions.load(parts);
    for (const part of parts) await judge(part);
    watch.progress(Math.min(entries, size.entries), size.entries);
  }
  return {
    process: query.process,
    digest: process.digest,
    version: await numberOf(store, process),
    since: range.since,
    until: range.until ?? now,
    instances,
    entries,
    ...tally.counts(),
  };
}

/** Versions among which the file is looked for. */
const MOST_VERSIONS = 200;
/** Behind every record time. */
const endless = '9999-12-31T23:59:59.999Z';

/** The definition to replay on, compiled as publishing would. */
async function candidateOf(
  { store, clock, processes }: ServiceContext,
  { yaml, name, calendars }: ReplayInput,
): Promise<CompiledProcess> {
  const { definition, problems } = readProcess(yaml, name);
  if (definition === null) throw definitionInvalid(problems);
  const id = definition.process;
  const newest = await processes.get(id, null);
  if (newest === null) throw noProcess(id, await store.listNewest(clock.now()));
  const pinned = newest.ok ? calendarsIn(newest.row) : [];
  // As publishing has them: in the order of their ids.
  const known = new Map([...pinned, ...calendars].map((each) => [each.calendar, openCalendar(each)]));
  const sorted = new Map([...known].sort(([a], [b]) => (a < b ? -1 : 1)));
  return compileProcess(definition, pinnedCalendars(definition, sorted));
}

/** The version that a definition is; null: it is none. */
async function numberOf(store: Store, { digest, definition }: CompiledProcess): Promise<number | null> {
  const versions = await store.listVersions(definition.process, null, MOST_VERSIONS);
  return versions.find((version) => version.digest === digest)?.version ?? null;
}

/** The versions that histories were decided on, read as they come up. The candidate stands for the one that it is. */
function createVersions({ processes }: ServiceContext, candidate: CompiledProcess) {
  const known = new Map<number, CompiledProcess | null>();
  return {
    get: (version: number) => known.get(version) ?? null,
    async load(parts: readonly ReadPart[]) {
      for (const { entries } of parts)
        for (const { process, version } of entries) {
          if (known.has(version)) continue;
          const found = await processes.get(process, version);
          const compiled = found?.ok === true ? found.process : null;
          known.set(version, compiled?.digest === candidate.digest ? candidate : compiled);
        }
    },
  };
}

function noProcess(id: string, known: readonly { readonly process: string }[]): ProcessError {
  const ids = known.map(({ process }) => process);
  const near = suggest(id, ids);
  const list = ids.join(', ');
  return new ProcessError('not-found', {
    zh: `流程 ${id} 还没有发布过，因此没有历史${near === null ? '' : `；是否指 ${near}？`}。已发布：${list || '无'}`,
    en: `the process ${id} was never published, so that it has no history${near === null ? '' : `; did you mean ${near}?`}. Published are: ${list || 'none'}`,
  });
}

function tooMany(found: number, most: number): ProcessError {
  return new ProcessError(
    'too-large',
    {
      zh: `这段时间涉及 ${found} 条历史，一次最多回放 ${most} 条；请缩短时间段，或用命令 phasegate replay`,
      en: `this period concerns ${found} entries, and at most ${most} are replayed at a time; take a shorter one, or the command phasegate replay`,
    },
    { found, most },
  );
}

/** What has become of each version's elements in one; asked for at every entry. */
function mappingsTo(process: CompiledProcess): (from: CompiledProcess) => Mapping {
  const known = new WeakMap<CompiledProcess, Mapping>();
  return (from) => {
    const mapping = known.get(from) ?? mappingOf(from.definition, process.definition);
    known.set(from, mapping);
    return mapping;
  };
}
