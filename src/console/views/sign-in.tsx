import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { useDoing } from '../doing.ts';
import { say } from '../language.ts';
import { RefusedNote } from '../parts/refused-note.tsx';
import { signIn } from '../session.ts';
import { Choices } from '../shell.tsx';
import { words } from '../words/shell.ts';

/** By a key, or by the link that the server prints once, whose ticket stands behind the `#` and so is never sent or logged. */
export function SignIn() {
  const { route } = useLocation();
  const [key, setKey] = useState('');
  const [isByLink, setByLink] = useState(false);
  const { isBusy, refused, run } = useDoing();

  function enter(by: { readonly key: string } | { readonly ticket: string }): void {
    setByLink('ticket' in by);
    run(async () => {
      await signIn(by);
      if (location.pathname === '/sign-in') route('/', true);
    });
  }

  useEffect(() => {
    const ticket = location.hash.slice(1);
    if (ticket === '') return;
    history.replaceState(null, '', location.pathname);
    enter({ ticket });
  }, []);

  return (
    <main class="sign-in">
      <div class="tools">
        <Choices />
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          enter({ key: key.trim() });
        }}
      >
        <h1>
          <img src="/icon.svg" alt="" width="36" height="36" />
          {say(words.product)}
        </h1>
        <p>{say(words.signInWhy)}</p>
        <label>
          {say(words.key)}
          <input
            type="password"
            autocomplete="current-password"
            required
            value={key}
            onInput={(event) => setKey(event.currentTarget.value)}
          />
        </label>
        {refused !== null && isByLink && <p role="alert">{say(words.linkUsed)}</p>}
        {refused !== null && !isByLink && <RefusedNote refused={refused} />}
        <button type="submit" aria-busy={isBusy}>
          {say(words.signIn)}
        </button>
      </form>
    </main>
  );
}
