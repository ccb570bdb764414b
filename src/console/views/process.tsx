import { useState } from 'preact/hooks';
import type { ProcessDiff, Version, VersionPage } from '../api.ts';
import { get, read } from '../client.ts';
import { dateText, numberText, say } from '../language.ts';
import { useLoading } from '../loading.ts';
import { FiguredMap } from '../parts/figured-map.tsx';
import { PlanBox } from '../parts/plan-box.tsx';
import { ProcessChoice } from '../parts/process-choice.tsx';
import { RefusedNote } from '../parts/refused-note.tsx';
import { VersionActs } from '../parts/version-acts.tsx';
import { actNames, effectNames, processWords, standingNames } from '../words/process.ts';
import { words } from '../words/shell.ts';

/** A process: its picture, its versions with who did what and why, what each says otherwise than the one before, its file. */
export function Process() {
  return (
    <section class="process">
      <h1>{say(words.processes)}</h1>
      <ProcessChoice view="/processes">{(name) => <Versions key={name} name={name} />}</ProcessChoice>
    </section>
  );
}

function Versions({ name }: { readonly name: string }) {
  const { value, refused, reload } = useLoading(
    () => get<VersionPage>(`/v1/processes/${name}/versions?limit=50`),
    [name],
  );
  const [chosen, setChosen] = useState<number | null>(null);
  if (refused !== null) return <RefusedNote refused={refused} reload={reload} />;
  if (value === null) return <p aria-busy="true">{say(words.loading)}</p>;
  const newest = value.versions.find(({ isNewest }) => isNewest) ?? value.versions[0];
  const shown = value.versions.find(({ version }) => version === chosen) ?? newest;
  if (shown === undefined) return <p>{say(words.noProcess)}</p>;
  return (
    <>
      <FiguredMap process={name} version={shown.version} />
      <div class="halves">
        <section aria-labelledby="versions">
          <h2 id="versions">{say(processWords.versions)}</h2>
          <ol class="versions">
            {value.versions.map((version) => (
              <li key={version.version}>
                <VersionLine version={version} isShown={version === shown} choose={setChosen} />
                <VersionActs version={version} done={reload} />
              </li>
            ))}
          </ol>
        </section>
        <div>
          <p>
            <a href={`/processes/${name}/edit`}>{say(processWords.edit)}</a>
          </p>
          <PlanBox key={shown.version} process={name} of={{ version: shown.version }} mayApply={shown.isNewest} />
          {shown.version > 1 && <Differences name={name} to={shown.version} />}
          <File name={name} version={shown.version} />
        </div>
      </div>
    </>
  );
}

interface VersionLineProps {
  readonly version: Version;
  readonly isShown: boolean;
  readonly choose: (version: number) => void;
}

function VersionLine({ version, isShown, choose }: VersionLineProps) {
  const { standing, note, hypothesis, metric, instances, record } = version;
  return (
    <>
      <button
        type="button"
        class={isShown ? 'small' : 'secondary small'}
        aria-pressed={isShown}
        onClick={() => choose(version.version)}
      >
        {say(words.version)} {version.version}
      </button>{' '}
      <strong>{say(standingNames[standing])}</strong>
      {version.isNewest && ` · ${say(processWords.newest)}`}
      {instances !== null && (
        <small>
          {' '}
          · {numberText(instances.open)} {say(processWords.open)}, {numberText(instances.closed)}{' '}
          {say(processWords.closed)}
        </small>
      )}
      {note !== null && <p>{note}</p>}
      {hypothesis !== null && (
        <p>
          {say(processWords.hypothesis)}: {hypothesis}
        </p>
      )}
      {metric !== null && (
        <p>
          {say(processWords.metric)}: {metric}
        </p>
      )}
      <ul>
        {record.map((act) => (
          <li key={act.seq}>
            <time dateTime={act.at}>{dateText(act.at)}</time> <strong>{act.actor}</strong> {say(actNames[act.act])}
            {act.isForced && <em> {say(processWords.forced)}</em>}
            {act.note !== null && act.note !== note && `: ${act.note}`}
          </li>
        ))}
      </ul>
    </>
  );
}

function Differences({ name, to }: { readonly name: string; readonly to: number }) {
  const path = `/v1/processes/${name}/diff?from=${to - 1}&to=${to}`;
  const { value, refused, reload } = useLoading(() => get<ProcessDiff>(path), [name, to]);
  return (
    <section aria-labelledby="differences">
      <h2 id="differences">
        {say(processWords.differences)} {to - 1} → {to}
      </h2>
      {refused !== null && <RefusedNote refused={refused} reload={reload} />}
      {value?.changes.length === 0 && <p>{say(processWords.noDifference)}</p>}
      <ul class="differences">
        {value?.changes.map(({ path: at, word, effect, summary }) => (
          <li key={`${at} ${word} ${summary.en}`} class={effect}>
            {say(summary)} {effect !== 'neutral' && effect !== 'text' && <strong>{say(effectNames[effect])}</strong>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function File({ name, version }: { readonly name: string; readonly version: number }) {
  const path = `/v1/processes/${name}/versions/${version}`;
  const { value, refused } = useLoading(() => read(path, 'application/yaml'), [name, version]);
  return (
    <details>
      <summary>{say(processWords.file)}</summary>
      {refused !== null && <RefusedNote refused={refused} />}
      <pre>
        <code>{value}</code>
      </pre>
    </details>
  );
}
