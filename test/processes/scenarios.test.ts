import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileProcess } from '../../src/compile/index.ts';
import type { CompiledProcess } from '../../src/compile/types.ts';
import { readProcess } from '../../src/definition/index.ts';
import { catchMutants, coverageOf, readScenarios, runScenarios, type ScenarioFile } from '../../src/scenario/index.ts';
import { shippedCalendars } from '../calendar/shipped.ts';

const folder = new URL('../../processes/', import.meta.url);
const textOf = (name: string) => readFileSync(new URL(name, folder), 'utf8');

/** Of the small changes of the sales process each so many is tried; all of them by `npm run test:mutants`. */
const EVERY = Number(process.env.PHASEGATE_MUTANTS ?? 4);

function setup(name: string): {
  readonly text: string;
  readonly process: CompiledProcess;
  readonly file: ScenarioFile;
} {
  const text = textOf(`${name}.yaml`);
  const { definition } = readProcess(text, `${name}.yaml`);
  if (definition === null) throw new Error(`${name}.yaml does not read`);
  const process = compileProcess(definition, shippedCalendars);
  const { file, problems } = readScenarios(textOf(`${name}.test.yaml`), `${name}.test.yaml`, () => process);
  expect(problems).toEqual([]);
  if (file === null) throw new Error(`${name}.test.yaml does not read`);
  return { text, process, file };
}

const names = readdirSync(folder)
  .filter((name) => name.endsWith('.test.yaml'))
  .map((name) => name.replace('.test.yaml', ''));

describe('the scenarios of the shipped processes', () => {
  it('are there for those whose gates are worth it', () => {
    expect(names).toEqual(expect.arrayContaining(['sales', 'trade-fair', 'quarterly-market-review']));
  });

  it.each(names)('pass: %s', (name) => {
    const { process, file } = setup(name);
    const failed = runScenarios(process, file).filter(({ passed }) => !passed);
    expect(failed.map(({ name, differences, heldBy }) => [name, differences, heldBy])).toEqual([]);
  });

  it('see every step, way, outcome and criterion of sales, each criterion both met and not met', () => {
    const { process, file } = setup('sales');
    const { steps, routes, activities, outcomes, criteria } = coverageOf(process, runScenarios(process, file));
    const unseen = [...steps, ...routes, ...activities, ...outcomes].filter(({ seen }) => !seen);
    expect(unseen).toEqual([]);
    expect(criteria.filter(({ met, notMet }) => !met || !notMet)).toEqual([]);
  });

  it('notice at least 90 % of the small changes of sales', { timeout: 120_000 }, () => {
    const { process, text, file } = setup('sales');
    const { tried, survivors } = catchMutants(process, text, file, EVERY);
    expect(tried).toBeGreaterThan(30);
    expect({ survivors: survivors.length <= tried / 10 ? [] : survivors }).toEqual({ survivors: [] });
  });
});
