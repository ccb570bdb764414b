import { useRef, useState } from 'preact/hooks';
import { ErrorBoundary, lazy, useLocation, useRoute } from 'preact-iso';
import type { CheckResult, DefinitionProblem, Drafted, ProcessVersion } from '../api.ts';
import { ask, get, read } from '../client.ts';
import { useDoing } from '../doing.ts';
import { say } from '../language.ts';
import { useLoading } from '../loading.ts';
import { PlanBox } from '../parts/plan-box.tsx';
import { RefusedNote } from '../parts/refused-note.tsx';
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
  const [problems, setProblems] = useState<readonly DefinitionProblem[]>([]);
  const goTo = useRef((_line: number, _column: number) => {});
  const errors = problems.filter(({ severity }) => severity === 'error').length;

  async function check(of: string): Promise<readonly DefinitionProblem[]> {
    const found = await ask<CheckResult>('POST', '/v1/processes/check', { yaml: of });
    setProblems(found.problems);
    return found.problems;
  }

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
          <Problems problems={problems} goTo={(line, column) => goTo.current(line, column)} />
          <PlanBox process={name} of={{ yaml: text }} mayApply={false} mayPlan={errors === 0} />
          <DraftForm name={name} yaml={text} isSound={errors === 0} isChanged={text !== yaml} />
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
    <section aria-labelledby="problems" aria-live="polite">
      <h2 id="problems">{say(processWords.problems)}</h2>
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

interface DraftFormProps {
  readonly name: string;
  readonly yaml: string;
  readonly isSound: boolean;
  readonly isChanged: boolean;
}

function DraftForm({ name, yaml, isSound, isChanged }: DraftFormProps) {
  const { route } = useLocation();
  const [given, setGiven] = useState({ note: '', hypothesis: '', metric: '' });
  const { isBusy, refused, run } = useDoing();

  async function keep(): Promise<void> {
    const { note, hypothesis, metric } = given;
    const body = { yaml, note, ...(hypothesis !== '' && { hypothesis }), ...(metric !== '' && { metric }) };
    await ask<Drafted>('POST', `/v1/processes/${name}/drafts`, { body });
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
