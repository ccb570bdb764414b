import { useMemo, useRef, useState } from 'preact/hooks';
import { ErrorBoundary, lazy, useRoute } from 'preact-iso';
import type { ProcessVersion } from '../api.ts';
import { useBeside } from '../beside.ts';
import { useChecked } from '../checking.ts';
import { get, read } from '../client.ts';
import { say } from '../language.ts';
import { useLoading } from '../loading.ts';
import { ChangesBox } from '../parts/changes-box.tsx';
import { DraftForm } from '../parts/draft-form.tsx';
import { useFigureMarks } from '../parts/figured-map.tsx';
import { Heading } from '../parts/heading.tsx';
import { KeptNote } from '../parts/kept-note.tsx';
import { LiveMap } from '../parts/live-map.tsx';
import { PlanBox } from '../parts/plan-box.tsx';
import { ProblemList } from '../parts/problem-list.tsx';
import { RefusedNote } from '../parts/refused-note.tsx';
import { ReplayBox } from '../parts/replay-box.tsx';
import { ScenariosTrial } from '../parts/scenarios-trial.tsx';
import { Tabs } from '../parts/tabs.tsx';
import type { EditorHandle } from '../parts/yaml-editor.tsx';
import { useUnsaved } from '../unsaved.ts';
import { editorWords } from '../words/editor.ts';
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
  const [step, setStep] = useState<string | null>(null);
  const editor = useRef<EditorHandle | null>(null);
  const { of, problems, refused, isNow } = useChecked(text);
  const unsaved = useUnsaved(`${name}/${version}`, yaml, text);
  const beside = useBeside();
  const told = useFigureMarks(name);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const isSound = isNow && refused === null && errors === 0;
  const checked = useMemo(() => ({ of, problems }), [of, problems]);

  const tabs = [
    {
      id: 'problems',
      name: say(trialWords.problems),
      count: problems.length,
      mood: errors === 0 ? ('soon' as const) : ('bad' as const),
      panel: (
        <>
          {refused !== null && <RefusedNote refused={refused} />}
          <ProblemList
            problems={problems}
            of={of}
            goTo={(line, column) => editor.current?.goTo(line, column)}
            mend={(fix, text) => editor.current?.fix(fix, text)}
          />
        </>
      ),
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
      panel: <PlanBox process={name} of={{ yaml: text }} mayApply={false} mayPlan={errors === 0} />,
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
      <Heading text={`${say(processWords.edit)} ${name}`} />
      <p>
        <a href={`/processes/${name}`}>{say(words.processes)}</a> · {say(processWords.basedOn)} {version}
      </p>
      <KeptNote unsaved={unsaved} restore={(kept) => editor.current?.replace(kept)} />
      <div class="halves">
        <div class="writing">
          <ErrorBoundary>
            <YamlEditor
              text={yaml}
              label={say(processWords.file)}
              help={say(editorWords.keys)}
              change={setText}
              checked={checked}
              beside={beside}
              at={setStep}
              ready={(handle) => {
                editor.current = handle;
              }}
            />
          </ErrorBoundary>
          <small class="keys">{say(editorWords.keys)}</small>
        </div>
        <div>
          <LiveMap
            text={text}
            isSound={isSound}
            isBroken={errors > 0}
            step={step}
            choose={(id) => editor.current?.goToStep(id)}
            told={told}
          />
          <Tabs label={say(trialWords.beside)} tabs={tabs} />
          <DraftForm
            process={name}
            yaml={text}
            scenarios={scenarios}
            base={version}
            mayKeep={isSound && (text !== yaml || scenarios !== (tests ?? ''))}
            kept={unsaved.forget}
          />
        </div>
      </div>
    </section>
  );
}
