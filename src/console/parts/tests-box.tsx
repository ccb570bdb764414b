import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { DefinitionProblem, TestsTried } from '../api.ts';
import { ask, Refused } from '../client.ts';
import { useDoing } from '../doing.ts';
import { numberText, say } from '../language.ts';
import { trialWords } from '../words/trial.ts';
import type { Candidate } from './candidate.ts';
import { Coverage } from './coverage.tsx';
import { PlaceButton } from './place-button.tsx';
import { RefusedNote } from './refused-note.tsx';
import { FailedScenario } from './scenario-result.tsx';

interface TestsBoxProps {
  readonly process: string;
  readonly of: Candidate;
  /** The scenarios to run. */
  readonly scenarios: string;
  /** Whether there is anything to run them against: a file without errors. */
  readonly mayRun: boolean;
  /** Puts the cursor on a line of the scenarios (from 1), where they are shown. */
  readonly goTo?: (line: number, column: number) => void;
  /** What is said where there are none. */
  readonly none: string;
  /** Where the scenarios can be looked at. */
  readonly children: ComponentChildren;
}

/** The scenarios of a process, run against a file or a version. */
export function TestsBox({ process, of, scenarios, mayRun, goTo, none, children }: TestsBoxProps) {
  const doing = useDoing();
  const [run, setRun] = useState<{ readonly of: string; readonly tried: TestsTried } | null>(null);
  const [problems, setProblems] = useState<readonly DefinitionProblem[]>([]);
  const isEmpty = scenarios.trim() === '';
  const now = JSON.stringify([of, scenarios]);

  async function test(): Promise<void> {
    setRun(null);
    setProblems([]);
    try {
      const body = { ...of, scenarios };
      setRun({ of: now, tried: await ask<TestsTried>('POST', `/v1/processes/${process}/test`, { body }) });
    } catch (error) {
      const found = error instanceof Refused ? (error.problem?.problems ?? []) : [];
      setProblems(found.filter(({ file }) => file === SCENARIOS));
      throw error;
    }
  }

  return (
    <>
      <p class="what">{say(trialWords.testsWhat)}</p>
      {isEmpty && <p class="empty">{none}</p>}
      {!mayRun && <p class="empty">{say(trialWords.needsSound)}</p>}
      <button
        type="button"
        class="act"
        aria-busy={doing.isBusy}
        disabled={isEmpty || !mayRun}
        onClick={() => doing.run(test)}
      >
        {say(trialWords.runTests)}
      </button>
      {doing.refused !== null && <RefusedNote refused={doing.refused} />}
      <ScenarioProblems problems={problems} {...(goTo !== undefined && { goTo })} />
      {run !== null && <Result tried={run.tried} isOld={run.of !== now} {...(goTo !== undefined && { goTo })} />}
      {children}
    </>
  );
}

/** What the API calls the scenarios in problems. */
const SCENARIOS = 'tests.yaml';

type GoTo = Pick<TestsBoxProps, 'goTo'>;

function Result({ tried, isOld, goTo }: { readonly tried: TestsTried; readonly isOld: boolean } & GoTo) {
  const failed = tried.scenarios.filter(({ passed }) => !passed);
  const passed = tried.scenarios.filter((scenario) => scenario.passed);
  return (
    <>
      <output class="tally">
        <span class="holds">
          ✓ {numberText(tried.passed)} {say(trialWords.passed)}
        </span>
        {tried.failed > 0 && (
          <span class="broken">
            ✗ {numberText(tried.failed)} {say(trialWords.failed)}
          </span>
        )}
        {tried.left > 0 && (
          <span class="broken">
            {numberText(tried.left)} {say(trialWords.leftOut)}
          </span>
        )}
        <small>{numberText(tried.ms)} ms</small>
      </output>
      {isOld && <p class="soon">{say(trialWords.isOld)}</p>}
      <ul class="scenarios">
        {failed.map((scenario) => (
          <FailedScenario key={scenario.name} scenario={scenario} {...(goTo !== undefined && { goTo })} />
        ))}
      </ul>
      {passed.length > 0 && (
        <details open={failed.length === 0 && passed.length <= 12}>
          <summary>
            ✓ {numberText(passed.length)} {say(trialWords.passed)}
          </summary>
          <ul class="scenarios">
            {passed.map(({ name }) => (
              <li key={name}>
                <span class="holds">✓</span> {name}
              </li>
            ))}
          </ul>
        </details>
      )}
      <Coverage coverage={tried.coverage} />
    </>
  );
}

function ScenarioProblems({ problems, goTo }: { readonly problems: readonly DefinitionProblem[] } & GoTo) {
  if (problems.length === 0) return null;
  return (
    <>
      <h3>{say(trialWords.scenarioProblems)}</h3>
      <ul class="problems">
        {problems.slice(0, 50).map(({ code, line, column, path, severity, message, remedy }) => (
          <li key={`${code} ${line} ${column} ${path}`} class={severity}>
            <PlaceButton line={line} column={column} {...(goTo !== undefined && { goTo })} /> {say(message)}
            <small>→ {say(remedy)}</small>
          </li>
        ))}
      </ul>
    </>
  );
}
