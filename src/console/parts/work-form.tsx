import { useState } from 'preact/hooks';
import type { Action, InstanceDetail, ProcessVersion, WorkItem } from '../api.ts';
import { get } from '../client.ts';
import { say } from '../language.ts';
import { useLoading } from '../loading.ts';
import { words } from '../words/shell.ts';
import { workWords } from '../words/work.ts';
import { EventForm } from './event-form.tsx';
import { RefusedNote } from './refused-note.tsx';
import { kindsOf } from './work-kinds.ts';

interface WorkFormProps {
  readonly item: WorkItem;
  readonly done: () => void;
  readonly close: () => void;
}

/** What can be done with an item, done in its place: the form itself where there is one thing, else a choice. */
export function WorkForm({ item, done, close }: WorkFormProps) {
  const { value, refused, reload } = useLoading(() => readDeal(item.instance.id), [item.instance.id]);
  const [chosen, setChosen] = useState<Action | null>(null);
  if (refused !== null) return <RefusedNote refused={refused} reload={reload} />;
  if (value === null) return <p aria-busy="true">{say(words.loading)}</p>;
  const { instance, process } = value;
  const actions = kindsOf(item).flatMap(({ type, id }) => actionOf(instance, type, id) ?? []);
  const [only, ...others] = actions;
  if (only === undefined)
    return (
      <p>
        {say(workWords.nothingHere)} <a href={`/deals/${instance.id}`}>{say(workWords.toDeal)}</a>
      </p>
    );
  const action = chosen ?? (others.length === 0 ? only : null);
  if (action === null)
    return (
      <ul class="actions">
        {actions.map((each) => (
          <li key={`${each.type} ${each.activity ?? each.approval ?? each.step}`}>
            <button type="button" onClick={() => setChosen(each)}>
              {say(each.title)}
            </button>
          </li>
        ))}
      </ul>
    );
  return (
    <>
      <h3>{say(action.title)}</h3>
      <EventForm
        action={action}
        instance={instance}
        definition={process.definition}
        done={done}
        cancel={() => (others.length === 0 ? close() : setChosen(null))}
      />
    </>
  );
}

/** The action of an instance that is now possible, of a type and with what it names. */
export function actionOf({ actions }: InstanceDetail, type: string, id: string): Action | undefined {
  return actions.find(
    (each) => each.allowed && each.type === type && [each.activity, each.approval, each.step].includes(id),
  );
}

export async function readDeal(id: string) {
  const instance = await get<InstanceDetail>(`/v1/instances/${id}`);
  const process = await get<ProcessVersion>(`/v1/processes/${instance.process}/versions/${instance.version}`);
  return { instance, process };
}
