import { readFileSync } from 'node:fs';
import { compileProcess } from '../../src/compile/index.ts';
import { readProcess } from '../../src/definition/index.ts';
import { catchMutants, readScenarios, runScenarios } from '../../src/scenario/index.ts';
import { shippedCalendars } from '../calendar/shipped.ts';
import { line, median, millis, rate } from './figures.ts';

export interface ScenarioFigures {
  readonly scenarios: number;
  /** Scenarios per second, each file of them run anew. */
  readonly perSecond: number;
  /** Milliseconds for reading and checking the file. */
  readonly read: number;
  readonly mutants: number;
  readonly mutantsPerSecond: number;
}

export const scenarioDefaults = { rounds: 10, every: 1 };

/** Times the shipped scenarios of the sales process; of the small changes each `every`th is tried. */
export function benchScenarios({ rounds, every }: typeof scenarioDefaults): ScenarioFigures {
  const read = (name: string) => readFileSync(new URL(`../../processes/${name}`, import.meta.url), 'utf8');
  const text = read('sales.yaml');
  const { definition } = readProcess(text, 'sales.yaml');
  if (definition === null) throw new Error('sales.yaml does not read');
  const process = compileProcess(definition, shippedCalendars);
  const tests = read('sales.test.yaml');
  const timed = <T>(run: () => T): readonly [number, T] => {
    const started = performance.now();
    const result = run();
    return [performance.now() - started, result];
  };
  const [, { file }] = timed(() => readScenarios(tests, 'sales.test.yaml', () => process));
  if (file === null) throw new Error('sales.test.yaml does not read');
  const reads: number[] = [];
  const runs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    reads.push(timed(() => readScenarios(tests, 'sales.test.yaml', () => process))[0]);
    const [took, results] = timed(() => runScenarios(process, file));
    if (results.some(({ passed }) => !passed)) throw new Error('a scenario failed');
    runs.push(took);
  }
  const [took, { tried }] = timed(() => catchMutants(process, text, file, every));
  return {
    scenarios: file.scenarios.length,
    perSecond: (file.scenarios.length / median(runs)) * 1000,
    read: median(reads),
    mutants: tried,
    mutantsPerSecond: (tried / took) * 1000,
  };
}

export function printScenarios(figures: ScenarioFigures): void {
  const { scenarios, perSecond, read, mutants, mutantsPerSecond } = figures;
  console.log(line(`${scenarios} scenarios`, rate(perSecond, 'scenarios')));
  console.log(line('reading and checking their file', millis(read)));
  console.log(line(`${mutants} small changes, each until it is noticed`, rate(mutantsPerSecond, 'changes')));
}
