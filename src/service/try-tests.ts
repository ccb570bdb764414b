import { Members } from '../engine/index.ts';
import type { Actor } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import { candidateMembers, candidateOf, readCandidate } from './candidate.ts';
import type { ServiceContext } from './context.ts';
import { invalidMembers } from './invalid-members.ts';
import { readCompiled } from './processes.ts';
import type { GivenMembers } from './subscription-types.ts';
import type { TestsTried } from './tests-report.ts';
import { checkTests, readTests, testsOf } from './version-tests.ts';

const MEMBERS = [...candidateMembers, 'scenarios'];

/** Milliseconds for all scenarios of a file; what is not run then is left. */
const PATIENCE_MS = 10_000;

/**
 * Runs a file of scenarios against a version, or a file that need not be published: as given, else those of the version, or
 * of the newest. Nothing is kept. Throws `invalid-input`, `definition-invalid` (of either file), `not-found`, `role-required`,
 * and the reason of `caller` once it is given up.
 */
export async function tryTests(
  context: ServiceContext,
  process: string,
  given: GivenMembers,
  caller: AbortSignal,
  actor: Actor,
): Promise<TestsTried> {
  const members = new Members(given, MEMBERS, MEMBERS);
  const candidate = readCandidate(members);
  const scenarios = members.raw('scenarios') === undefined ? null : readTests(members, 'scenarios');
  if (candidate === null || members.problems.length > 0) throw invalidMembers(members.problems);
  const version = 'version' in candidate ? candidate.version : null;
  const { row } = await readCompiled(context, process, version, actor);
  const compiled = await candidateOf(context, process, candidate, actor);
  const text = scenarios ?? testsOf(await context.store.publicationsOf(process, row.version));
  const { tests } = context;
  if (tests === null) throw noTests();
  const began = performance.now();
  const problems = checkTests(context, compiled, text, { zh: '没有运行', en: 'nothing was run' });
  const isOver = () => {
    caller.throwIfAborted();
    return performance.now() - began > PATIENCE_MS;
  };
  const report = await tests.report(compiled, text, isOver);
  const passed = report.scenarios.filter((scenario) => scenario.passed).length;
  const sums = { passed, failed: report.scenarios.length - passed, ms: Math.round(performance.now() - began) };
  return { process, digest: compiled.digest, ...sums, ...report, problems };
}

/** Whoever built this service gave it nothing that runs scenarios. */
function noTests(): ProcessError {
  return new ProcessError('unavailable', {
    zh: '此服务不能运行场景；请用命令 phasegate test',
    en: 'this server runs no scenarios; use the command phasegate test',
  });
}
