import { useState } from 'preact/hooks';
import type { Action, Definition, InstanceDetail } from '../api.ts';
import { say } from '../language.ts';
import { dealWords } from '../words/deal.ts';
import { EventForm } from './event-form.tsx';
import { MissingList, ReasonTree } from './reason-tree.tsx';

export interface ActingProps {
  readonly instance: InstanceDetail;
  readonly definition: Definition;
  readonly reload: () => void;
}

/** What is asked of people every day stands first; what is there for exceptions comes after. */
const EVERYDAY = new Set(['complete', 'advance', 'request-approval', 'enter']);
/** What is done with a request that is under way; it stands beside that request. */
const OF_REQUESTS = {
  decide: new Set(['approve', 'reject']),
  arrange: new Set(['reassign', 'add-approver', 'withdraw']),
} as const;

/** What can be done with a deal now, what cannot, and why not. */
export function DealActions({ instance, definition, reload }: ActingProps) {
  const own = instance.actions.filter(({ type }) => !OF_REQUESTS.decide.has(type) && !OF_REQUESTS.arrange.has(type));
  const allowed = own.filter((action) => action.allowed);
  const shut = own.filter((action) => !action.allowed && EVERYDAY.has(action.type) && !isDone(instance, action));
  const everyday = allowed.filter(({ type }) => EVERYDAY.has(type));
  const rare = allowed.filter(({ type }) => !EVERYDAY.has(type));
  return (
    <section aria-labelledby="actions">
      <h2 id="actions">{say(dealWords.actions)}</h2>
      {allowed.length === 0 && <p class="empty">{say(dealWords.nothingToDo)}</p>}
      <ActionButtons actions={everyday} instance={instance} definition={definition} reload={reload} />
      {shut.length > 0 && (
        <>
          <h3 class="shut-head">{say(dealWords.shut)}</h3>
          {shut.map((action) => (
            <details key={keyOf(action)} class="shut">
              <summary>
                {say(action.title)}
                {action.missing.length > 0 && (
                  <small>
                    {' '}
                    · {say(dealWords.missing)} {action.missing.length}
                  </small>
                )}
              </summary>
              {action.reasons !== null && <ReasonTree reason={action.reasons} />}
              <MissingList missing={action.missing} definition={definition} />
            </details>
          ))}
        </>
      )}
      {rare.length > 0 && (
        <>
          <h3 class="shut-head">{say(dealWords.more)}</h3>
          <ActionButtons actions={rare} instance={instance} definition={definition} reload={reload} isRare />
        </>
      )}
    </section>
  );
}

/** What was done already is no open question. */
function isDone({ activities, approvals }: InstanceDetail, { type, activity, approval }: Action): boolean {
  if (type === 'complete') return activities[activity ?? ''] === 'done' || activities[activity ?? ''] === 'skipped';
  return type === 'request-approval' && ['requested', 'approved'].includes(approvals[approval ?? ''] ?? '');
}

/** What the actor may do with the request for an approval that is under way: decide it, or arrange who does. */
export function requestActions(
  { actions }: InstanceDetail,
  approval: string,
  kind: keyof typeof OF_REQUESTS,
): readonly Action[] {
  return actions.filter(
    (action) => action.approval === approval && OF_REQUESTS[kind].has(action.type) && action.allowed,
  );
}

interface ButtonsProps extends ActingProps {
  readonly actions: readonly Action[];
  readonly isRare?: boolean;
}

/** A button for each action; the one that was chosen gives way to its form. */
export function ActionButtons({ actions, instance, definition, reload, isRare = false }: ButtonsProps) {
  const [chosen, setChosen] = useState('');
  if (actions.length === 0) return null;
  return (
    <ul class={isRare ? 'actions rare' : 'actions'}>
      {actions.map((action) =>
        keyOf(action) === chosen ? (
          <li key={keyOf(action)} class="chosen">
            <h3>{say(action.title)}</h3>
            <EventForm
              action={action}
              instance={instance}
              definition={definition}
              done={reload}
              cancel={() => setChosen('')}
            />
          </li>
        ) : (
          <li key={keyOf(action)}>
            <button type="button" class={isRare ? 'secondary' : ''} onClick={() => setChosen(keyOf(action))}>
              {say(action.title)}
              {action.from !== undefined && ` (${action.from})`}
            </button>
          </li>
        ),
      )}
    </ul>
  );
}

function keyOf({ type, step, activity, approval, outcome, to, from, child }: Action): string {
  return [type, step, activity, approval, outcome, to, from, child].join(' ');
}
