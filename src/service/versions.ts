import { ADMIN } from '../definition/index.ts';
import type { Actor } from '../engine/types.ts';
import type { PublicationRow, RecordedVersion } from '../store/types.ts';
import type { ServiceContext } from './context.ts';
import { badCursor } from './cursor.ts';
import { isOperator, requireOperator } from './operator.ts';
import { readCompiled } from './processes.ts';
import type { RecordedAct, TestsOutcome, VersionPage, VersionQuery, VersionView } from './publication-view.ts';
import { noVersion, type VersionName } from './record-act.ts';
import { lastEffect, openStandings, standingOf } from './version-standing.ts';

/**
 * The versions of a process, the highest first, with everything that was done with each: for who reads the process those that
 * are or were in effect, for operators drafts too. Who is no administrator is not told how many instances run on them.
 * A page may be short. Throws `not-found`, `role-required`, `malformed-request`.
 */
export async function listVersions(
  context: ServiceContext,
  process: string,
  { draftsOnly, cursor, limit }: VersionQuery,
  actor: Actor,
): Promise<VersionPage> {
  if (draftsOnly) requireOperator(actor, { zh: '查看草稿', en: 'looking at drafts' });
  const before = cursor === null ? null : Number(cursor);
  if (before !== null && !(Number.isSafeInteger(before) && before > 0)) throw badCursor();
  const { store, clock } = context;
  const rows = await store.listVersions(process, before, limit + 1);
  const isMine = isOperator(actor);
  // Of what only operators see nobody else learns that it is there.
  if (!isMine || rows.length === 0) await readCompiled(context, process, null, actor);
  const now = clock.now();
  const page = rows.slice(0, limit);
  const wanted = page.filter(({ record }) => {
    if (draftsOnly) return openStandings.includes(standingOf(record, now));
    return isMine || lastEffect(record, now) !== null;
  });
  const last = page.at(-1);
  const next = rows.length > limit && last !== undefined ? String(last.version) : null;
  return { versions: await viewsOf(context, process, wanted, actor), next };
}

/** One version, as it stands with these lines. Throws `not-found`. */
export async function versionView(
  context: ServiceContext,
  name: VersionName,
  record: readonly PublicationRow[],
  actor: Actor,
): Promise<VersionView> {
  const { process, version } = name;
  const definition = await context.store.getDefinition(process, version);
  const rows = definition === null ? [] : [{ process, version, digest: definition.digest, record }];
  const [view] = await viewsOf(context, process, rows, actor);
  if (view === undefined) throw noVersion(name);
  return view;
}

async function viewsOf(
  { store, clock }: ServiceContext,
  process: string,
  rows: readonly RecordedVersion[],
  actor: Actor,
): Promise<readonly VersionView[]> {
  const now = clock.now();
  const newest = await store.newestVersion(process, now);
  const numbers = rows.map(({ version }) => version);
  const counts = actor.roles.includes(ADMIN) ? await store.countInstances(actor.tenant, process, numbers) : null;
  return rows.flatMap(({ version, digest, record }, i) => {
    const standing = standingOf(record, now);
    const [first] = record;
    const words = record.findLast(({ act }) => act === 'draft') ?? first;
    const last = record.at(-1);
    if (standing === 'new' || words === undefined || last === undefined) return [];
    const { actor: author, note, hypothesis, metric } = words;
    const effect = standing === 'scheduled' ? last : lastEffect(record, now);
    const count = counts?.[i];
    return [
      {
        process,
        version,
        digest,
        standing,
        isNewest: newest?.version === version,
        revision: last.seq,
        author,
        note,
        hypothesis,
        metric,
        effectiveAt: effect?.effectiveAt ?? null,
        instances: count === undefined ? null : { open: count.open, closed: count.closed },
        record: record.map(actOf),
      },
    ];
  });
}

function actOf(row: PublicationRow): RecordedAct {
  const { seq, act, at, actor, via, note, hypothesis, metric, effectiveAt, isForced, outcome } = row;
  // We have written it ourselves.
  const tests: TestsOutcome | null = outcome === null ? null : JSON.parse(outcome);
  return { seq, act, at, actor, via, note, hypothesis, metric, effectiveAt, isForced, tests };
}
