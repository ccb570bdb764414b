import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Refused } from '../client.ts';
import { useDoing } from '../doing.ts';
import { say } from '../language.ts';
import { onceKey } from '../once.ts';
import { words } from '../words/shell.ts';
import { RefusedNote } from './refused-note.tsx';

interface AskDialogProps {
  readonly title: string;
  /** On the button that does it. */
  readonly confirm: string;
  /** What will happen, and what is still to be said. */
  readonly children: ComponentChildren;
  /** Does it, under one idempotency key until it is answered. Throws `Refused`, which is shown. */
  readonly run: (key: string) => Promise<void>;
  /** Called when it is closed, whether it was done or not. */
  readonly close: () => void;
  /** Shows anew what it is about, where that has changed meanwhile. */
  readonly reload?: () => void;
}

/** Asks before something is done that concerns others. Escape gives it up, and the focus goes back to where it came from. */
export function AskDialog({ title, confirm, children, run, close, reload }: AskDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const key = useRef(onceKey());
  const heading = useId();
  const doing = useDoing();
  useEffect(() => dialog.current?.showModal(), []);

  async function confirmed(): Promise<void> {
    try {
      await run(key.current);
    } catch (error) {
      // It was refused for good: whatever is sent next is something else.
      if (error instanceof Refused && (error.problem?.status ?? 500) < 500) key.current = onceKey();
      throw error;
    }
    dialog.current?.close();
  }

  return (
    <dialog
      ref={dialog}
      class="ask"
      aria-labelledby={heading}
      onClose={close}
      onCancel={(event) => doing.isBusy && event.preventDefault()}
    >
      <article>
        <h2 id={heading}>{title}</h2>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            doing.run(confirmed);
          }}
        >
          {children}
          {doing.refused !== null && (
            <RefusedNote
              refused={doing.refused}
              {...(reload !== undefined &&
                isOver(doing.refused) && {
                  reload: () => {
                    dialog.current?.close();
                    reload();
                  },
                })}
            />
          )}
          <footer>
            <button type="button" class="secondary" disabled={doing.isBusy} onClick={() => dialog.current?.close()}>
              {say(words.cancel)}
            </button>
            <button type="submit" aria-busy={doing.isBusy}>
              {confirm}
            </button>
          </footer>
        </form>
      </article>
    </dialog>
  );
}

/** Whether it was refused since things no longer stand as they were shown. */
function isOver({ problem }: Refused): boolean {
  return ['revision-stale', 'plan-stale', 'not-allowed-now', 'not-found'].includes(problem?.code ?? '');
}
