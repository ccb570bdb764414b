import { useState } from 'preact/hooks';
import type { Signal, SignalPage } from '../api.ts';
import { ask, get } from '../client.ts';
import { useDoing } from '../doing.ts';
import { dateText, say } from '../language.ts';
import { useLoading } from '../loading.ts';
import { auditWords, signalStates } from '../words/audit.ts';
import { AskDialog } from './ask-dialog.tsx';
import { RefusedNote } from './refused-note.tsx';

const STATES = ['refused', 'unmatched', 'kept'] as const;

/** What other systems told and no instance has taken, to be tried again or given up. */
export function SignalList() {
  const { value, refused, reload } = useLoading(
    () => Promise.all(STATES.map((state) => get<SignalPage>(`/v1/signals?state=${state}&limit=50`))),
    [],
  );
  const signals = value?.flatMap((page) => page.signals) ?? [];
  return (
    <section class="panel" aria-labelledby="signals">
      <h2 id="signals">{say(auditWords.signals)}</h2>
      {refused !== null && <RefusedNote refused={refused} reload={reload} />}
      {value !== null && signals.length === 0 && <p class="holds">✓ {say(auditWords.noSignal)}</p>}
      <ul class="plain">
        {signals.map((signal) => (
          <li key={signal.receipt} class="card">
            <SignalCard signal={signal} reload={reload} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function SignalCard({ signal, reload }: { readonly signal: Signal; readonly reload: () => void }) {
  const { receipt, signal: name, key, sender, receivedAt, state, results } = signal;
  const [isAsking, setAsking] = useState(false);
  const { isBusy, refused, run } = useDoing();
  return (
    <>
      <span>
        <strong>{name}</strong> {key} <small>{`${sender} · ${dateText(receivedAt)}`}</small>
      </span>
      <span class={state === 'kept' ? '' : 'late'}>{say(signalStates[state])}</span>
      {results.map(({ instance, detail }, n) => (
        <span key={instance ?? n}>
          {instance !== null && <a href={`/deals/${instance}`}>{instance.slice(-12)}</a>}{' '}
          {detail !== undefined && say(detail)}
        </span>
      ))}
      <div class="line">
        <button
          type="button"
          class="secondary small"
          aria-busy={isBusy}
          onClick={() =>
            run(async () => {
              await ask('POST', `/v1/signals/${receipt}/retry`);
              reload();
            })
          }
        >
          {say(auditWords.retry)}
        </button>
        <button type="button" class="secondary small" onClick={() => setAsking(true)}>
          {say(auditWords.remove)}
        </button>
      </div>
      {refused !== null && <RefusedNote refused={refused} />}
      {isAsking && (
        <AskDialog
          title={say(auditWords.removeAsk)}
          confirm={say(auditWords.remove)}
          run={async () => {
            await ask('DELETE', `/v1/signals/${receipt}`);
            reload();
          }}
          close={() => setAsking(false)}
        >
          <p>{say(auditWords.removeWhy)}</p>
        </AskDialog>
      )}
    </>
  );
}
