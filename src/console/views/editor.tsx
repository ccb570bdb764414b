import { useRef, useState } from 'preact/hooks';
import { ErrorBoundary, lazy, useRoute } from 'preact-iso';
import type { CheckResult, DefinitionProblem, ProcessVersion } from '../api.ts';
import { ask, get, read } from '../client.ts';
import { say } from '../language.ts';
import { useLoading } from '../loading.ts';
import { ChangesBox } from '../parts/changes-box.tsx';
import { DraftForm } from '../parts/draft-form.tsx';
import { PlanBox } from '../parts/plan-box.tsx';
import { RefusedNote } from '../parts/refused-note.tsx';
import { ReplayBox } from '../parts/replay-box.tsx';
import { ScenariosTrial } from '../parts/scenarios-trial.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { processWords } from '../words/process.ts';
import { words } from '../words/shell.ts';
import { trialWords } from '../words/trial.ts';

/** Only who edits loads the editor. */
const YamlEditor = lazy(() => import('../parts/yaml-editor.tsx'));

/** The file of a process, checked as it is typed, tried on its scenarios, the past and the open deals, and kept as a draft. */
export function Editor() {
  const { params } = useRoute();
  const name = params.process ?? '';
  const { value, refused, reload } = useLoading(async () => {
    const { version, tests } = await get<ProcessVersion>(`/v1/processes/${name}`);
    return { version, tests, yaml: await read(`/v1/processes/${name}/versions/${version}`, 'application/yaml') };
  }, [name]);
  if (refused !== null) return <RefusedNote refused={refused} reload={reload} />;
  if (value === null) return <p aria-busy="true">{say(words.loading)}</p>;
  return <Desk key={value.version} name={name} {...value} />;
}

interface DeskProps {
  readonly name: string;
  readonly version: number;
  readonly yaml: string;
  readonly tests: string | null;
}

function Desk({ name, version, yaml, tests }: DeskProps) {
  const [text, setText] = useState(yaml);
  const [scenarios, setScenarios] = useState(tests ?? '');
  const [problems, setProblems] = useState<readonly DefinitionProblem[]>([]);
  const goTo = useRef((_line: number, _column: number) => {});
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const isSound = errors === 0;

  async function check(of: string): Promise<readonly DefinitionProblem[]> {
    const found = await ask<CheckResult>('POST', '/v1/processes/check', { yaml: of });
    setProblems(found.problems);
    return found.problems;
  }

  const tabs = [
    {
      id: 'problems',
      name: say(trialWords.problems),
      count: problems.length,
      mood: isSound ? ('soon' as const) : ('bad' as const),
      panel: <Problems problems={problems} goTo={(line, column) => goTo.current(line, column)} />,
    },
    {
      id: 'tests',
      name: say(trialWords.tests),
      panel: (
        <ScenariosTrial process={name} yaml={text} isSound={isSound} scenarios={scenarios} change={setScenarios} />
      ),
    },
    {
      id: 'plan',
      name: say(trialWords.plan),
      panel: <PlanBox process={name} of={{ yaml: text }} mayApply={false} mayPlan={isSound} />,
    },
    {
      id: 'replay',
      name: say(trialWords.replay),
      panel: <ReplayBox process={name} of={{ yaml: text }} mayRun={isSound} />,
    },
    {
      id: 'changes',
      name: say(trialWords.changes),
      panel: <ChangesBox process={name} from={version} to={{ yaml: text }} isSound={isSound} />,
    },
  ];

  return (
    <section class="editor">
      <h1>
        {say(processWords.edit)} {name}
      </h1>
      <p>
        <a href={`/processes/${name}`}>{say(words.processes)}</a> · {say(processWords.basedOn)} {version}
      </p>
      <div class="halves">
        <ErrorBoundary>
          <YamlEditor
            text={yaml}
            label={say(processWords.file)}
            change={setText}
            check={check}
            ready={(go) => {
              goTo.current = go;
            }}
          />
        </ErrorBoundary>
        <div>
          <Tabs label={say(trialWords.beside)} tabs={tabs} />
          <DraftForm
            process={name}
            yaml={text}
            scenarios={scenarios}
            base={version}
            mayKeep={isSound && (text !== yaml || scenarios !== (tests ?? ''))}
          />
        </div>
      </div>
    </section>
  );
}

interface ProblemsProps {
  readonly problems: readonly DefinitionProblem[];
  readonly goTo: (line: number, column: number) => void;
}

function Problems({ problems, goTo }: ProblemsProps) {
  return (
    <section aria-label={say(trialWords.problems)} aria-live="polite">
      {problems.length === 0 && <p class="holds">✓ {say(processWords.noProblem)}</p>}
      <ul class="problems">
        {problems.slice(0, 100).map((problem) => (
          <li key={`${problem.code} ${problem.line} ${problem.column} ${problem.path}`} class={problem.severity}>
            <button type="button" class="quiet" onClick={() => goTo(problem.line, problem.column)}>
              {problem.line}:{problem.column}
            </button>{' '}
            {say(problem.message)}
            <small>→ {say(problem.remedy)}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
