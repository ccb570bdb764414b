import { useState } from 'preact/hooks';
import type { Version } from '../api.ts';
import { ask, Refused } from '../client.ts';
import { numberText, say } from '../language.ts';
import { actWhat, processWords } from '../words/process.ts';
import { words } from '../words/shell.ts';
import { AskDialog } from './ask-dialog.tsx';

export type VersionAct = 'approve' | 'reject' | 'publish' | 'withdraw';

/** Scenarios told by their names. */
const MOST_FAILED = 8;

interface ActDialogProps {
  readonly version: Version;
  readonly newest: Version | null;
  readonly act: VersionAct;
  /** Is told how the version stands then. */
  readonly done: (version: Version) => void;
  readonly close: () => void;
  readonly reload: () => void;
}

/** Asks before something is done with a version: what will happen, why, and of what is published from when on. */
export function ActDialog({ version, newest, act, done, close, reload }: ActDialogProps) {
  const [note, setNote] = useState('');
  const [from, setFrom] = useState('');
  const [failed, setFailed] = useState<readonly string[]>([]);
  const [isForced, setForced] = useState(false);
  const isReview = act === 'approve' || act === 'reject';
  const path = `/v1/processes/${version.process}/versions/${version.version}`;

  async function run(key: string): Promise<void> {
    const [end, body] = isReview
      ? (['review', { verdict: act, comment: note }] as const)
      : ([
          act,
          {
            ...(note !== '' && { note }),
            ...(act === 'publish' && from !== '' && { effectiveAt: new Date(from).toISOString() }),
            ...(act === 'publish' && isForced && { force: true }),
          },
        ] as const);
    try {
      done(await ask<Version>('POST', `${path}/${end}`, { body, ifMatch: version.revision, key }));
    } catch (error) {
      if (error instanceof Refused) setFailed(error.problem?.failed ?? []);
      throw error;
    }
  }

  return (
    <AskDialog
      title={`${say(processWords[act])}: ${say(words.version)} ${version.version}`}
      confirm={say(processWords[act])}
      run={run}
      close={close}
      reload={reload}
    >
      <p>{say(actWhat[act])}</p>
      {act === 'publish' && <Consequences version={version} newest={newest} />}
      <label>
        {say(processWords.note)}
        <input
          value={note}
          required={isReview}
          maxLength={2000}
          onInput={(event) => setNote(event.currentTarget.value)}
        />
      </label>
      {act === 'publish' && (
        <label>
          {say(processWords.effectiveFrom)}
          <input type="datetime-local" value={from} onInput={(event) => setFrom(event.currentTarget.value)} />
        </label>
      )}
      {failed.length > 0 && (
        <>
          <ul class="failing">
            {failed.slice(0, MOST_FAILED).map((name) => (
              <li key={name}>
                <span class="broken">✗</span> {name}
              </li>
            ))}
            {failed.length > MOST_FAILED && <li>… {numberText(failed.length - MOST_FAILED)}</li>}
          </ul>
          <label>
            <input type="checkbox" checked={isForced} onChange={(event) => setForced(event.currentTarget.checked)} />
            {say(processWords.force)}
          </label>
        </>
      )}
    </AskDialog>
  );
}

function Consequences({ version, newest }: Pick<ActDialogProps, 'version' | 'newest'>) {
  const open = newest?.instances?.open ?? 0;
  return (
    <ul>
      <li>
        {say(processWords.newDeals)} {version.version}
        {newest !== null && newest.version !== version.version && ` (${say(processWords.insteadOf)} ${newest.version})`}
      </li>
      {open > 0 && (
        <li>
          {say(processWords.openStay)} ({numberText(open)})
        </li>
      )}
      {version.standing !== 'published' && <li>{say(processWords.testsFirst)}</li>}
    </ul>
  );
}
