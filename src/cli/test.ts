import {
  type Coverage,
  catchMutants,
  coverageOf,
  type MutationReport,
  proposalText,
  proposeScenarios,
  runScenarios,
  type ScenarioResult,
} from '../scenario/index.ts';
import { type Cli, type CommandSpec, textOption } from './command.ts';
import { coverageText, mutationText } from './coverage-text.ts';
import { exitCodes, UsageError } from './exit.ts';
import { junitXml } from './junit.ts';
import { writeOutput } from './output-file.ts';
import { countOf, problemReport } from './problem-report.ts';
import { type FoundScenarios, readTests, type TestFile } from './scenario-files.ts';
import { resultText, summaryText } from './scenario-text.ts';

/** What became of the scenarios of one file. */
export interface TestedFile extends TestFile {
  readonly results: readonly ScenarioResult[];
  readonly coverage: Coverage;
  /** Null: it was not asked for, or a scenario failed as things stand. */
  readonly mutation: (MutationReport & { readonly ms: number }) | null;
}

export const test: CommandSpec = {
  name: 'test',
  summary: {
    zh: '试跑流程的场景（*.test.yaml）：退出码 0 全部通过，1 有未通过，2 用法不对',
    en: 'try the scenarios of processes (*.test.yaml): exit code 0 when all pass, 1 when one does not, 2 for wrong usage',
  },
  args: [{ form: '<PATH...>', help: { zh: '场景文件或目录', en: 'files of scenarios, or folders' } }],
  options: [
    { form: '--coverage', help: { zh: '列出场景没有走到的', en: 'list what no scenario reaches' } },
    {
      form: '--mutate',
      help: {
        zh: '对流程做许多小改动，列出没有场景发现的',
        en: 'change the process a little, again and again, and list what no scenario notices',
      },
    },
    {
      form: '--generate',
      help: {
        zh: '为没有走到的提出场景，以 YAML 输出',
        en: 'propose scenarios for what is not reached, as YAML',
      },
    },
    { form: '--json', help: { zh: '以 JSON 输出', en: 'answer as JSON' } },
    { form: '--junit <FILE>', help: { zh: '另写 JUnit XML 文件', en: 'write a JUnit XML file too' } },
  ],
  settings: [],
  async run(cli, paths, options) {
    const started = performance.now();
    const found = readTests(paths);
    if (found.scenarios.length === 0) {
      throw new UsageError({
        zh: `${paths.join(', ')} 中没有场景文件（*.test.yaml）`,
        en: `there is no file of scenarios (*.test.yaml) in ${paths.join(', ')}`,
      });
    }
    const run = found.runnable.map((file) => ({ ...file, results: runScenarios(file.tested.process, file.file) }));
    const ms = performance.now() - started;
    const tested = run.map((file) => ({
      ...file,
      coverage: coverageOf(file.tested.process, file.results),
      mutation: options.mutate === true ? mutationOf(file) : null,
    }));
    if (options.generate === true) for (const file of tested) cli.print(proposalOf(file));
    else if (options.json === true) cli.print(JSON.stringify(jsonOf(found, tested), null, 2));
    else printText(cli, found, tested, { ms, lists: options.coverage === true });
    const junit = textOption(options, 'junit');
    if (junit !== null) writeOutput(junit, junitXml(tested, cli.language, ms));
    const isSound = countOf(checkedOf(found), 'error') === 0 && failedOf(tested) === 0;
    return isSound ? exitCodes.ok : exitCodes.refused;
  },
};

function mutationOf({ tested, file, results }: TestFile & Pick<TestedFile, 'results'>): TestedFile['mutation'] {
  if (results.some(({ passed }) => !passed)) return null;
  const started = performance.now();
  const report = catchMutants(tested.process, tested.text, file);
  return { ...report, ms: performance.now() - started };
}

/** When proposed scenarios begin: a Monday morning in Shanghai. */
const PROPOSED_AT = '2026-03-02T01:00:00Z';

function proposalOf({ tested: { process }, coverage }: TestedFile): string {
  return proposalText(process, proposeScenarios(process, coverage, new Date(PROPOSED_AT).toISOString()), PROPOSED_AT);
}

const checkedOf = ({ scenarios, broken }: FoundScenarios) => [...scenarios, ...broken];

const failedOf = (tested: readonly TestedFile[]): number =>
  tested.flatMap(({ results }) => results).filter(({ passed }) => !passed).length;

function printText(
  cli: Cli,
  found: FoundScenarios,
  files: readonly TestedFile[],
  { ms, lists }: { readonly ms: number; readonly lists: boolean },
): void {
  const told = checkedOf(found).filter(({ problems }) => problems.length > 0);
  if (told.length > 0) cli.print(problemReport(told, cli));
  for (const { path, results, tested, coverage, mutation } of files) {
    cli.print(cli.paint.bold(path));
    for (const result of results) cli.print(resultText(result, path, tested.process, cli));
    cli.print(coverageText(coverage, lists, cli));
    if (mutation !== null) cli.print(mutationText(tested.path, mutation, cli));
  }
  const failed = failedOf(files);
  cli.print(summaryText(files.flatMap(({ results }) => results).length - failed, failed, ms, cli));
}

function jsonOf(found: FoundScenarios, files: readonly TestedFile[]): unknown {
  const failed = failedOf(files);
  return {
    passed: files.flatMap(({ results }) => results).length - failed,
    failed,
    problems: checkedOf(found).flatMap(({ problems }) => problems),
    files: files.map(({ path, file, results, coverage, mutation }) => ({
      path,
      process: file.process,
      scenarios: results.map(({ name, place, passed, differences, heldBy, history }) => ({
        name,
        line: place.line,
        passed,
        heldBy,
        differences,
        history: passed ? [] : history,
      })),
      coverage,
      ...(mutation === null ? {} : { mutation: { tried: mutation.tried, survivors: mutation.survivors } }),
    })),
  };
}
