import { useState } from 'preact/hooks';
import type { Key, KeyList as Keys, KeyWithSecret } from '../api.ts';
import { ask, get } from '../client.ts';
import { dateText, say } from '../language.ts';
import { useLoading } from '../loading.ts';
import { keyWords } from '../words/audit.ts';
import { words } from '../words/shell.ts';
import { AskDialog } from './ask-dialog.tsx';
import { NewKeyForm } from './new-key-form.tsx';
import { RefusedNote } from './refused-note.tsx';
import { SecretBox } from './secret-box.tsx';

/** Who has keys: made here, shown once, revoked here. For administrators. */
export function KeyList() {
  const { value, refused, reload } = useLoading(() => get<Keys>('/v1/keys'), []);
  const [made, setMade] = useState<KeyWithSecret | null>(null);
  const [revoking, setRevoking] = useState<Key | null>(null);
  if (refused?.problem?.code === 'role-required') return <p>{say(keyWords.notYours)}</p>;
  if (refused !== null) return <RefusedNote refused={refused} reload={reload} />;
  if (value === null) return <p aria-busy="true">{say(words.loading)}</p>;
  const live = value.keys.filter(({ state }) => state === 'active');
  const old = value.keys.filter(({ state }) => state !== 'active');
  return (
    <section aria-label={say(keyWords.make)}>
      <p>{say(keyWords.why)}</p>
      {made !== null &&
        (made.secret === null ? (
          <p role="status">{say(keyWords.madeBefore)}</p>
        ) : (
          <SecretBox
            what={`${made.actor}: ${say(keyWords.shownOnce)}`}
            secret={made.secret}
            close={() => setMade(null)}
          />
        ))}
      {live.length === 0 && <p>{say(keyWords.noKey)}</p>}
      <ul class="plain keys">
        {live.map((key) => (
          <li key={key.id} class="card">
            <KeyLine of={key} />
            <button type="button" class="secondary small" onClick={() => setRevoking(key)}>
              {say(keyWords.revoke)} <span class="unseen">{key.actor}</span>
            </button>
          </li>
        ))}
      </ul>
      {old.length > 0 && (
        <details>
          <summary>
            {say(keyWords.old)} ({old.length})
          </summary>
          <ul class="plain keys">
            {old.map((key) => (
              <li key={key.id} class="card">
                <KeyLine of={key} />
              </li>
            ))}
          </ul>
        </details>
      )}
      <NewKeyForm
        done={(key) => {
          setMade(key);
          reload();
        }}
      />
      {revoking !== null && (
        <AskDialog
          title={`${say(keyWords.revokeAsk)}${revoking.actor}`}
          confirm={say(keyWords.revoke)}
          run={async () => {
            await ask('POST', `/v1/keys/${revoking.id}/revoke`);
            reload();
          }}
          close={() => setRevoking(null)}
          reload={reload}
        >
          <p>{say(keyWords.revokeWhy)}</p>
        </AskDialog>
      )}
    </section>
  );
}

function KeyLine({ of }: { readonly of: Key }) {
  const { actor, roles, team, name, actsForOthers, state, createdAt, expiresAt, revokedAt } = of;
  const times = [
    { what: keyWords.since, at: createdAt },
    { what: keyWords.until, at: expiresAt },
    { what: keyWords.revokedAt, at: revokedAt },
  ];
  return (
    <>
      <span>
        <strong>{actor}</strong> {roles.length === 0 ? say(keyWords.noRole) : roles.join(', ')}
        {team !== null && ` · ${team}`}
        {actsForOthers && ` · ${say(keyWords.others)}`}
      </span>
      <span class={state === 'active' ? 'holds' : 'late'}>
        {say(keyWords[state])}
        {name !== null && <span class="purpose"> · {name}</span>}
      </span>
      <small>
        {times.flatMap(({ what, at }) => (at === null ? [] : [`${say(what)} ${dateText(at)}`])).join(' · ')}
      </small>
    </>
  );
}
