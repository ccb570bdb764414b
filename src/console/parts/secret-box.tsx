import { useRef, useState } from 'preact/hooks';
import { say } from '../language.ts';
import { keyWords } from '../words/audit.ts';

interface SecretBoxProps {
  readonly what: string;
  readonly secret: string;
  readonly close: () => void;
}

/** A secret that is shown this once, until whoever reads it says that they have it. */
export function SecretBox({ what, secret, close }: SecretBoxProps) {
  const [isCopied, setCopied] = useState(false);
  const line = useRef<HTMLInputElement>(null);

  async function copy(): Promise<void> {
    line.current?.select();
    // Without a safe connection there is no clipboard: it is selected then, to be copied by hand.
    await navigator.clipboard?.writeText(secret);
    setCopied(navigator.clipboard !== undefined);
  }

  return (
    <div class="secret" role="status">
      <p>{what}</p>
      <input ref={line} class="code" readOnly value={secret} aria-label={what} />
      <div class="line">
        <button type="button" onClick={() => void copy()}>
          {say(isCopied ? keyWords.copied : keyWords.copy)}
        </button>
        <button type="button" class="secondary" onClick={close}>
          {say(keyWords.kept)}
        </button>
      </div>
    </div>
  );
}
