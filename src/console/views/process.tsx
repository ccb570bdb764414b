import { useState } from 'preact/hooks';
import { useAddress } from '../address.ts';
import type { ProcessVersion, Version, VersionPage } from '../api.ts';
import { get, read } from '../client.ts';
import { say } from '../language.ts';
import { useLoading } from '../loading.ts';
import { ChangesBox } from '../parts/changes-box.tsx';
import { FiguredMap } from '../parts/figured-map.tsx';
import { Heading } from '../parts/heading.tsx';
import { PlanBox } from '../parts/plan-box.tsx';
import { ProcessChoice } from '../parts/process-choice.tsx';
import { RefusedNote } from '../parts/refused-note.tsx';
import { ReplayBox } from '../parts/replay-box.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { TestsBox } from '../parts/tests-box.tsx';
import { VersionActs } from '../parts/version-acts.tsx';
import { VersionCard } from '../parts/version-card.tsx';
import { processWords } from '../words/process.ts';
import { words } from '../words/shell.ts';
import { trialWords } from '../words/trial.ts';

/** A process: its picture, its versions with who did what and why, and what one of them says, would do and has done. */
export function Process() {
  return (
    <section class="process">
      <Heading text={say(words.processes)} />
      <ProcessChoice view="/processes">{(name) => <Versions key={name} name={name} />}</ProcessChoice>
    </section>
  );
}

function Versions({ name }: { readonly name: string }) {
  const { value, refused, reload } = useLoading(
    () => get<VersionPage>(`/v1/processes/${name}/versions?limit=50`),
    [name],
  );
  const { query, set } = useAddress();
  // Who comes for something else has it out of the way.
  const [isPlain] = useState(Object.keys(query).length === 0);
  if (refused !== null) return <RefusedNote refused={refused} reload={reload} />;
  if (value === null) return <p aria-busy="true">{say(words.loading)}</p>;
  const { versions } = value;
  const newest = versions.find(({ isNewest }) => isNewest) ?? null;
  const shown = versions.find(({ version }) => String(version) === query.to) ?? newest ?? versions[0];
  if (shown === undefined) return <p>{say(words.noProcess)}</p>;
  return (
    <>
      <details class="picture-box" open={isPlain}>
        <summary>{say(processWords.picture)}</summary>
        <FiguredMap process={name} version={shown.version} />
      </details>
      <div class="halves">
        <section aria-labelledby="versions">
          <div class="heading">
            <h2 id="versions">{say(processWords.versions)}</h2>
            <a href={`/processes/${name}/edit`}>{say(processWords.edit)}</a>
          </div>
          <ol class="versions">
            {versions.map((version) => (
              <li key={version.version} aria-current={version === shown ? 'true' : undefined}>
                <VersionCard
                  version={version}
                  isShown={version === shown}
                  choose={(to) => set({ to: String(to), from: null })}
                />
                <VersionActs version={version} newest={newest} reload={reload} />
              </li>
            ))}
          </ol>
        </section>
        <Shown key={shown.version} name={name} shown={shown} versions={versions} />
      </div>
    </>
  );
}

interface ShownProps {
  readonly name: string;
  readonly shown: Version;
  readonly versions: readonly Version[];
}

function Shown({ name, shown, versions }: ShownProps) {
  const { query, set } = useAddress();
  const { version, isNewest } = shown;
  const others = versions.filter((other) => other !== shown);
  const usual = others.find((other) => other.version < version) ?? others[0];
  const from = others.find((other) => String(other.version) === query.from) ?? usual;
  const of = { version };
  const tabs = [
    ...(from === undefined
      ? []
      : [
          {
            id: 'changes',
            name: say(trialWords.changes),
            panel: (
              <>
                <label class="against">
                  {say(trialWords.compareWith)}
                  <select
                    value={from.version}
                    onChange={({ currentTarget }) => set({ from: currentTarget.value, to: String(version) })}
                  >
                    {others.map((other) => (
                      <option key={other.version} value={other.version}>
                        {say(words.version)} {other.version}
                        {other.note === null ? '' : ` · ${other.note.slice(0, 60)}`}
                      </option>
                    ))}
                  </select>
                </label>
                <ChangesBox process={name} from={from.version} to={of} isSound />
              </>
            ),
          },
        ]),
    {
      id: 'plan',
      name: say(trialWords.plan),
      panel: <PlanBox process={name} of={of} mayApply={isNewest} />,
    },
    { id: 'tests', name: say(trialWords.tests), panel: <VersionTests name={name} version={version} /> },
    { id: 'replay', name: say(trialWords.replay), panel: <ReplayBox process={name} of={of} mayRun /> },
    { id: 'file', name: say(trialWords.file), panel: <File name={name} version={version} /> },
  ];
  return (
    <section aria-labelledby="shown">
      <h2 id="shown">
        {say(words.version)} {version}
      </h2>
      <Tabs label={`${say(words.version)} ${version}`} tabs={tabs} />
    </section>
  );
}

interface FileProps {
  readonly name: string;
  readonly version: number;
}

function VersionTests({ name, version }: FileProps) {
  const { value, refused, reload } = useLoading(
    () => get<ProcessVersion>(`/v1/processes/${name}/versions/${version}`),
    [name, version],
  );
  if (refused !== null) return <RefusedNote refused={refused} reload={reload} />;
  if (value === null) return <p aria-busy="true">{say(words.loading)}</p>;
  const scenarios = value.tests ?? '';
  return (
    <TestsBox process={name} of={{ version }} scenarios={scenarios} mayRun none={say(trialWords.noScenariosHere)}>
      {scenarios !== '' && (
        <details>
          <summary>{say(trialWords.scenarios)}</summary>
          <Code text={scenarios} label={say(trialWords.scenarios)} />
        </details>
      )}
    </TestsBox>
  );
}

function File({ name, version }: FileProps) {
  const path = `/v1/processes/${name}/versions/${version}`;
  const { value, refused } = useLoading(() => read(path, 'application/yaml'), [name, version]);
  if (refused !== null) return <RefusedNote refused={refused} />;
  if (value === null) return <p aria-busy="true">{say(words.loading)}</p>;
  return <Code text={value} label={say(processWords.file)} />;
}

function Code({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is to be reached by keys
    <section class="code" tabIndex={0} aria-label={label}>
      <pre>
        <code>{text}</code>
      </pre>
    </section>
  );
}
