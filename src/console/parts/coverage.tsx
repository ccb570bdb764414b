import type { TestsTried } from '../api.ts';
import { numberText, say } from '../language.ts';
import { coverageNames, trialWords } from '../words/trial.ts';

const KINDS = ['steps', 'routes', 'activities', 'outcomes', 'criteria'] as const;

/** How much of the process scenarios have seen, and what not. */
export function Coverage({ coverage }: Pick<TestsTried, 'coverage'>) {
  const kinds = KINDS.filter((kind) => coverage[kind].all > 0);
  return (
    <details class="coverage">
      <summary>
        {say(trialWords.seen)}:{' '}
        {kinds.map((kind) => `${say(coverageNames[kind])} ${coverage[kind].seen}/${coverage[kind].all}`).join(' · ')}
      </summary>
      <ul>
        {kinds.map((kind) => {
          const { seen, all, unseen } = coverage[kind];
          return (
            <li key={kind}>
              {say(coverageNames[kind])} <progress value={seen} max={all} aria-label={say(coverageNames[kind])} />{' '}
              {numberText(seen)}/{numberText(all)}
              {unseen.length > 0 && (
                <small>
                  {say(trialWords.unseen)} {unseen.join(', ')}
                </small>
              )}
            </li>
          );
        })}
      </ul>
    </details>
  );
}
