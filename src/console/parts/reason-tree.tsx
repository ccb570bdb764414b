import type { Definition, Missing, Reason } from '../api.ts';
import { dateText, say } from '../language.ts';
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
  const { verdict, say: text, text: condition, id, kind, of, source, overridden } = reason;
  return (
    <li class={verdict}>
      <span class="verdict" title={say(verdictNames[verdict])}>
        {marks[verdict]}
      </span>{' '}
      {text === undefined ? (condition ?? id ?? kind) : say(text)}
      {text !== undefined && condition !== undefined && <code>{condition}</code>}
      {source !== undefined && (
        <small class="clause">
          {' '}
          {say(dealWords.clause)} {source}
        </small>
      )}
      {overridden !== undefined && (
        <small>
          {' '}
          {say(dealWords.overridden)} {overridden.by}, {dateText(overridden.at)} “{overridden.reason}”
        </small>
      )}
      {of !== undefined && of.length > 0 && <ReasonTree reason={reason} />}
    </li>
  );
}

interface MissingListProps {
  readonly missing: readonly Missing[];
  readonly definition: Definition;
}

/** What has still to be supplied, and by whom. */
export function MissingList({ missing, definition: { phases, roles: known } }: MissingListProps) {
  if (missing.length === 0) return null;
  const activities = phases.flatMap(({ steps }) => steps).flatMap((step) => step.activities);
  const named = (of: Definition['roles'] | typeof activities, id: string) => {
    const found = of.find((each) => each.id === id);
    return found === undefined ? id : say(found.title);
  };
  return (
    <div class="missing">
      <strong>{say(dealWords.missing)}</strong>
      <ul>
        {missing.map(({ kind, id, title, activities: by, roles, actors = [] }) => (
          <li key={`${kind} ${id}`}>
            {say(title)}
            {by.length > 0 && (
              <>
                {' '}
                · {say(dealWords.suppliedBy)} {by.map((each) => `“${named(activities, each)}”`).join(', ')}
              </>
            )}
            {roles.length + actors.length > 0 && (
              <small>
                {' '}
                ({say(dealWords.by)} {[...roles.map((role) => named(known, role)), ...actors].join(', ')})
              </small>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
