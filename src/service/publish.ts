import { compileProcess } from '../compile/index.ts';
import { namesOthers, type Others, readProcess } from '../definition/index.ts';
import type { ProcessDefinition } from '../definition/types.ts';
import type { Actor } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import type { ServiceContext } from './context.ts';
import { requireOperator } from './operator.ts';
import type { CheckResult, Published } from './types.ts';

/** What a file is called in problems when it came without a name. */
const UNNAMED = 'process.yaml';

export function check(yaml: string): CheckResult {
  return { problems: readProcess(yaml, UNNAMED).problems };
}

/** Publishes a definition that has no errors. The same content is the same version, whoever publishes it. */
export async function publish(context: ServiceContext, yaml: string, actor: Actor): Promise<Published> {
  requireOperator(actor, { zh: '发布流程', en: 'publishing a process' });
  const { store, clock, processes } = context;
  const { definition, problems } = readProcess(yaml, UNNAMED);
  if (definition === null) {
    const errors = problems.filter((problem) => problem.severity === 'error').length;
    throw new ProcessError(
      'definition-invalid',
      {
        zh: `定义有 ${errors} 个错误，未发布；逐条见 problems`,
        en: `the definition has ${errors} ${errors === 1 ? 'error' : 'errors'} and was not published; see problems`,
      },
      { problems },
    );
  }
  const { process } = definition;
  const { digest } = compileProcess(definition);
  const { version, created } = await store.publish({
    process,
    digest,
    yaml,
    publishedAt: clock.now(),
    publishedBy: actor.id,
  });
  processes.forgetNewest(process);
  const all = namesOthers(definition) ? readProcess(yaml, UNNAMED, await othersOf(context)).problems : problems;
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
