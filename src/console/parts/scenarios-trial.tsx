import { useRef, useState } from 'preact/hooks';
import { ErrorBoundary, lazy } from 'preact-iso';
import { say } from '../language.ts';
import { trialWords } from '../words/trial.ts';
import { TestsBox } from './tests-box.tsx';

const ScenarioEditor = lazy(() => import('./scenario-editor.tsx'));

interface ScenariosTrialProps {
  readonly process: string;
  readonly yaml: string;
  readonly isSound: boolean;
  readonly scenarios: string;
  readonly change: (scenarios: string) => void;
}

/** The scenarios of a file that is being edited: run against it, and edited themselves. */
export function ScenariosTrial({ process, yaml, isSound, scenarios, change }: ScenariosTrialProps) {
  const [isOpen, setOpen] = useState(false);
  const goTo = useRef<((line: number, column: number) => void) | null>(null);
  /** Where to go as soon as they are shown. */
  const wanted = useRef<readonly [line: number, column: number] | null>(null);

  function show(line: number, column: number): void {
    wanted.current = [line, column];
    setOpen(true);
    if (goTo.current !== null) arrive(goTo.current);
  }

  function arrive(go: (line: number, column: number) => void): void {
    if (wanted.current !== null) go(...wanted.current);
    wanted.current = null;
  }

  return (
    <TestsBox
      process={process}
      of={{ yaml }}
      scenarios={scenarios}
      mayRun={isSound}
      goTo={show}
      none={say(trialWords.noScenarios)}
    >
      <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>{say(trialWords.scenarios)}</summary>
        {(isOpen || goTo.current !== null) && (
          <ErrorBoundary>
            <ScenarioEditor
              text={scenarios === '' ? `process: ${process}\nscenarios:\n` : scenarios}
              label={say(trialWords.scenarios)}
              change={change}
              ready={(go) => {
                goTo.current = go;
                arrive(go);
              }}
            />
          </ErrorBoundary>
        )}
      </details>
    </TestsBox>
  );
}
