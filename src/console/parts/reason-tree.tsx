import type { Missing, Reason } from '../api.ts';
import { say } from '../language.ts';
import { dealWords, verdictNames } from '../words/deal.ts';

const marks = { met: '✓', 'not-met': '✗', unknown: '?' } as const;

/** Every criterion of a decision with its verdict, as a tree; what holds is folded away. */
export function ReasonTree({ reason }: { readonly reason: Reason }) {
  const parts = reason.of ?? [];
  const open = parts.filter(({ verdict }) => verdict !== 'met');
  const met = parts.filter(({ verdict }) => verdict === 'met');
  return (
    <ul class="reasons">
      {parts.length === 0 && <ReasonLine reason={reason} />}
      {open.map((part, n) => (
        <ReasonLine key={part.id ?? n} reason={part} />
      ))}
      {met.length > 0 && (
        <li>
          <details>
            <summary>
              {marks.met} {say(verdictNames.met)} ({met.length})
            </summary>
            <ul>
              {met.map((part, n) => (
                <ReasonLine key={part.id ?? n} reason={part} />
              ))}
            </ul>
          </details>
        </li>
      )}
    </ul>
  );
}

function ReasonLine({ reason }: { readonly reason: Reason }) {
  const { verdict, say: text, text: condition, id, kind, of } = reason;
  return (
    <li class={verdict}>
      <span class="verdict" title={say(verdictNames[verdict])}>
        {marks[verdict]}
      </span>{' '}
      {text === undefined ? (condition ?? id ?? kind) : say(text)}
      {text !== undefined && condition !== undefined && <code>{condition}</code>}
      {of !== undefined && of.length > 0 && <ReasonTree reason={reason} />}
    </li>
  );
}

/** What has still to be supplied, and by whom. */
export function MissingList({ missing }: { readonly missing: readonly Missing[] }) {
  if (missing.length === 0) return null;
  return (
    <div class="missing">
      <strong>{say(dealWords.missing)}</strong>
      <ul>
        {missing.map(({ kind, id, title, activities, roles }) => (
          <li key={`${kind} ${id}`}>
            {say(title)}
            {activities.length > 0 && ` · ${say(dealWords.suppliedBy)} ${activities.join(', ')}`}
            {roles.length > 0 && <small> ({roles.join(', ')})</small>}
          </li>
        ))}
      </ul>
    </div>
  );
}
