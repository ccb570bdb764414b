import type { CompiledProcess } from '../compile/types.ts';
import type { Problem } from '../definition/problem.ts';
import { ProcessError } from '../errors.ts';
import type { ServiceContext } from './context.ts';
import { getCompiled } from './processes.ts';
import type { TestsOutcome } from './publication-view.ts';
import type { VersionName } from './record-act.ts';

/** Reads and runs files of scenarios; handed in by whoever builds the service. */
export interface VersionTests {
  /** Everything that is wrong with a file that is to be about this process. */
  check(process: CompiledProcess, text: string): readonly Problem[];
  /** Runs one without errors, giving way to others in between. */
  run(process: CompiledProcess, text: string): Promise<TestsOutcome>;
}

/** The problems of a draft's tests. Throws `definition-invalid` where one is an error. */
export function checkTests(
  { tests }: ServiceContext,
  process: CompiledProcess,
  text: string | null,
): readonly Problem[] {
  if (tests === null || text === null) return [];
  const problems = tests.check(process, text);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (errors === 0) return problems;
  throw new ProcessError(
    'definition-invalid',
    {
      zh: `场景文件有 ${errors} 个错误，草稿未提交；逐条见 problems`,
      en: `the file of scenarios has ${errors} ${errors === 1 ? 'error' : 'errors'}, and nothing was drafted; see problems`,
    },
    { problems },
  );
}

/** What the tests of a version come to; null: it has none. */
export async function runTests(
  context: ServiceContext,
  { process, version }: VersionName,
  text: string | null,
): Promise<TestsOutcome | null> {
  if (text === null || context.tests === null) return null;
  const { process: compiled } = await getCompiled(context, process, version);
  return context.tests.run(compiled, text);
}

export function testsFailed({ process, version }: VersionName, { passed, failed }: TestsOutcome): ProcessError {
  const names = failed.slice(0, 3).join(', ');
  const more = failed.length > 3 ? ' …' : '';
  return new ProcessError(
    'tests-failed',
    {
      zh: `流程 ${process} 第 ${version} 版有 ${failed.length} 个场景未通过（通过 ${passed} 个）：${names}${more}；请改正后重新提交草稿，或用 force 强制发布（会留下记录）`,
      en: `${failed.length} scenarios of version ${version} of ${process} fail (${passed} pass): ${names}${more}; correct it and draft it again, or publish it with force, which is recorded`,
    },
    { passed, failed },
  );
}
