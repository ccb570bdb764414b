import { useRef, useState } from 'preact/hooks';
import type { VerificationPage } from '../api.ts';
import { get } from '../client.ts';
import { useDoing } from '../doing.ts';
import { numberText, say } from '../language.ts';
import { auditWords } from '../words/audit.ts';
import { words } from '../words/shell.ts';
import { RefusedNote } from './refused-note.tsx';

interface Found extends Pick<VerificationPage, 'checked' | 'broken'> {
  readonly isWhole: boolean;
}

/** The proof of the whole record, page by page, as far as it has come; it can be stopped. */
export function WholeRecord() {
  const [found, setFound] = useState<Found | null>(null);
  const isWanted = useRef(false);
  const { isBusy, refused, run } = useDoing();

  async function verify(): Promise<void> {
    let checked = 0;
    isWanted.current = true;
    for (let cursor: string | null = null; isWanted.current; ) {
      const query: string = cursor === null ? '' : `?${new URLSearchParams({ cursor })}`;
      const page = await get<VerificationPage>(`/v1/verify${query}`);
      checked += page.checked;
      cursor = page.next;
      setFound({ checked, broken: page.broken, isWhole: cursor === null });
      if (cursor === null || page.broken !== null) return;
    }
  }

  return (
    <section class="panel" aria-labelledby="record">
      <h2 id="record">{say(auditWords.wholeRecord)}</h2>
      <p>{say(auditWords.wholeWhy)}</p>
      <div class="line">
        <button type="button" aria-busy={isBusy} onClick={() => run(verify)}>
          {say(auditWords.verifyAll)}
        </button>
        {isBusy && (
          <button
            type="button"
            class="secondary"
            onClick={() => {
              isWanted.current = false;
            }}
          >
            {say(auditWords.stop)}
          </button>
        )}
        {found !== null && (
          <output class={found.broken === null ? 'holds' : 'broken'}>
            {found.broken === null ? '✓' : '✗'} {numberText(found.checked)}{' '}
            {say(found.isWhole && found.broken === null ? words.holds : auditWords.checked)}
            {!isBusy && !found.isWhole && found.broken === null && ` (${say(auditWords.stopped)})`}
            {found.broken !== null && (
              <>
                {': '}
                <a href={`/deals/${found.broken.instance}?seq=${found.broken.seq}`}>{found.broken.instance}</a>{' '}
                {found.broken.seq}. {say(found.broken.why)}
              </>
            )}
          </output>
        )}
      </div>
      {isBusy && <progress aria-label={say(auditWords.checked)} />}
      {refused !== null && <RefusedNote refused={refused} />}
    </section>
  );
}
