import { compileVariant } from '../compile/index.ts';
import type { CompiledProcess } from '../compile/types.ts';
import { collectProblems, makeSource, processKind, readFile } from '../definition/index.ts';
import { likelyCatchers } from './likely-catchers.ts';
import { type Mutant, mutantsOf } from './mutants.ts';
import { createRunner, runScenarios } from './run-scenarios.ts';
import type { Scenario, ScenarioFile } from './types.ts';

/** What scenarios notice of small changes in the process that they are about. */
export interface MutationReport {
  /** How many were tried. */
  readonly tried: number;
  /** Changes that no scenario notices, in the order of the file. */
  readonly survivors: readonly Omit<Mutant, 'make' | 'file'>[];
  /** How many each scenario noticed first. */
  readonly caught: ReadonlyMap<string, number>;
}

/** Most changes that are tried of one process. */
const MOST_MUTANTS = 20_000;

/**
 * Changes a process a little, again and again, and runs the scenarios until one fails. `text` is the file of the process,
 * for the places; of the changes each `every`th is tried. All scenarios must pass as things stand.
 */
export function catchMutants(
  process: CompiledProcess,
  text: string,
  { scenarios }: Pick<ScenarioFile, 'scenarios'>,
  every = 1,
): MutationReport {
  const source = makeSource(text, '');
  const outline = readFile(text, processKind, collectProblems(source))?.outline;
  if (outline === undefined) throw new Error('a process that was compiled has a file that can be read');
  const mutants = mutantsOf(process, outline, source)
    .filter((_, n) => n % every === 0)
    .slice(0, MOST_MUTANTS);
  const caught = new Map<string, number>();
  const likely = likelyCatchers(scenarios, runScenarios(process, { scenarios }));
  const survivors = mutants.flatMap((mutant) => {
    const by = catcher(process, mutant, likely.of(mutant.file), scenarios);
    if (by === null) {
      const { make, file, ...told } = mutant;
      return [told];
    }
    caught.set(by.name, (caught.get(by.name) ?? 0) + 1);
    likely.caught(by);
    return [];
  });
  return { tried: mutants.length, survivors: [...survivors].sort(byPlace), caught };
}

const byPlace = (one: Pick<Mutant, 'place'>, other: Pick<Mutant, 'place'>): number =>
  one.place.line - other.place.line || one.place.column - other.place.column;

/** The first scenario that fails; null: all pass. */
function catcher(
  process: CompiledProcess,
  mutant: Mutant,
  order: readonly Scenario[],
  scenarios: readonly Scenario[],
): Scenario | null {
  let runner: ReturnType<typeof createRunner> | null = null;
  // A change may leave what no check would let through: what is then thrown is noticed as well.
  const passes = (scenario: Scenario): boolean => {
    try {
      runner ??= createRunner(compileVariant(process, mutant.make()), { scenarios });
      return runner.run(scenario).passed;
    } catch {
      return false;
    }
  };
  return order.find((scenario) => !passes(scenario)) ?? null;
}
