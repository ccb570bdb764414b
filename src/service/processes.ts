import { calendarDigest, drawGraph } from '../compile/index.ts';
import { ADMIN } from '../definition/index.ts';
import type { Actor } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import { isSandbox } from '../names.ts';
import { suggest } from '../suggest.ts';
import type { Language } from '../text.ts';
import type { ServiceContext } from './context.ts';
import { isOperator } from './operator.ts';
import type { Compiled } from './process-cache.ts';
import { noVersion } from './record-act.ts';
import { readersOf, readsProcess } from './sight.ts';
import type { GraphFormat, ProcessSummary, ProcessVersion } from './types.ts';
import { standingOf } from './version-standing.ts';
import { testsOf } from './version-tests.ts';

/** Numbers of versions that are told with a process. */
const MOST_NUMBERS = 200;

/** The processes that the actor holds a role of. */
export async function listProcesses(context: ServiceContext, actor: Actor): Promise<readonly ProcessSummary[]> {
  const rows = await context.store.listNewest(context.clock.now());
  const found = await Promise.all(
    rows.map(async ({ process: name, version, at, actor: by }) => {
      const compiled = await context.processes.get(name, version);
      const process = compiled?.ok ? compiled.process : null;
      const isRead = process === null ? actor.roles.includes(ADMIN) : readsProcess(process, actor);
      if (!isRead || compiled === null) return [];
      const { digest } = compiled.row;
      const title = process?.definition.title ?? { zh: name, en: name };
      return [{ process: name, title, version, digest, publishedAt: at, publishedBy: by }];
    }),
  );
  return found.flat();
}

export async function getProcess(
  context: ServiceContext,
  process: string,
  version: number | null,
  actor: Actor,
): Promise<ProcessVersion> {
  const compiled = await readCompiled(context, process, version, actor);
  const { store, clock } = context;
  const { definition, calendars: pinned } = compiled.process;
  const { digest, yaml, ...row } = compiled.row;
  const now = clock.now();
  const [record, versions] = await Promise.all([
    store.publicationsOf(process, row.version),
    store.listPublished(process, now, MOST_NUMBERS),
  ]);
  // A crash left it before anything was recorded of it.
  if (record.length === 0) throw noVersion({ process, version: row.version });
  const published = record.findLast(({ effectiveAt }) => effectiveAt !== null) ?? null;
  return {
    process,
    title: definition.title,
    version: row.version,
    digest,
    publishedAt: published?.at ?? null,
    publishedBy: published?.actor ?? null,
    standing: standingOf(record, now),
    tests: testsOf(record),
    yaml,
    definition,
    calendars: [...pinned].map(([calendar, opened]) => ({ calendar, digest: calendarDigest(opened.definition) })),
    versions,
  };
}

/**
 * Throws `not-found`, also for a draft where the actor is neither one of those who publish nor in a sandbox, and
 * `role-required` for who holds no role of the process.
 */
export async function readCompiled(context: ServiceContext, name: string, version: number | null, actor: Actor) {
  const compiled = await getCompiled(context, name, version);
  const seesDrafts = version === null || isOperator(actor) || isSandbox(actor.tenant);
  if (!seesDrafts && !(await context.processes.isPublished(name, version)))
    throw await noProcess(context, name, version);
  if (readsProcess(compiled.process, actor)) return compiled;
  const roles = readersOf(compiled.process.access);
  throw new ProcessError(
    'role-required',
    {
      zh: `只有角色 ${roles.join(', ')} 可查看流程 ${name}；${actor.id} 的角色：${actor.roles.join(', ') || '无'}`,
      en: `only the roles ${roles.join(', ')} see the process ${name}; ${actor.id} holds ${actor.roles.join(', ') || 'none'}`,
    },
    { roles },
  );
}

/** Throws `not-found`; a row that was changed behind our back is `unavailable`. */
export async function getCompiled(
  context: ServiceContext,
  process: string,
  version: number | null,
): Promise<Extract<Compiled, { ok: true }>> {
  const compiled = await context.processes.get(process, version);
  if (compiled === null) throw await noProcess(context, process, version);
  if (!compiled.ok) throw new ProcessError('unavailable', compiled.why);
  return compiled;
}

async function noProcess(
  { store, clock }: ServiceContext,
  process: string,
  version: number | null,
): Promise<ProcessError> {
  const published = await store.listNewest(clock.now());
  const newest = published.find((row) => row.process === process);
  const name = process.slice(0, 80);
  if (newest !== undefined) {
    return new ProcessError('not-found', {
      zh: `流程 ${name} 没有第 ${version} 版；最新为第 ${newest.version} 版`,
      en: `process ${name} has no version ${version}; the newest is ${newest.version}`,
    });
  }
  const ids = published.map((row) => row.process);
  const near = suggest(name, ids);
  return new ProcessError(
    'not-found',
    {
      zh: `没有流程 ${name}${near === null ? '；' : `，是否指 ${near}？`}GET /v1/processes 可列出已发布的流程`,
      en: `there is no process ${name}${near === null ? ';' : `; did you mean ${near}?`} GET /v1/processes lists those that are published`,
    },
    near === null ? {} : { suggestion: near },
  );
}

export async function graph(
  context: ServiceContext,
  process: string,
  version: number | null,
  format: GraphFormat,
  language: Language,
  actor: Actor,
): Promise<string> {
  const compiled = await readCompiled(context, process, version, actor);
  return drawGraph(compiled.process, format, language);
}
