import type { Path } from '../definition/index.ts';
import type { Scenario, ScenarioResult } from './types.ts';

/** In which order scenarios are asked about a change: whoever is likely to notice it first. */
export interface LikelyCatchers {
  /** `path` is where the change is in the file. */
  of(path: Path): readonly Scenario[];
  /** Who noticed one is asked earlier about the next. */
  caught(scenario: Scenario): void;
}

/**
 * A change of a step is likely noticed by those that do something in it, and then by those that noticed others. `results`
 * are what became of the scenarios as things stand.
 */
export function likelyCatchers(scenarios: readonly Scenario[], results: readonly ScenarioResult[]): LikelyCatchers {
  const order = [...scenarios];
  const lengths = new Map(results.map(({ name, history }) => [name, history.length]));
  const visited = new Map(
    scenarios.map((scenario, n) => {
      const inherited = scenario.begin.kind === 'after' ? (lengths.get(scenario.begin.scenario) ?? 0) : 0;
      return [scenario, stepsOf(results[n]?.history ?? [], inherited)];
    }),
  );
  return {
    of(path) {
      const step = path[2] === 'steps' ? String(path[3]) : null;
      if (step === null) return order;
      const isThere = (scenario: Scenario) => visited.get(scenario)?.has(step) === true;
      return [...order.filter(isThere), ...order.filter((scenario) => !isThere(scenario))];
    },
    caught(scenario) {
      order.splice(order.indexOf(scenario), 1);
      order.unshift(scenario);
    },
  };
}

/** The steps that were open while the entries from a number on were made. */
function stepsOf(history: ScenarioResult['history'], from: number): ReadonlySet<string> {
  const steps = new Set<string>();
  let open: readonly string[] = [];
  for (const [n, { changes }] of history.entries()) {
    if (n >= from) for (const step of open) steps.add(step);
    open = changes?.position?.to.map(({ step }) => step) ?? open;
    if (n >= from) for (const step of open) steps.add(step);
  }
  return steps;
}
