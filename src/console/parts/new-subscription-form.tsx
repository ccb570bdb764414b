import { useState } from 'preact/hooks';
import type { ProcessList, SubscriptionWithSecret } from '../api.ts';
import { ask, get } from '../client.ts';
import { useDoing } from '../doing.ts';
import { say } from '../language.ts';
import { useLoading } from '../loading.ts';
import { messageNames, subscriptionWords } from '../words/audit.ts';
import { RefusedNote } from './refused-note.tsx';

/** Asks where messages go, and of what they are. */
export function NewSubscriptionForm({ done }: { readonly done: (made: SubscriptionWithSecret) => void }) {
  const processes = useLoading(() => get<ProcessList>('/v1/processes'), []);
  const [url, setUrl] = useState('');
  const [process, setProcess] = useState('');
  const [types, setTypes] = useState<readonly string[]>([]);
  const { isBusy, refused, run } = useDoing();

  async function submit(): Promise<void> {
    const body = { url, process: process === '' ? null : process, types };
    const made = await ask<SubscriptionWithSecret>('POST', '/v1/subscriptions', { body });
    setUrl('');
    done(made);
  }

  return (
    <form
      class="panel"
      aria-labelledby="new-subscription"
      onSubmit={(event) => {
        event.preventDefault();
        run(submit);
      }}
    >
      <h2 id="new-subscription">{say(subscriptionWords.make)}</h2>
      <div class="fields">
        <label class="wide">
          {say(subscriptionWords.url)}
          <input
            type="text"
            required
            maxLength={2000}
            value={url}
            placeholder="https://crm.example.com/hooks/phasegate"
            onInput={(event) => setUrl(event.currentTarget.value)}
          />
        </label>
        <label>
          {say(subscriptionWords.process)}
          <select value={process} onChange={(event) => setProcess(event.currentTarget.value)}>
            <option value="">{say(subscriptionWords.everyProcess)}</option>
            {processes.value?.processes.map(({ process: id, title }) => (
              <option key={id} value={id}>
                {say(title)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <details>
        <summary>{say(subscriptionWords.types)}</summary>
        <div class="options">
          {Object.entries(messageNames).map(([type, name]) => (
            <label key={type}>
              <input
                type="checkbox"
                checked={types.includes(type)}
                onChange={({ currentTarget: { checked } }) =>
                  setTypes((known) => (checked ? [...known, type] : known.filter((one) => one !== type)))
                }
              />
              {say(name)}
            </label>
          ))}
        </div>
      </details>
      {refused !== null && <RefusedNote refused={refused} />}
      <button type="submit" aria-busy={isBusy}>
        {say(subscriptionWords.make)}
      </button>
    </form>
  );
}
