import { compileProcess } from '../compile/index.ts';
import type { CompiledProcess } from '../compile/types.ts';
import { readProcess } from '../definition/index.ts';
import type { Actor } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import type { ServiceContext } from './context.ts';
import { pinnedCalendars } from './pinned-calendars.ts';
import { readCompiled } from './processes.ts';

/**
 * The version that something is tried with: a file that need not be published, or a version that the actor sees. Throws
 * `definition-invalid`, `invalid-input` for a file of another process, `not-found`.
 */
export async function candidateOf(
  context: ServiceContext,
  process: string,
  given: { readonly yaml: string } | { readonly version: number },
  actor: Actor,
): Promise<CompiledProcess> {
  if ('version' in given) return (await readCompiled(context, process, given.version, actor)).process;
  const { definition, problems } = readProcess(given.yaml, 'process.yaml', { calendars: context.calendars });
  if (definition === null) {
    const errors = problems.filter((problem) => problem.severity === 'error').length;
    throw new ProcessError(
      'definition-invalid',
      {
        zh: `定义有 ${errors} 个错误；逐条见 problems`,
        en: `the definition has ${errors} ${errors === 1 ? 'error' : 'errors'}; see problems`,
      },
      { problems },
    );
  }
  if (definition.process !== process) {
    const message = {
      zh: `文件应为流程 ${process}；其中写的是 ${definition.process}`,
      en: `the file should be of the process ${process}; it is of ${definition.process}`,
    };
    throw new ProcessError('invalid-input', message, { errors: [{ pointer: '/yaml', message }] });
  }
  return compileProcess(definition, pinnedCalendars(definition, context.calendars));
}
