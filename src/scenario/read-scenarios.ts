import type { CompiledProcess } from '../compile/types.ts';
import { collectProblems, makeReports, makeSource, type Problem, readFile } from '../definition/index.ts';
import { buildScenarios } from './build-scenarios.ts';
import { checkScenarios } from './check-scenarios.ts';
import { scenarioKind } from './scenario-kind.ts';
import type { ScenarioFile } from './types.ts';

export interface ReadScenarios {
  /** Null exactly when some problem is an error. */
  readonly file: ScenarioFile | null;
  /** In the order of the file. */
  readonly problems: readonly Problem[];
}

/**
 * A file of scenarios, read and checked as process files are; `name` is the one of the file that problems give. What it
 * names is looked for in the process, where that is known: null says that it has errors of its own, undefined that there
 * is none of that name. Never throws, whatever the text is.
 */
export function readScenarios(
  text: string,
  name: string,
  find: (process: string) => CompiledProcess | null | undefined,
): ReadScenarios {
  const source = makeSource(text, name);
  const collector = collectProblems(source);
  const read = readFile(text, scenarioKind, collector);
  if (read === null) return { file: null, problems: collector.all() };
  const { outline, broken } = read;
  const file = buildScenarios(outline, source);
  const reports = makeReports(outline, broken, collector);
  const process = file.process === '' ? null : find(file.process);
  if (process === undefined) {
    reports.atValue('unknown-process', ['process'], {
      message: { zh: `没有找到流程 ${file.process}`, en: `There is no process "${file.process}" here` },
      remedy: {
        zh: '请把流程文件放在同一目录，或改正标识',
        en: 'Put its file into the same folder, or correct the id',
      },
      severity: 'error',
    });
  } else if (process !== null && !broken.includes('')) checkScenarios(outline, file, process, reports);
  const problems = collector.all();
  return { file: problems.some(({ severity }) => severity === 'error') ? null : file, problems };
}
