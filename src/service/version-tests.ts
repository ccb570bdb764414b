import type { CompiledProcess } from '../compile/types.ts';
import type { Problem } from '../definition/problem.ts';
import type { Members } from '../engine/index.ts';
import { ProcessError } from '../errors.ts';
import type { PublicationRow } from '../store/types.ts';
import type { Text } from '../text.ts';
import type { ServiceContext } from './context.ts';
import { getCompiled } from './processes.ts';
import type { TestsOutcome } from './publication-view.ts';
import type { VersionName } from './record-act.ts';
import type { TestsReport } from './tests-report.ts';

/** Reads and runs files of scenarios; handed in by whoever builds the service. */
export interface VersionTests {
  /** Everything that is wrong with a file that is to be about this process. */
  check(process: CompiledProcess, text: string): readonly Problem[];
  /** Runs one without errors, giving way to others in between. */
  run(process: CompiledProcess, text: string): Promise<TestsOutcome>;
  /** The same, telling of each; what is left when `isOver` says so is not run. Null: there are none. */
  report(process: CompiledProcess, text: string | null, isOver: () => boolean): Promise<TestsReport>;
}

/** Bytes of a file of scenarios. */
const MOST_BYTES = 256 * 1024;

/** The member `tests` of a body; null (and a problem) where it is no file of scenarios. */
export function readTests(members: Members, name: string): string | null {
  const value = members.raw(name);
  if (typeof value === 'string' && mayBeTests(value)) return value;
  members.problem(`/${name}`, {
    zh: `${name} 应为场景文件的全文，最多 ${MOST_BYTES / 1024} KB，不含 NUL`,
    en: `${name} should be the text of a file of scenarios of at most ${MOST_BYTES / 1024} KB, without NUL`,
  });
  return null;
}

/** Whether a text can be kept as a file of scenarios. */
export function mayBeTests(text: string): boolean {
  return text.trim() !== '' && !text.includes('\0') && Buffer.byteLength(text) <= MOST_BYTES;
}

/** The scenarios that belong to a version: those that it was drafted with last, or lay beside its file. */
export function testsOf(record: readonly PublicationRow[]): string | null {
  const own = record.findLast(({ act }) => act === 'draft') ?? record[0];
  return own?.tests ?? null;
}

/** The problems of a file of scenarios. Throws `definition-invalid` where one is an error. */
export function checkTests(
  { tests }: ServiceContext,
  process: CompiledProcess,
  text: string | null,
  undone: Text = { zh: '草稿未提交', en: 'nothing was drafted' },
): readonly Problem[] {
  if (tests === null || text === null) return [];
  const problems = tests.check(process, text);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (errors === 0) return problems;
  throw new ProcessError(
    'definition-invalid',
    {
      zh: `场景文件有 ${errors} 个错误，${undone.zh}；逐条见 problems`,
      en: `the file of scenarios has ${errors} ${errors === 1 ? 'error' : 'errors'}, and ${undone.en}; see problems`,
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
