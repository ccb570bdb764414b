import { compileProcess } from '../compile/index.ts';
import type { CompiledProcess } from '../compile/types.ts';
import { namesOthers, type Others, readProcess } from '../definition/index.ts';
import type { Problem } from '../definition/problem.ts';
import type { ProcessDefinition } from '../definition/types.ts';
import type { Actor } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import type { ServiceContext } from './context.ts';
import { requireOperator } from './operator.ts';
import { pinnedCalendars, storedCalendars } from './pinned-calendars.ts';
import { standingNames } from './publication-words.ts';
import { recordAct, requirePossible, type VersionName } from './record-act.ts';
import { reviewRequired } from './review-rule.ts';
import type { CheckResult, Published } from './types.ts';
import { lastEffect, possibleActs, standingOf, type VersionStanding } from './version-standing.ts';
import { mayBeTests } from './version-tests.ts';

/** What a file is called in problems when it came without a name. */
const UNNAMED = 'process.yaml';

/** Looks for the calendars that it names among those of this server, as publishing does. */
export function check({ calendars }: ServiceContext, yaml: string): CheckResult {
  return { problems: readProcess(yaml, UNNAMED, { calendars }).problems };
}

/**
 * Publishes a file at once, where nobody has to review it. What is published already is left as it is, whichever version is
 * the newest. Throws `role-required`, `review-required`, `definition-invalid`, and `not-allowed-now` for what was drafted.
 */
export async function publish(context: ServiceContext, yaml: string, actor: Actor): Promise<Published> {
  requireOperator(actor, { zh: '发布流程', en: 'publishing a process' });
  const read = readFile(context, yaml);
  const { process } = read.compiled.definition;
  if (context.review === 'four-eyes') throw reviewRequired(process, null, null);
  const { version, created } = await addVersion(context, read, yaml, actor);
  await recordAct(context, { process, version }, actor, (stands) => {
    const { record, standing, at } = stands;
    if (lastEffect(record, at) !== null) return null;
    requirePossible({ process, version }, stands, 'publish');
    // What somebody has drafted has tests of its own to run.
    if (standing !== 'new') throw drafted({ process, version }, standing);
    return { act: 'publish' };
  });
  return publishedOf(context, read, yaml, version, created, 'published');
}

/**
 * Publishes a file of the server's own folder, which is configuration by whoever runs the server and takes no review. The
 * scenarios beside it are kept with it and not run. What somebody has drafted goes the way of a draft: it is left as it stands.
 */
export async function publishOwn(
  context: ServiceContext,
  yaml: string,
  actor: Actor,
  tests: string | null,
): Promise<Published> {
  const read = readFile(context, yaml);
  const { process } = read.compiled.definition;
  const { version, created } = await addVersion(context, read, yaml, actor);
  const kept = tests !== null && mayBeTests(tests) ? tests : null;
  const { record } = await recordAct(context, { process, version }, actor, ({ standing }) =>
    standing === 'new' ? { act: 'publish', tests: kept } : null,
  );
  const standing = standingOf(record, context.clock.now());
  return publishedOf(context, read, yaml, version, created, standing);
}

/** A file without errors, compiled with the calendars that it names. */
export interface ReadFile {
  readonly compiled: CompiledProcess;
  readonly calendars: string | null;
  readonly problems: readonly Problem[];
}

/** Throws `definition-invalid` with `problems`. */
export function readFile({ calendars }: ServiceContext, yaml: string): ReadFile {
  const { definition, problems } = readProcess(yaml, UNNAMED, { calendars });
  if (definition === null) throw definitionInvalid(problems);
  const pinned = pinnedCalendars(definition, calendars);
  return { compiled: compileProcess(definition, pinned), calendars: storedCalendars(pinned), problems };
}

/** The version that has this content; a crash before anything is recorded of it leaves one that nobody sees. */
export function addVersion(
  { store, clock }: ServiceContext,
  { compiled, calendars }: ReadFile,
  yaml: string,
  actor: Pick<Actor, 'id'>,
) {
  const { digest, definition } = compiled;
  const { process } = definition;
  return store.addDefinition({ process, digest, yaml, calendars, addedAt: clock.now(), addedBy: actor.id });
}

async function publishedOf(
  context: ServiceContext,
  { compiled, problems }: ReadFile,
  yaml: string,
  version: number,
  created: boolean,
  standing: Published['standing'],
): Promise<Published> {
  const { digest, definition } = compiled;
  const all = namesOthers(definition) ? await problemsBeside(context, yaml) : problems;
  return { process: definition.process, version, digest, created, standing, problems: all };
}

/** The problems of a file beside the newest version of every published process. */
export async function problemsBeside(context: ServiceContext, yaml: string): Promise<readonly Problem[]> {
  const { calendars } = context;
  return readProcess(yaml, UNNAMED, { others: await othersOf(context), calendars }).problems;
}

async function othersOf({ store, clock, processes }: ServiceContext): Promise<Others> {
  const found = new Map<string, ProcessDefinition>();
  for (const { process, version } of await store.listNewest(clock.now())) {
    const compiled = await processes.get(process, version);
    if (compiled?.ok) found.set(process, compiled.process.definition);
  }
  return found;
}

/** Why a file that has errors is nothing to work with. */
export function definitionInvalid(problems: readonly Problem[]): ProcessError {
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  return new ProcessError(
    'definition-invalid',
    {
      zh: `定义有 ${errors} 个错误，未发布；逐条见 problems`,
      en: `the definition has ${errors} ${errors === 1 ? 'error' : 'errors'} and was not published; see problems`,
    },
    { problems },
  );
}

function drafted({ process, version }: VersionName, standing: VersionStanding): ProcessError {
  const { zh, en } = standingNames[standing];
  return new ProcessError(
    'not-allowed-now',
    {
      zh: `这个文件是流程 ${process} 的第 ${version} 版，它${zh}：请按该版本操作，POST /v1/processes/${process}/versions/${version}/publish（phasegate publish ${process}@${version}）`,
      en: `this file is version ${version} of ${process}, which is ${en}: publish it as that version, POST /v1/processes/${process}/versions/${version}/publish (phasegate publish ${process}@${version})`,
    },
    { standing, acts: possibleActs[standing] },
  );
}
