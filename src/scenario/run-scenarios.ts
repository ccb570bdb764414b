import type { CompiledProcess } from '../compile/types.ts';
import { play } from './play.ts';
import type { Difference, Scenario, ScenarioFile, ScenarioResult } from './types.ts';
import { newWorld, type World } from './world.ts';

/** How far a scenario came: its last world, and what went wrong. */
interface Ended {
  readonly world: World;
  readonly differences: readonly Difference[];
  /** The scenario before it that went wrong. */
  readonly heldBy: string | null;
}

/** Runs scenarios one at a time; what several go on after is run once. */
export interface Runner {
  run(scenario: Scenario): ScenarioResult;
  /** The same for who shares a thread: gives way after each step. */
  walk(scenario: Scenario): Walk<ScenarioResult>;
}

type Walk<T> = Generator<void, T>;

export function createRunner(process: CompiledProcess, { scenarios }: Pick<ScenarioFile, 'scenarios'>): Runner {
  const byName = new Map(scenarios.map((scenario) => [scenario.name, scenario]));
  const ended = new Map<string, Ended>();

  function* end(scenario: Scenario): Walk<Ended> {
    const known = ended.get(scenario.name);
    if (known !== undefined) return known;
    const { begin } = scenario;
    const result =
      begin.kind === 'start'
        ? yield* steps(newWorld(process, begin.at, begin.evidence), scenario)
        : yield* goOn(scenario, begin.scenario);
    ended.set(scenario.name, result);
    return result;
  }

  function* goOn(scenario: Scenario, after: string): Walk<Ended> {
    const before = byName.get(after);
    if (before === undefined) throw new Error(`there is no scenario ${after}: the check refuses it`);
    const { world, differences, heldBy } = yield* end(before);
    const isHeld = differences.length > 0 || heldBy !== null;
    return isHeld ? { world, differences: [], heldBy: heldBy ?? after } : yield* steps(world, scenario);
  }

  function* walk(scenario: Scenario): Walk<ScenarioResult> {
    const { world, differences, heldBy } = yield* end(scenario);
    const passed = differences.length === 0 && heldBy === null;
    const { name, place } = scenario;
    return { name, place, passed, differences, heldBy, history: world.entries };
  }

  return {
    walk,
    run(scenario) {
      const walked = walk(scenario);
      for (;;) {
        const { done, value } = walked.next();
        if (done) return value;
      }
    },
  };
}

function* steps(begun: World, scenario: Scenario): Walk<Ended> {
  let world = begun;
  for (const step of scenario.steps) {
    const played = play(world, step);
    yield;
    if (played.differences.length > 0) return { ...played, heldBy: null };
    world = played.world;
  }
  return { world, differences: [], heldBy: null };
}

/** Runs every scenario of a file, each by itself, in the order of the file. Pure: the same arguments give the same. */
export function runScenarios(
  process: CompiledProcess,
  file: Pick<ScenarioFile, 'scenarios'>,
): readonly ScenarioResult[] {
  const runner = createRunner(process, file);
  return file.scenarios.map(runner.run);
}
