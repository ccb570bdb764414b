import type { Actor } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import type { Act, PublicationRow } from '../store/types.ts';
import type { ServiceContext } from './context.ts';
import { actNames, possibleText, standingNames } from './publication-words.ts';
import { possibleActs, standingOf, type VersionStanding } from './version-standing.ts';

/** How often it is decided anew since somebody else did something with the process meanwhile. */
const MOST_ATTEMPTS = 32;
/** Lines of one version. */
const MOST_LINES = 500;

export interface VersionName {
  readonly process: string;
  readonly version: number;
}

/** How a version stands while something is decided about it. */
export interface Recorded {
  readonly record: readonly PublicationRow[];
  readonly standing: VersionStanding;
  /** When it is decided (ISO 8601 UTC): never before the last line of the process. */
  readonly at: string;
}

/** A new line; what it does not say is null. */
export interface NewLine
  extends Pick<PublicationRow, 'act'>,
    Partial<
      Pick<PublicationRow, 'note' | 'hypothesis' | 'metric' | 'effectiveAt' | 'tests' | 'outcome' | 'isForced'>
    > {}

/**
 * Writes a line into the record of a process: `decide` says which, null for none, or throws. Nobody is let in between: where
 * somebody, on this node or another, was first, it is decided anew by what then stands. Returns the version's lines.
 */
export async function recordAct(
  { store, clock, processes }: ServiceContext,
  { process, version }: VersionName,
  actor: Pick<Actor, 'id' | 'via'>,
  decide: (stands: Recorded) => NewLine | null | Promise<NewLine | null>,
): Promise<{ readonly record: readonly PublicationRow[]; readonly added: PublicationRow | null }> {
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    // In this order: whatever comes after the last line takes its number.
    const last = await store.lastPublication(process);
    const record = await store.publicationsOf(process, version);
    const now = clock.now();
    const at = last !== null && last.at > now ? last.at : now;
    const line = await decide({ record, standing: standingOf(record, at), at });
    if (line === null) return { record, added: null };
    if (record.length >= MOST_LINES) throw tooMany({ process, version });
    const { effectiveAt = null, ...rest } = line;
    const added: PublicationRow = {
      note: null,
      hypothesis: null,
      metric: null,
      tests: null,
      outcome: null,
      isForced: false,
      ...rest,
      // At once: by the record's own time, which may be ahead of this clock.
      effectiveAt: line.act !== 'publish' ? null : effectiveAt !== null && effectiveAt > at ? effectiveAt : at,
      process,
      version,
      seq: (last?.seq ?? 0) + 1,
      at,
      actor: actor.id,
      via: actor.via,
    };
    if (!(await store.addPublication(added))) continue;
    processes.forgetNewest(process);
    return { record: [...record, added], added };
  }
  throw new ProcessError('unavailable', {
    zh: `流程 ${process} 的版本正被频繁变更；请稍后重试`,
    en: `the versions of ${process} are being changed all the time; send the request again in a moment`,
  });
}

/** Throws `not-allowed-now` where a version, as it stands, is past that, or not there yet. */
export function requirePossible({ process, version }: VersionName, { record, standing }: Recorded, act: Act): void {
  const possible = possibleActs[standing];
  if (possible.includes(act)) return;
  const last = record.at(-1);
  const by = last === undefined ? { zh: '', en: '' } : saidBy(last);
  throw new ProcessError(
    'not-allowed-now',
    {
      zh: `流程 ${process} 第 ${version} 版${standingNames[standing].zh}${by.zh}，不能${actNames[act].zh}；现在可以：${possibleText(possible).zh}`,
      en: `version ${version} of ${process} is ${standingNames[standing].en}${by.en} and cannot be ${actNames[act].en}; now it can be ${possibleText(possible).en}`,
    },
    { standing, acts: possible },
  );
}

/** Throws `revision-stale` where the last line is not the one that the caller saw. */
export function requireRevision(ifMatch: number | null, { record }: Pick<Recorded, 'record'>): void {
  const revision = record.at(-1)?.seq ?? 0;
  if (ifMatch === null || ifMatch === revision) return;
  throw new ProcessError(
    'revision-stale',
    {
      zh: `该版本已变化：If-Match 为 ${ifMatch}，现为 ${revision}；请重新查看后再试`,
      en: `the version has changed since: If-Match is ${ifMatch}, it is at ${revision}; look at it again`,
    },
    { revision },
  );
}

function saidBy({ actor, at, note }: PublicationRow) {
  const why = note === null ? '' : `: ${note.slice(0, 200)}`;
  return { zh: `（${actor}，${at}${why}）`, en: ` (${actor}, ${at}${why})` };
}

function tooMany({ process, version }: VersionName): ProcessError {
  return new ProcessError('not-allowed-now', {
    zh: `流程 ${process} 第 ${version} 版的记录已有 ${MOST_LINES} 行；请改动文件后另起一版`,
    en: `the record of version ${version} of ${process} has ${MOST_LINES} lines; change the file, so that it is another version`,
  });
}

/** For one that nothing is recorded of. */
export function noVersion({ process, version }: VersionName): ProcessError {
  return new ProcessError('not-found', {
    zh: `流程 ${process.slice(0, 80)} 没有第 ${version} 版；GET /v1/processes/${process.slice(0, 80)}/versions 可列出所有版本`,
    en: `process ${process.slice(0, 80)} has no version ${version}; GET /v1/processes/${process.slice(0, 80)}/versions lists those that there are`,
  });
}
