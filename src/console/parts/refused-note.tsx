import type { Refused } from '../client.ts';
import { say } from '../language.ts';
import { words } from '../words/shell.ts';
import { ReasonTree } from './reason-tree.tsx';

/** Why the server said no, and what to do. */
export function RefusedNote({ refused, reload }: { readonly refused: Refused; readonly reload?: () => void }) {
  const { problem } = refused;
  const isStale = problem?.code === 'revision-stale';
  const text = problem === null ? say(words.noAnswer) : isStale ? say(words.stale) : problem.detail;
  return (
    <div role="alert" class="refused">
      <strong>{problem?.title}</strong>
      <p>{text}</p>
      {problem?.errors?.map(({ pointer, message }) => (
        <p key={pointer}>{say(message)}</p>
      ))}
      {problem?.reasons && <ReasonTree reason={problem.reasons} />}
      {reload !== undefined && (
        <button type="button" class="secondary" onClick={reload}>
          {say(problem === null ? words.again : words.reload)}
        </button>
      )}
    </div>
  );
}
