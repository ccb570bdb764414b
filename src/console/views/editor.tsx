import { useMemo, useRef, useState } from 'preact/hooks';
import { ErrorBoundary, lazy, useLocation, useRoute } from 'preact-iso';
import type { Drafted, ProcessVersion } from '../api.ts';
import { useBeside } from '../beside.ts';
import { useChecked } from '../checking.ts';
import { ask, get, read } from '../client.ts';
import { useDoing } from '../doing.ts';
import { say } from '../language.ts';
import { useLoading } from '../loading.ts';
import { KeptNote } from '../parts/kept-note.tsx';
import { LiveMap } from '../parts/live-map.tsx';
import { PlanBox } from '../parts/plan-box.tsx';
import { ProblemList } from '../parts/problem-list.tsx';
import { RefusedNote } from '../parts/refused-note.tsx';
import type { EditorHandle } from '../parts/yaml-editor.tsx';
import { useUnsaved } from '../unsaved.ts';
import { editorWords } from '../words/editor.ts';
import { processWords } from '../words/process.ts';
import { words } from '../words/shell.ts';

/** Only who edits loads the editor. */
const YamlEditor = lazy(() => import('../parts/yaml-editor.tsx'));

/** The file of a process, checked as it is typed, tried on the open deals, and kept as a draft for review. */
export function Editor() {
  const { params } = useRoute();
  const name = params.process ?? '';
  const { value, refused, reload } = useLoading(async () => {
    const { version } = await get<ProcessVersion>(`/v1/processes/${name}`);
    return { version, yaml: await read(`/v1/processes/${name}/versions/${version}`, 'application/yaml') };
  }, [name]);
  if (refused !== null) return <RefusedNote refused={refused} reload={reload} />;
  if (value === null) return <p aria-busy="true">{say(words.loading)}</p>;
  return <Desk key={value.version} name={name} version={value.version} yaml={value.yaml} />;
}

interface DeskProps {
  readonly name: string;
  readonly version: number;
  readonly yaml: string;
}

function Desk({ name, version, yaml }: DeskProps) {
  const [text, setText] = useState(yaml);
  const [step, setStep] = useState<string | null>(null);
  const editor = useRef<EditorHandle | null>(null);
  const { of, problems, refused, isNow } = useChecked(text);
  const unsaved = useUnsaved(`${name}/${version}`, yaml, text);
  const beside = useBeside();
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const isSound = isNow && refused === null && errors === 0;
  const checked = useMemo(() => ({ of, problems }), [of, problems]);

  return (
    <section class="editor">
      <h1>
        {say(processWords.edit)} {name}
      </h1>
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
          />
          {refused !== null && <RefusedNote refused={refused} />}
          <h2>
            {say(processWords.problems)} {problems.length > 0 && <span class="many">{problems.length}</span>}
          </h2>
          <ProblemList
            problems={problems}
            of={of}
            goTo={(line, column) => editor.current?.goTo(line, column)}
            mend={(fix, text) => editor.current?.fix(fix, text)}
          />
          <PlanBox process={name} of={{ yaml: text }} mayApply={false} mayPlan={errors === 0} />
          <DraftForm name={name} yaml={text} isSound={isSound} isChanged={text !== yaml} saved={unsaved.forget} />
        </div>
      </div>
    </section>
  );
}

interface DraftFormProps {
  readonly name: string;
  readonly yaml: string;
  readonly isSound: boolean;
  readonly isChanged: boolean;
  readonly saved: () => void;
}

function DraftForm({ name, yaml, isSound, isChanged, saved }: DraftFormProps) {
  const { route } = useLocation();
  const [given, setGiven] = useState({ note: '', hypothesis: '', metric: '' });
  const { isBusy, refused, run } = useDoing();

  async function keep(): Promise<void> {
    const { note, hypothesis, metric } = given;
    const body = { yaml, note, ...(hypothesis !== '' && { hypothesis }), ...(metric !== '' && { metric }) };
    await ask<Drafted>('POST', `/v1/processes/${name}/drafts`, { body });
    saved();
    route(`/processes/${name}`);
  }

  return (
    <form
      aria-labelledby="draft"
      onSubmit={(event) => {
        event.preventDefault();
        run(keep);
      }}
    >
      <h2 id="draft">{say(processWords.keepDraft)}</h2>
      {(['note', 'hypothesis', 'metric'] as const).map((member) => (
        <label key={member}>
          {say(processWords[member])}
          <input
            required={member === 'note'}
            maxLength={2000}
            value={given[member]}
            onInput={({ currentTarget: { value } }) => setGiven((known) => ({ ...known, [member]: value }))}
          />
        </label>
      ))}
      {refused !== null && <RefusedNote refused={refused} />}
      <button type="submit" aria-busy={isBusy} disabled={!isSound || !isChanged}>
        {say(processWords.keepDraft)}
      </button>
    </form>
  );
}
