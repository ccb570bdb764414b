import type { Problem } from '../definition/problem.ts';
import type { Text } from '../text.ts';

/** What became of each scenario of a file, in its order. Lines and columns count from 1. */
export interface TestsReport {
  readonly scenarios: readonly TestedScenario[];
  /** Scenarios for which there was no time. */
  readonly left: number;
  readonly coverage: TestsCoverage;
}

export interface TestedScenario {
  readonly name: string;
  readonly line: number;
  readonly column: number;
  readonly passed: boolean;
  /** The scenario that it goes on after and that failed, so that this one was not tried; null: it was. */
  readonly heldBy: string | null;
  /** All are of one step, the first that went wrong. */
  readonly differences: readonly TestDifference[];
}

/** What was not as a scenario says. */
export interface TestDifference {
  /** `step`, `fields.class`, `sla.negotiation.due` …, or the command that went the other way. */
  readonly what: string;
  readonly expected: Text;
  readonly found: Text;
  readonly line: number;
  readonly column: number;
}

/** What the scenarios that were run have seen of the process. */
export type TestsCoverage = Readonly<
  Record<'steps' | 'routes' | 'activities' | 'outcomes' | 'criteria', CoveredElements>
>;

export interface CoveredElements {
  readonly seen: number;
  readonly all: number;
  /** Ids of the others; of criteria, `<step>/<exit>/<id>`, those that were not seen both met and not met. */
  readonly unseen: readonly string[];
}

/** What the scenarios of a version, or of a text, say of a version, or of a text. */
export interface TestsTried extends TestsReport {
  readonly process: string;
  /** Digest of what was tried. */
  readonly digest: string;
  readonly passed: number;
  readonly failed: number;
  /** Milliseconds. */
  readonly ms: number;
  /** Warnings and hints about the file of scenarios. */
  readonly problems: readonly Problem[];
}
