import type { TestedScenario } from '../api.ts';
import { say } from '../language.ts';
import { trialWords } from '../words/trial.ts';
import { PlaceButton } from './place-button.tsx';

interface FailedScenarioProps {
  readonly scenario: TestedScenario;
  readonly goTo?: (line: number, column: number) => void;
}

/** A scenario that failed: what was expected of which step, and what was found. */
export function FailedScenario({ scenario, goTo }: FailedScenarioProps) {
  const { name, heldBy, differences } = scenario;
  const way = goTo === undefined ? {} : { goTo };
  return (
    <li class="failed">
      <strong>
        <span class="broken">✗</span> {name}
      </strong>
      {heldBy !== null && (
        <p>
          {say(trialWords.heldBy)} {heldBy}
        </p>
      )}
      {differences.map(({ what, expected, found, line, column }) => (
        <div key={`${line} ${column} ${what}`} class="difference">
          <p>
            <PlaceButton line={line} column={column} {...way} /> <code>{what}</code>
          </p>
          <dl>
            <dt>{say(trialWords.expected)}</dt>
            <dd>{say(expected)}</dd>
            <dt>{say(trialWords.found)}</dt>
            <dd class="late">{say(found)}</dd>
          </dl>
        </div>
      ))}
    </li>
  );
}
