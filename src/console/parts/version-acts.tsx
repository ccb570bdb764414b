import { useState } from 'preact/hooks';
import type { Version } from '../api.ts';
import { ask } from '../client.ts';
import { useDoing } from '../doing.ts';
import { say } from '../language.ts';
import { processWords } from '../words/process.ts';
import { RefusedNote } from './refused-note.tsx';

/** What can be done with a version as it stands (see the guide of process owners). */
const acts: Readonly<Partial<Record<Version['standing'], readonly Act[]>>> = {
  draft: ['approve', 'reject', 'publish', 'withdraw'],
  reviewed: ['publish', 'reject', 'withdraw'],
  rejected: ['withdraw'],
  scheduled: ['withdraw'],
};

type Act = 'approve' | 'reject' | 'publish' | 'withdraw';

/** Reviewing, publishing and taking back a version, each with its reason; the server says who may. */
export function VersionActs({ version, done }: { readonly version: Version; readonly done: () => void }) {
  const [note, setNote] = useState('');
  const { isBusy, refused, run } = useDoing();
  const possible = acts[version.standing] ?? [];
  if (possible.length === 0) return null;

  async function act(what: Act): Promise<void> {
    const path = `/v1/processes/${version.process}/versions/${version.version}`;
    const [end, body] =
      what === 'approve' || what === 'reject'
        ? (['review', { verdict: what, comment: note }] as const)
        : ([what, { ...(note !== '' && { note }) }] as const);
    await ask('POST', `${path}/${end}`, { body, ifMatch: version.revision });
    done();
  }

  return (
    <div class="acts">
      <label>
        {say(processWords.note)}
        <input value={note} maxLength={2000} onInput={(event) => setNote(event.currentTarget.value)} />
      </label>
      {possible.map((what) => (
        <button
          key={what}
          type="button"
          class="secondary small"
          aria-busy={isBusy}
          onClick={() => run(() => act(what))}
        >
          {say(processWords[what])}
        </button>
      ))}
      {refused !== null && <RefusedNote refused={refused} reload={done} />}
    </div>
  );
}
