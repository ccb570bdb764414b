import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Drafted, ProcessVersion } from '../api.ts';
import { ask, get } from '../client.ts';
import { useDoing } from '../doing.ts';
import { say } from '../language.ts';
import { onceKey } from '../once.ts';
import { processWords } from '../words/process.ts';
import { RefusedNote } from './refused-note.tsx';

interface DraftFormProps {
  readonly process: string;
  readonly yaml: string;
  /** Its scenarios; blank: none. */
  readonly scenarios: string;
  /** The newest version as the text was read. */
  readonly base: number;
  /** Whether it can be kept: a file without errors that says something else than its base. */
  readonly mayKeep: boolean;
  /** Is told once it is kept. */
  readonly kept: () => void;
}

/** Keeps a file and its scenarios as a draft, with the reason, what it is to bring, and by what that will be seen. */
export function DraftForm({ process, yaml, scenarios, base, mayKeep, kept }: DraftFormProps) {
  const { route } = useLocation();
  const [given, setGiven] = useState({ note: '', hypothesis: '', metric: '' });
  /** A version that somebody has published since the text was read. */
  const [newer, setNewer] = useState<number | null>(null);
  const { isBusy, refused, run } = useDoing();

  async function keep(): Promise<void> {
    const newest = await get<ProcessVersion>(`/v1/processes/${process}`);
    if (newest.version !== base && newest.version !== newer) {
      setNewer(newest.version);
      return;
    }
    const { note, hypothesis, metric } = given;
    const body = {
      yaml,
      note,
      ...(hypothesis !== '' && { hypothesis }),
      ...(metric !== '' && { metric }),
      ...(scenarios.trim() !== '' && { tests: scenarios }),
    };
    // The same draft again is the same line of the record, whatever its key.
    const { version } = await ask<Drafted>('POST', `/v1/processes/${process}/drafts`, { body, key: onceKey() });
    kept();
    route(`/processes/${process}?from=${base}&to=${version.version}`);
  }

  return (
    <form
      class="keep"
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
      {newer !== null && (
        <p role="alert" class="refused">
          {say(processWords.newerIs)} {newer}. {say(processWords.newerWhat)}{' '}
          <a href={`/processes/${process}?from=${base}&to=${newer}&tab=changes`} target="_blank" rel="noreferrer">
            {say(processWords.newerSee)}
          </a>
        </p>
      )}
      {refused !== null && <RefusedNote refused={refused} />}
      <button type="submit" aria-busy={isBusy} disabled={!mayKeep}>
        {say(processWords.keepDraft)}
      </button>
    </form>
  );
}
