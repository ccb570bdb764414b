import { useState } from 'preact/hooks';
import type { Subscription, SubscriptionList as Subscriptions, SubscriptionWithSecret } from '../api.ts';
import { ask, get } from '../client.ts';
import { dateText, say } from '../language.ts';
import { useLoading } from '../loading.ts';
import { messageNames, subscriptionWords } from '../words/audit.ts';
import { words } from '../words/shell.ts';
import { AskDialog } from './ask-dialog.tsx';
import { DeadLetters } from './dead-letters.tsx';
import { NewSubscriptionForm } from './new-subscription-form.tsx';
import { RefusedNote } from './refused-note.tsx';
import { SecretBox } from './secret-box.tsx';

/** Who is told of what happens: made, given a new secret and deleted here, with what could not be delivered. */
export function SubscriptionList() {
  const { value, refused, reload } = useLoading(() => get<Subscriptions>('/v1/subscriptions'), []);
  const [shown, setShown] = useState<SubscriptionWithSecret | null>(null);
  if (refused?.problem?.code === 'role-required') return <p>{say(subscriptionWords.notYours)}</p>;
  if (refused !== null) return <RefusedNote refused={refused} reload={reload} />;
  if (value === null) return <p aria-busy="true">{say(words.loading)}</p>;
  const told = (made: SubscriptionWithSecret) => {
    setShown(made);
    reload();
  };
  return (
    <section aria-label={say(subscriptionWords.title)}>
      <p>{say(subscriptionWords.why)}</p>
      {shown !== null && (
        <SecretBox
          what={`${shown.url}: ${say(subscriptionWords.secret)}`}
          secret={shown.secret}
          close={() => setShown(null)}
        />
      )}
      {value.subscriptions.length === 0 && <p>{say(subscriptionWords.none)}</p>}
      <ul class="plain">
        {value.subscriptions.map((subscription) => (
          <li key={subscription.id} class="card">
            <SubscriptionCard subscription={subscription} told={told} reload={reload} />
          </li>
        ))}
      </ul>
      <NewSubscriptionForm done={told} />
    </section>
  );
}

interface SubscriptionCardProps {
  readonly subscription: Subscription;
  readonly told: (made: SubscriptionWithSecret) => void;
  readonly reload: () => void;
}

function SubscriptionCard({ subscription, told, reload }: SubscriptionCardProps) {
  const { id, url, state, why, process, types, createdBy, createdAt, formerUntil } = subscription;
  const [asking, setAsking] = useState<'rotate' | 'remove' | null>(null);
  const path = `/v1/subscriptions/${id}`;
  const close = () => setAsking(null);
  return (
    <>
      <strong class="address">{url}</strong>
      <span class={state === 'active' ? 'holds' : 'late'}>
        {say(subscriptionWords[state === 'active' ? 'delivers' : 'disabled'])} {why}
      </span>
      {state !== 'active' && <small>{say(subscriptionWords.again)}</small>}
      <small>
        {process ?? say(subscriptionWords.everyProcess)} ·{' '}
        {types.length === 0
          ? say(subscriptionWords.everyType)
          : types.map((type) => say(messageNames[type])).join(', ')}{' '}
        · {createdBy}, {dateText(createdAt)}
        {formerUntil !== null && ` · ${say(subscriptionWords.former)} ${dateText(formerUntil)}`}
      </small>
      <div class="line">
        <button type="button" class="secondary small" onClick={() => setAsking('rotate')}>
          {say(subscriptionWords.rotate)}
        </button>
        <button type="button" class="secondary small" onClick={() => setAsking('remove')}>
          {say(subscriptionWords.remove)}
        </button>
      </div>
      <DeadLetters subscription={id} canResend={state === 'active'} />
      {asking === 'rotate' && (
        <AskDialog
          title={say(subscriptionWords.rotateAsk)}
          confirm={say(subscriptionWords.rotate)}
          run={async () => told(await ask<SubscriptionWithSecret>('POST', `${path}/rotate`, { body: {} }))}
          close={close}
          reload={reload}
        >
          <p>{url}</p>
          <p>{say(subscriptionWords.rotateWhy)}</p>
        </AskDialog>
      )}
      {asking === 'remove' && (
        <AskDialog
          title={say(subscriptionWords.removeAsk)}
          confirm={say(subscriptionWords.remove)}
          run={async () => {
            await ask('DELETE', path);
            reload();
          }}
          close={close}
          reload={reload}
        >
          <p>{url}</p>
          <p>{say(subscriptionWords.removeWhy)}</p>
        </AskDialog>
      )}
    </>
  );
}
