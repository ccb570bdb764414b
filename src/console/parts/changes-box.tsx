import { ErrorBoundary, lazy } from 'preact-iso';
import type { ProcessChange } from '../api.ts';
import { ask, get, read } from '../client.ts';
import { numberText, say } from '../language.ts';
import { useLoading } from '../loading.ts';
import { useSettled } from '../settled.ts';
import { effectNames } from '../words/process.ts';
import { words } from '../words/shell.ts';
import { trialWords } from '../words/trial.ts';
import type { Candidate } from './candidate.ts';
import { RefusedNote } from './refused-note.tsx';

const TextDiff = lazy(() => import('./text-diff.tsx'));

interface ChangesBoxProps {
  readonly process: string;
  /** The version that it is held against. */
  readonly from: number;
  readonly to: Candidate;
  /** Whether what is held against it can be understood: a file without errors. */
  readonly isSound: boolean;
}

/** Milliseconds without a key before a text is compared. */
const PAUSE_MS = 400;

/** What a file or a version says otherwise than a version: what it means, and line by line. */
export function ChangesBox({ process, from, to, isSound }: ChangesBoxProps) {
  const text = 'yaml' in to ? to.yaml : null;
  const settled = useSettled(text, PAUSE_MS);
  const version = 'version' in to ? to.version : null;
  return (
    <>
      <h3>{say(trialWords.meaning)}</h3>
      {isSound ? (
        <Meaning process={process} from={from} yaml={settled} version={version} />
      ) : (
        <p class="empty">{say(trialWords.needsSound)}</p>
      )}
      <h3>{say(trialWords.lines)}</h3>
      <Lines process={process} from={from} yaml={settled} version={version} />
    </>
  );
}

interface SidesProps {
  readonly process: string;
  readonly from: number;
  /** One of them is null. */
  readonly yaml: string | null;
  readonly version: number | null;
}

interface Changes {
  readonly changes: readonly ProcessChange[];
  readonly left: number;
}

function Meaning({ process, from, yaml, version }: SidesProps) {
  const path = `/v1/processes/${process}/diff`;
  const { value, refused } = useLoading(
    () =>
      yaml === null
        ? get<Changes>(`${path}?from=${from}&to=${version}`)
        : ask<Changes>('POST', path, { body: { yaml, from } }),
    [path, from, yaml, version],
  );
  if (refused !== null) return <RefusedNote refused={refused} />;
  if (value === null) return <p aria-busy="true">{say(words.loading)}</p>;
  if (value.changes.length === 0) return <p class="empty">{say(trialWords.sameMeaning)}</p>;
  return (
    <ul class="differences">
      {value.changes.map(({ path: at, kind, word, effect, summary }) => (
        <li key={`${at} ${word} ${summary.en}`} class={`${effect} ${kind}`}>
          {say(summary)} {effect !== 'neutral' && effect !== 'text' && <strong>{say(effectNames[effect])}</strong>}
        </li>
      ))}
      {value.left > 0 && <li>… {numberText(value.left)}</li>}
    </ul>
  );
}

function Lines({ process, from, yaml, version }: SidesProps) {
  const path = `/v1/processes/${process}/versions`;
  const file = (number: number) => read(`${path}/${number}`, 'application/yaml');
  const before = useLoading(() => file(from), [path, from]);
  const other = useLoading(() => (version === null ? Promise.resolve(null) : file(version)), [path, version]);
  const refused = before.refused ?? other.refused;
  if (refused !== null) return <RefusedNote refused={refused} />;
  const after = yaml ?? other.value;
  if (before.value === null || after === null) return <p aria-busy="true">{say(words.loading)}</p>;
  return (
    <ErrorBoundary>
      <TextDiff before={before.value} after={after} />
    </ErrorBoundary>
  );
}
