import { compileProcess } from '../compile/index.ts';
import { namesOthers, type Others, readProcess } from '../definition/index.ts';
import type { Problem } from '../definition/problem.ts';
import type { ProcessDefinition } from '../definition/types.ts';
import type { Actor } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import type { ServiceContext } from './context.ts';
import { requireOperator } from './operator.ts';
import { pinnedCalendars, storedCalendars } from './pinned-calendars.ts';
import type { CheckResult, Published } from './types.ts';

/** What a file is called in problems when it came without a name. */
const UNNAMED = 'process.yaml';

/** Looks for the calendars that it names among those of this server, as publishing does. */
export function check({ calendars }: ServiceContext, yaml: string): CheckResult {
  return { problems: readProcess(yaml, UNNAMED, { calendars }).problems };
}

/** Publishes a definition that has no errors. The same content is the same version, whoever publishes it. */
export async function publish(context: ServiceContext, yaml: string, actor: Actor): Promise<Published> {
  requireOperator(actor, { zh: '发布流程', en: 'publishing a process' });
  const { store, clock, processes, calendars } = context;
  const { definition, problems } = readProcess(yaml, UNNAMED, { calendars });
  if (definition === null) throw definitionInvalid(problems);
  const { process } = definition;
  const pinned = pinnedCalendars(definition, calendars);
  const digest = compileProcess(definition, pinned).digest;
  const { version, created } = await store.publish({
    process,
    digest,
    yaml,
    calendars: storedCalendars(pinned),
    publishedAt: clock.now(),
    publishedBy: actor.id,
  });
  processes.forgetNewest(process);
  const all = namesOthers(definition)
    ? readProcess(yaml, UNNAMED, { others: await othersOf(context), calendars }).problems
    : problems;
  return { process, version, digest, created, problems: all };
}

/** The newest version of every published process. */
async function othersOf({ store, processes }: ServiceContext): Promise<Others> {
  const found = new Map<string, ProcessDefinition>();
  for (const { process, version } of await store.listProcesses()) {
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
