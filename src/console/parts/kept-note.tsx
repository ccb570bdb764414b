import { dateText, say } from '../language.ts';
import type { Unsaved } from '../unsaved.ts';
import { editorWords } from '../words/editor.ts';

interface KeptNoteProps {
  readonly unsaved: Unsaved;
  readonly restore: (text: string) => void;
}

/** Offers what was left behind, where anything was. */
export function KeptNote({ unsaved: { kept, decide }, restore }: KeptNoteProps) {
  if (kept === null) return null;
  return (
    <div role="status" class="kept">
      <span>
        {say(editorWords.kept)} ({dateText(kept.at)})
      </span>
      <button
        type="button"
        onClick={() => {
          restore(kept.text);
          decide();
        }}
      >
        {say(editorWords.restore)}
      </button>
      <button type="button" class="secondary" onClick={decide}>
        {say(editorWords.discard)}
      </button>
    </div>
  );
}
