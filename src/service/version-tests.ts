import { ProcessError } from '../errors.ts';
import type { ServiceContext } from './context.ts';
import { getCompiled } from './processes.ts';
import type { TestsOutcome } from './publication-view.ts';
import type { VersionName } from './record-act.ts';

/** What the tests of a version come to; null: it has none. */
export async function runTests(
  context: ServiceContext,
  { process, version }: VersionName,
  tests: string | null,
): Promise<TestsOutcome | null> {
  if (tests === null || context.runTests === null) return null;
  const { process: compiled } = await getCompiled(context, process, version);
  return context.runTests(compiled, tests);
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
