import { useState } from 'preact/hooks';
import type { DeadLetterPage } from '../api.ts';
import { ask, get } from '../client.ts';
import { useDoing } from '../doing.ts';
import { dateText, numberText, say } from '../language.ts';
import { useLoading } from '../loading.ts';
import { subscriptionWords } from '../words/audit.ts';
import { RefusedNote } from './refused-note.tsx';

interface DeadLettersProps {
  readonly subscription: string;
  readonly canResend: boolean;
}

/** Messages that were given up, to be sent again, one or all of them. */
export function DeadLetters({ subscription, canResend }: DeadLettersProps) {
  const path = `/v1/subscriptions/${subscription}/dead-letters`;
  const { value, reload } = useLoading(() => get<DeadLetterPage>(`${path}?limit=50`), [subscription]);
  const [sent, setSent] = useState(0);
  const { isBusy, refused, run } = useDoing();
  if (value === null || (value.messages.length === 0 && sent === 0)) return null;

  const resend = (message: string) => ask('POST', `${path}/${message}/resend`);

  /** What was sent again is a dead letter no more, so that the first page is always the next. */
  async function resendAll(): Promise<void> {
    for (let count = 0; ; ) {
      const { messages } = await get<DeadLetterPage>(`${path}?limit=50`);
      if (messages.length === 0) break;
      for (const { id } of messages) {
        await resend(id);
        count += 1;
        setSent(count);
      }
    }
    reload();
  }

  return (
    <details>
      <summary>
        {say(subscriptionWords.deadLetters)} ({value.messages.length}
        {value.next !== null && '+'})
      </summary>
      {refused !== null && <RefusedNote refused={refused} />}
      {canResend && (
        <div class="line">
          <button type="button" class="secondary small" aria-busy={isBusy} onClick={() => run(resendAll)}>
            {say(subscriptionWords.resendAll)}
          </button>
          {sent > 0 && (
            <output class="holds">
              ✓ {numberText(sent)} {say(subscriptionWords.sent)}
            </output>
          )}
        </div>
      )}
      <ul class="plain">
        {value.messages.map(({ id, instance, seq, why, attempts, diedAt }) => (
          <li key={id}>
            <a href={`/deals/${instance}?seq=${seq}`}>
              {instance.slice(-12)} · {seq}
            </a>{' '}
            {why} ({attempts} ×, {dateText(diedAt)}){' '}
            {canResend && (
              <button
                type="button"
                class="secondary small"
                aria-busy={isBusy}
                onClick={() =>
                  run(async () => {
                    await resend(id);
                    reload();
                  })
                }
              >
                {say(subscriptionWords.resend)}
              </button>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
