import { useState } from 'preact/hooks';
import { Refused } from '../client.ts';
import { say } from '../language.ts';
import { type Proof, prove } from '../proof.ts';
import { words } from '../words.ts';
import { RefusedNote } from './refused-note.tsx';

/** Proves a history in the reader's own browser. */
export function ProofBox({ instance }: { readonly instance: string }) {
  const [proof, setProof] = useState<Proof | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function verify(): Promise<void> {
    setBusy(true);
    setRefused(null);
    try {
      setProof(await prove(instance));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefused(error);
    } finally {
      setBusy(false);
    }
  }

  // Without a safe connection browsers compute no hashes.
  if (crypto.subtle === undefined) return null;
  return (
    <div class="proof">
      <button type="button" class="secondary" aria-busy={isBusy} disabled={isBusy} onClick={() => void verify()}>
        {say(words.verifyHere)}
      </button>{' '}
      {proof !== null && (
        <output class={proof.broken === null ? 'holds' : 'broken'}>
          {proof.broken === null
            ? `✓ ${proof.checked} ${say(words.holds)}`
            : `✗ ${say(words.brokenAt)} ${proof.broken}. ${say(words.brokenWhy)}`}{' '}
          <code title={say(words.head)}>{proof.head.slice(0, 16)}…</code>
        </output>
      )}
      {refused !== null && <RefusedNote refused={refused} />}
    </div>
  );
}
