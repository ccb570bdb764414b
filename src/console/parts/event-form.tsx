import { useMemo, useState } from 'preact/hooks';
import type { Action, Choice, Definition, Instance } from '../api.ts';
import { ask } from '../client.ts';
import { useDoing } from '../doing.ts';
import { say } from '../language.ts';
import { onceKey } from '../once.ts';
import { dealWords, memberNames } from '../words/deal.ts';
import { FieldInput, type Given, type Shape } from './field-input.tsx';
import { RefusedNote } from './refused-note.tsx';

/** Members of an event whose own members are fields of the process. */
const FIELDS = new Set(['with', 'fields']);
/** When it happened is asked of nobody: it happens now. */
const LEFT_OUT = new Set(['type', 'at']);

interface EventFormProps {
  readonly action: Action;
  readonly instance: Pick<Instance, 'id' | 'revision'>;
  readonly definition: Definition;
  /** In place of sending it to the instance; `key` names what was given. Throws `Refused`. */
  readonly send?: (event: object, key: string) => Promise<void>;
  /** On the button; absent: submit. */
  readonly confirm?: string;
  readonly done: () => void;
  readonly cancel: () => void;
}

/** Asks for what an event takes, as its schema says, and sends it once however often it is clicked. */
export function EventForm({ action, instance, definition, send, confirm, done, cancel }: EventFormProps) {
  const schema = action.input as Shape;
  const fields = new Map(definition.fields.map((field) => [field.id, field]));
  const [given, setGiven] = useState<Readonly<Record<string, Given>>>({});
  const { isBusy, refused, run } = useDoing();
  // What is sent twice is carried out once; what was corrected is something else.
  const key = useMemo(onceKey, [given]);
  const asked = Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
    if (LEFT_OUT.has(name) || member.const !== undefined) return [];
    const required = schema.required?.includes(name) ?? false;
    if (!FIELDS.has(name)) return [{ path: [name], member, required }];
    return Object.entries(member.properties ?? {}).map(([id, inner]) => ({
      path: [name, id],
      member: inner,
      required: required && (member.required?.includes(id) ?? false),
    }));
  });

  async function submit(): Promise<void> {
    const path = `/v1/instances/${instance.id}/events`;
    const event = eventOf(schema, given);
    if (send !== undefined) await send(event, key);
    else await ask('POST', path, { body: event, ifMatch: instance.revision, key });
    done();
  }

  return (
    <form
      class="event"
      onSubmit={(event) => {
        event.preventDefault();
        run(submit);
      }}
    >
      {asked.map(({ path, member, required }) => {
        const name = path.join('/');
        const id = path.at(-1) ?? name;
        const field = fields.get(id);
        return (
          <FieldInput
            key={name}
            label={field === undefined ? nameOf(id, member) : say(field.title)}
            shape={member}
            required={required}
            choices={field?.choices ?? optionsOf(definition, action)}
            change={(value) => setGiven((known) => ({ ...known, [name]: value }))}
          />
        );
      })}
      {refused !== null && <RefusedNote refused={refused} reload={done} />}
      <div class="buttons">
        <button type="submit" aria-busy={isBusy}>
          {confirm ?? say(dealWords.save)}
        </button>
        <button type="button" class="secondary" onClick={cancel}>
          {say(dealWords.cancel)}
        </button>
      </div>
    </form>
  );
}

/** What one may choose of: of an activity its options, of an outcome and of a hold their reasons. */
function optionsOf({ phases, outcomes, hold }: Definition, { type, activity, outcome }: Action): readonly Choice[] {
  if (type === 'hold') return hold?.reasons ?? [];
  const activities = phases.flatMap(({ steps }) => steps).flatMap((step) => step.activities);
  const chosen = activities.find(({ id }) => id === activity)?.choices?.of;
  return chosen ?? outcomes.find(({ id }) => id === outcome)?.reasons ?? [];
}

function nameOf(id: string, { title }: Shape): string {
  return id in memberNames ? say(memberNames[id as keyof typeof memberNames]) : (title ?? id);
}

/** The event with what it always says and what was given; what was left empty is left out. */
function eventOf(schema: Shape, given: Readonly<Record<string, Given>>): object {
  const event: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(schema.properties ?? {}))
    if (member.const !== undefined) event[name] = member.const;
  for (const [path, value] of Object.entries(given)) {
    if (value === null) continue;
    const [name = '', id] = path.split('/');
    if (id === undefined) event[name] = value;
    else event[name] = { ...(event[name] as object | undefined), [id]: value };
  }
  for (const name of schema.required ?? []) if (FIELDS.has(name)) event[name] ??= {};
  return event;
}
