import { useMemo, useState } from 'preact/hooks';
import type { KeyWithSecret } from '../api.ts';
import { ask } from '../client.ts';
import { useDoing } from '../doing.ts';
import { say } from '../language.ts';
import { useLoading } from '../loading.ts';
import { onceKey } from '../once.ts';
import { keyWords } from '../words/audit.ts';
import { dealWords } from '../words/deal.ts';
import { readRoles } from './known-roles.ts';
import { RefusedNote } from './refused-note.tsx';

const EMPTY = { actor: '', team: '', name: '', days: '', actsForOthers: false };

/** Asks for what a key is to be, and makes it once however often it is clicked. */
export function NewKeyForm({ done }: { readonly done: (key: KeyWithSecret) => void }) {
  const roles = useLoading(readRoles, []);
  const [given, setGiven] = useState(EMPTY);
  const [held, setHeld] = useState<ReadonlySet<string>>(new Set());
  const { isBusy, refused, run } = useDoing();
  // What was corrected is another key.
  const key = useMemo(onceKey, [given, held]);
  const set = (change: Partial<typeof EMPTY>) => setGiven((known) => ({ ...known, ...change }));

  async function submit(): Promise<void> {
    const { actor, team, name, days, actsForOthers } = given;
    const body = {
      actor,
      roles: [...held],
      actsForOthers,
      team: team === '' ? null : team,
      name: name === '' ? null : name,
      days: days === '' ? null : Number(days),
    };
    const made = await ask<KeyWithSecret>('POST', '/v1/keys', { body, key });
    setGiven(EMPTY);
    setHeld(new Set());
    done(made);
  }

  const line = (name: 'actor' | 'team' | 'name', isRequired: boolean) => (
    <label>
      <span>
        {say(keyWords[name])}
        {!isRequired && <small> {say(dealWords.optional)}</small>}
      </span>
      <input
        value={given[name]}
        required={isRequired}
        maxLength={100}
        autoComplete="off"
        onInput={(event) => set({ [name]: event.currentTarget.value })}
      />
    </label>
  );

  return (
    <form
      class="panel new-key"
      aria-labelledby="new-key"
      onSubmit={(event) => {
        event.preventDefault();
        run(submit);
      }}
    >
      <h2 id="new-key">{say(keyWords.make)}</h2>
      <div class="fields">
        {line('actor', true)}
        {line('team', false)}
        {line('name', false)}
        <label>
          <span>
            {say(keyWords.days)} <small>{say(keyWords.forever)}</small>
          </span>
          <input
            type="number"
            min={1}
            max={3650}
            value={given.days}
            onInput={(event) => set({ days: event.currentTarget.value })}
          />
        </label>
      </div>
      <fieldset>
        <legend>{say(keyWords.roles)}</legend>
        <div class="options">
          {[...(roles.value ?? []), ['admin', keyWords.everyRole] as const].map(([id, title]) => (
            <label key={id}>
              <input
                type="checkbox"
                checked={held.has(id)}
                onChange={({ currentTarget: { checked } }) =>
                  setHeld((known) => new Set(checked ? [...known, id] : [...known].filter((one) => one !== id)))
                }
              />
              {say(title)} <code>{id}</code>
            </label>
          ))}
        </div>
      </fieldset>
      <label>
        <input
          type="checkbox"
          checked={given.actsForOthers}
          onChange={(event) => set({ actsForOthers: event.currentTarget.checked })}
        />
        {say(keyWords.forOthers)}
      </label>
      {refused !== null && <RefusedNote refused={refused} />}
      <button type="submit" aria-busy={isBusy}>
        {say(keyWords.make)}
      </button>
    </form>
  );
}
