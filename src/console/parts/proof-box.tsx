import { useState } from 'preact/hooks';
import { useDoing } from '../doing.ts';
import { say } from '../language.ts';
import { type Proof, prove } from '../proof.ts';
import { dealWords } from '../words/deal.ts';
import { words } from '../words/shell.ts';
import { RefusedNote } from './refused-note.tsx';

/** Proves a history in the reader's own browser. */
export function ProofBox({ instance }: { readonly instance: string }) {
  const [proof, setProof] = useState<Proof | null>(null);
  const { isBusy, refused, run } = useDoing();
  // Without a safe connection browsers compute no hashes.
  if (crypto.subtle === undefined) return null;
  return (
    <div class="proof">
      <button
        type="button"
        class="secondary"
        aria-busy={isBusy}
        onClick={() => run(async () => setProof(await prove(instance)))}
      >
        {say(dealWords.verifyHere)}
      </button>{' '}
      {proof !== null && (
        <output class={proof.broken === null ? 'holds' : 'broken'}>
          {proof.broken === null
            ? `✓ ${proof.checked} ${say(words.holds)}`
            : `✗ ${say(dealWords.brokenAt)} ${proof.broken}. ${say(dealWords.brokenWhy)}`}{' '}
          <code title={say(dealWords.head)}>{proof.head.slice(0, 16)}…</code>
        </output>
      )}
      {refused !== null && <RefusedNote refused={refused} />}
    </div>
  );
}
