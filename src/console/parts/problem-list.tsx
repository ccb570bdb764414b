import type { DefinitionFix, DefinitionProblem } from '../api.ts';
import { say } from '../language.ts';
import { fixLabel } from '../words/editor.ts';
import { processWords } from '../words/process.ts';

/** Most problems that are listed: nobody reads more at once. */
const MOST = 100;

interface ProblemListProps {
  readonly problems: readonly DefinitionProblem[];
  /** The text that they are of. */
  readonly of: string;
  readonly goTo: (line: number, column: number) => void;
  readonly mend: (fix: DefinitionFix, of: string) => void;
}

/** What is wrong with a file, where, what to do, and a button that does it where it is but a word. */
export function ProblemList({ problems, of, goTo, mend }: ProblemListProps) {
  return (
    <section class="problem-list" aria-label={say(processWords.problems)} aria-live="polite">
      {problems.length === 0 && <p class="holds">✓ {say(processWords.noProblem)}</p>}
      <ul class="problems">
        {problems.slice(0, MOST).map(({ code, severity, line, column, path, message, remedy, fix }) => (
          <li key={`${code} ${line} ${column} ${path}`} class={severity}>
            <button type="button" class="quiet" onClick={() => goTo(line, column)}>
              {line}:{column}
            </button>{' '}
            {say(message)}
            <small>→ {say(remedy)}</small>
            {fix !== null && (
              <button type="button" class="fix" onClick={() => mend(fix, of)}>
                {fixLabel(of, fix)}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
