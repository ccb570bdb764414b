import type { ChildRecord, Definition, InstanceDetail } from '../api.ts';
import { dateText, say } from '../language.ts';
import { childNames, dealWords, needNames } from '../words/deal.ts';
import type { ActingProps } from './deal-actions.tsx';

/** Where a deal comes from, and what its steps have started, each with how it stands and whether it is waited for. */
export function DealFamily({ instance, definition }: Pick<ActingProps, 'instance' | 'definition'>) {
  const children = Object.entries(instance.records.children);
  const { parent } = instance;
  if (parent === null && children.length === 0) return null;
  return (
    <section aria-labelledby="family">
      <h2 id="family">{say(dealWords.family)}</h2>
      {parent !== null && (
        <p>
          {say(dealWords.startedFrom)} <a href={`/deals/${parent.instance}`}>{say(dealWords.theParent)}</a>
        </p>
      )}
      {children.length > 0 && (
        <ul class="children">
          {children.map(([id, child]) => (
            <li key={id} class="panel">
              <Child id={id} child={child} isWaited={isWaited(instance, definition, child)} definition={definition} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Whether the step that started it is still open and asks for its end. */
function isWaited({ position }: InstanceDetail, { phases }: Definition, { need, status, step }: ChildRecord): boolean {
  const { wait } = phases.flatMap(({ steps }) => steps).find(({ id }) => id === step) ?? { wait: 'none' };
  const isOpen = position.some((place) => place.step === step);
  return isOpen && wait !== 'none' && need === 'wanted' && status !== 'ended' && status !== 'cancelled';
}

interface ChildProps {
  readonly id: string;
  readonly child: ChildRecord;
  readonly isWaited: boolean;
  readonly definition: Definition;
}

function Child({ id, child, isWaited: waited, definition }: ChildProps) {
  const { process, step, status, need, outcome, incident, requestedBy, requestedAt, startedAt, endedAt } = child;
  const from = definition.phases.flatMap(({ steps }) => steps).find((each) => each.id === step);
  return (
    <>
      {startedAt === null ? <strong>{process}</strong> : <a href={`/deals/${id}`}>{process}</a>}{' '}
      <span class={`child ${status}`}>{say(childNames[status])}</span>
      {outcome !== null && `: ${outcome}`}
      {waited && <strong class="awaited"> · {say(dealWords.waitsForIt)}</strong>}
      {need !== 'wanted' && ` · ${say(needNames[need])}`}
      <small>
        {from === undefined ? step : say(from.title)} · {requestedBy},{' '}
        <time dateTime={requestedAt}>{dateText(requestedAt)}</time>
        {endedAt !== null && (
          <>
            {' '}
            → <time dateTime={endedAt}>{dateText(endedAt)}</time>
          </>
        )}
      </small>
      {incident !== null && <p class="incident">{say(incident)}</p>}
    </>
  );
}
