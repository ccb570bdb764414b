import { useState } from 'preact/hooks';
import type { DeadLetterPage, IncidentPage, Subscription, SubscriptionList, VerificationPage } from '../api.ts';
import { ask, get } from '../client.ts';
import { useDoing } from '../doing.ts';
import { dateText, numberText, say } from '../language.ts';
import { useLoading } from '../loading.ts';
import { RefusedNote } from '../parts/refused-note.tsx';
import { session } from '../session.ts';
import { auditWords } from '../words/audit.ts';
import { words } from '../words/shell.ts';

/** The proof of the whole record, what failed and waits for somebody, and who is told of what happens. */
export function Audit() {
  return (
    <section class="audit">
      <h1>{say(words.audit)}</h1>
      {session.value?.operator && <WholeRecord />}
      <Incidents />
      <Subscriptions />
    </section>
  );
}

function WholeRecord() {
  const [found, setFound] = useState<Pick<VerificationPage, 'checked' | 'broken'> | null>(null);
  const { isBusy, refused, run } = useDoing();

  async function verify(): Promise<void> {
    let checked = 0;
    for (let cursor: string | null = null; ; ) {
      const query: string = cursor === null ? '' : `?${new URLSearchParams({ cursor })}`;
      const page = await get<VerificationPage>(`/v1/verify${query}`);
      checked += page.checked;
      setFound({ checked, broken: page.broken });
      cursor = page.next;
      if (cursor === null || page.broken !== null) return;
    }
  }

  return (
    <section aria-labelledby="record">
      <h2 id="record">{say(auditWords.wholeRecord)}</h2>
      <button type="button" class="secondary small" aria-busy={isBusy} onClick={() => run(verify)}>
        {say(auditWords.verifyAll)}
      </button>{' '}
      {found !== null && (
        <output class={found.broken === null ? 'holds' : 'broken'}>
          {found.broken === null ? '✓' : '✗'} {numberText(found.checked)}{' '}
          {say(found.broken === null && !isBusy ? words.holds : auditWords.checked)}
          {found.broken !== null && (
            <>
              {': '}
              <a href={`/deals/${found.broken.instance}`}>{found.broken.instance}</a> {found.broken.seq}.{' '}
              {say(found.broken.why)}
            </>
          )}
        </output>
      )}
      {refused !== null && <RefusedNote refused={refused} />}
    </section>
  );
}

function Incidents() {
  const { value, refused, reload } = useLoading(() => get<IncidentPage>('/v1/incidents?limit=100'), []);
  return (
    <section aria-labelledby="incidents">
      <h2 id="incidents">{say(auditWords.incidents)}</h2>
      {refused !== null && <RefusedNote refused={refused} reload={reload} />}
      {value?.incidents.length === 0 && <p class="holds">✓ {say(auditWords.noIncident)}</p>}
      <ul class="work">
        {value?.incidents.map(({ instance, step, title, since, calls, children }) => (
          <li key={`${instance.id} ${step}`}>
            <a class="card" href={`/deals/${instance.id}`}>
              <strong>{instance.key ?? instance.id.slice(-12)}</strong>
              <span>{say(title)}</span>
              {calls.map(({ activity, service, attempt, failures }) => (
                <span key={activity} class="late">
                  {activity} · {service} · {attempt} × {failures.at(-1)?.why}
                </span>
              ))}
              {children.map(({ child, name, incident }) => (
                <span key={child} class="late">
                  {name} {incident !== null && say(incident)}
                </span>
              ))}
              <small>{dateText(since)}</small>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Subscriptions() {
  const { value, refused, reload } = useLoading(() => get<SubscriptionList>('/v1/subscriptions'), []);
  // Who may not see them is shown nothing of them.
  if (refused?.problem?.code === 'role-required') return null;
  return (
    <section aria-labelledby="subscriptions">
      <h2 id="subscriptions">{say(auditWords.subscriptions)}</h2>
      {refused !== null && <RefusedNote refused={refused} reload={reload} />}
      {value?.subscriptions.length === 0 && <p>{say(auditWords.noSubscription)}</p>}
      <ul class="work">
        {value?.subscriptions.map((subscription) => (
          <li key={subscription.id} class="card">
            <strong>{subscription.url}</strong>
            <span class={subscription.state === 'active' ? 'holds' : 'late'}>
              {say(subscription.state === 'active' ? auditWords.delivers : auditWords.disabled)} {subscription.why}
            </span>
            <small>
              {[subscription.process ?? say(auditWords.everyProcess), ...subscription.types].join(' · ')} ·{' '}
              {subscription.createdBy}, {dateText(subscription.createdAt)}
            </small>
            <DeadLetters subscription={subscription} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function DeadLetters({ subscription: { id } }: { readonly subscription: Subscription }) {
  const path = `/v1/subscriptions/${id}/dead-letters`;
  const { value, reload } = useLoading(() => get<DeadLetterPage>(`${path}?limit=50`), [id]);
  const { isBusy, refused, run } = useDoing();
  if (value === null || value.messages.length === 0) return null;
  return (
    <details>
      <summary>
        {say(auditWords.deadLetters)} ({value.messages.length}
        {value.next !== null && '+'})
      </summary>
      {refused !== null && <RefusedNote refused={refused} />}
      <ul>
        {value.messages.map(({ id: message, instance, seq, why, attempts, diedAt }) => (
          <li key={message}>
            <a href={`/deals/${instance}`}>
              {instance.slice(-12)} {seq}
            </a>{' '}
            {why} ({attempts} ×, {dateText(diedAt)}){' '}
            <button
              type="button"
              class="secondary small"
              aria-busy={isBusy}
              onClick={() =>
                run(async () => {
                  await ask('POST', `${path}/${message}/resend`);
                  reload();
                })
              }
            >
              {say(auditWords.resend)}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
