import { compileProcess } from '../compile/index.ts';
import type { CompiledProcess } from '../compile/types.ts';
import { readProcess } from '../definition/index.ts';
import { brief, type Members } from '../engine/index.ts';
import type { Actor } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import type { ServiceContext } from './context.ts';
import { pinnedCalendars } from './pinned-calendars.ts';
import { readCompiled } from './processes.ts';

/** A file that need not be published, or a version that is there. */
export type Given = { readonly yaml: string } | { readonly version: number };

/** Members that say what is tried: one of them is given. */
export const candidateMembers = ['yaml', 'version'];

/** What a body says is tried; null (and a problem) where it says neither, or both. */
export function readCandidate(members: Members): Given | null {
  if (members.raw('version') === undefined) {
    const yaml = readYaml(members);
    return yaml === null ? null : { yaml };
  }
  const version = readVersion(members, 'version');
  if (version !== null && members.raw('yaml') === undefined) return { version };
  if (version !== null)
    members.problem('/version', {
      zh: 'yaml（文件全文）和 version（版本号）只能给出一个',
      en: 'give either yaml (the text of a file) or version (a number), not both',
    });
  return null;
}

/** A member that is the number of a version; null where it is left out, or (and a problem) is none. */
export function readVersion(members: Members, name: string): number | null {
  const value = members.raw(name);
  if (value === undefined) return null;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value;
  members.problem(`/${name}`, {
    zh: `${name} 应为版本号，即一个正整数；收到 ${brief(value)}`,
    en: `${name} should be the number of a version, a whole number from 1; found ${brief(value)}`,
  });
  return null;
}

/** The member `yaml` of a body. What a definition may have at most is said by its reader, with the place where it grew too long. */
export function readYaml(members: Members): string | null {
  const value = members.raw('yaml');
  if (typeof value === 'string' && value.trim() !== '' && !value.includes('\0')) return value;
  members.problem('/yaml', {
    zh: 'yaml 应为流程文件的全文，不含 NUL',
    en: 'yaml should be the text of a process file, without NUL',
  });
  return null;
}

/**
 * The version that something is tried with: a file that need not be published, or a version that the actor sees. Throws
 * `definition-invalid`, `invalid-input` for a file of another process, `not-found`.
 */
export async function candidateOf(
  context: ServiceContext,
  process: string,
  given: Given,
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
