import { setImmediate as turn } from 'node:timers/promises';
import type { CompiledProcess } from '../compile/types.ts';
import {
  type Coverage,
  countSeen,
  coverageOf,
  createRunner,
  readScenarios,
  type Scenario,
  type ScenarioFile,
  type ScenarioResult,
} from '../scenario/index.ts';
import type { TestedScenario, TestsCoverage, VersionTests } from '../service/index.ts';

/** What the file of a version's scenarios is called in problems. */
const NAME = 'tests.yaml';

/** Milliseconds without giving anybody else a turn; a step takes well under one. */
const SLICE_MS = 20;

/** The scenarios of a version, run a little in each turn of the event loop, so that others are answered in between. */
export const versionTests: VersionTests = {
  check: (process, text) => read(process, text).problems,
  async run(process, text) {
    const { file } = read(process, text);
    // It was read without errors when it was drafted; by this program it no longer is.
    if (file === null) return { passed: 0, failed: [NAME] };
    const results = await runAll(process, file, () => false);
    const failed = results.filter(({ passed }) => !passed).map(({ name }) => name);
    return { passed: results.length - failed.length, failed };
  },
  async report(process, text, isOver) {
    const file = (text === null ? null : read(process, text).file) ?? { process: '', scenarios: [] };
    const results = await runAll(process, file, isOver);
    const scenarios = results.map(toldScenario);
    const coverage = toldCoverage(coverageOf(process, results));
    return { scenarios, left: file.scenarios.length - results.length, coverage };
  },
};

/** In the order of the file, until `isOver`. */
async function runAll(
  process: CompiledProcess,
  file: ScenarioFile,
  isOver: () => boolean,
): Promise<readonly ScenarioResult[]> {
  const runner = createRunner(process, file);
  const results: ScenarioResult[] = [];
  let since = performance.now();
  const run = async (scenario: Scenario): Promise<ScenarioResult | null> => {
    const walk = runner.walk(scenario);
    for (;;) {
      const { done, value } = walk.next();
      if (done) return value;
      if (performance.now() - since < SLICE_MS) continue;
      await turn();
      since = performance.now();
      if (isOver()) return null;
    }
  };
  for (const scenario of file.scenarios) {
    const result = await run(scenario);
    if (result === null) break;
    results.push(result);
  }
  return results;
}

function toldScenario({ name, place, passed, heldBy, differences }: ScenarioResult): TestedScenario {
  const told = differences.map(({ what, expected, found, place: at }) => ({ what, expected, found, ...at }));
  return { name, ...place, passed, heldBy, differences: told };
}

function toldCoverage(coverage: Coverage): TestsCoverage {
  const counts = countSeen(coverage);
  const told = (kind: keyof Coverage) => {
    const [seen, all] = counts[kind];
    return { seen, all, unseen: unseen(coverage, kind) };
  };
  return {
    steps: told('steps'),
    routes: told('routes'),
    activities: told('activities'),
    outcomes: told('outcomes'),
    criteria: told('criteria'),
  };
}

function unseen(coverage: Coverage, kind: keyof Coverage): readonly string[] {
  if (kind !== 'criteria') return coverage[kind].filter(({ seen }) => !seen).map(({ id }) => id);
  const partly = coverage.criteria.filter(({ met, notMet }) => !met || !notMet);
  return partly.map(({ id, gate: { of, which } }) => `${of}/${which}/${id}`);
}

function read(process: CompiledProcess, text: string) {
  return readScenarios(text, NAME, (name) => (name === process.definition.process ? process : undefined));
}
