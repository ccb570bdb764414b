import type { Json } from '../json.ts';
import { hiddenFrom } from './access.ts';
import { type Context, everyRole } from './context.ts';
import { all } from './criteria.ts';
import { setFields } from './draft.ts';
import { parseFields } from './field-input.ts';
import { eventSchema, fieldSchema, type JsonSchema } from './input-schema.ts';
import { instanceOpen, roleHeld } from './state-criteria.ts';
import { textSchema, type Verb } from './verb.ts';

/** Fields that somebody may give by themselves: all but those of decision tables and those that they do not see. */
export function settable({ process, instance, actor }: Context): readonly string[] {
  const hidden = hiddenFrom(process, instance, actor)?.fields;
  return [...process.fields.keys()].filter((id) => !process.derived.has(id) && hidden?.has(id) !== true);
}

export const set: Verb<Readonly<Record<string, Json>>> = {
  type: 'set',
  members: ['fields'],
  candidates: () => [{}],
  title: () => ({ zh: '填写字段', en: 'Set fields' }),
  roles: everyRole,
  schema: (context) => {
    const { process } = context;
    const properties: Record<string, JsonSchema> = {};
    for (const id of settable(context)) {
      const field = process.fields.get(id);
      if (field !== undefined) properties[id] = { anyOf: [fieldSchema(field), { type: 'null' }] };
    }
    const fields = { type: 'object', properties, minProperties: 1, additionalProperties: false };
    return eventSchema('set', { fields }, ['fields']);
  },
  parse(context, members) {
    const values = parseFields(context.process, members, 'fields', settable(context), true);
    if (members.problems.length === 0 && Object.keys(values).length === 0) {
      members.problem('/fields', {
        zh: '请在 fields 中至少给出一个字段',
        en: 'give at least one field in fields',
      });
    }
    return { target: {}, input: values };
  },
  check: (context) => all([roleHeld(context, everyRole(context.process)), instanceOpen(context)]),
  apply: (draft, { input }) => setFields(draft, input, draft.actor.id),
};

/** A remark in the history, also of an instance that is closed. */
export const note: Verb<string> = {
  type: 'note',
  members: ['text'],
  candidates: () => [{}],
  title: () => ({ zh: '备注', en: 'Note' }),
  roles: everyRole,
  schema: () => eventSchema('note', { text: textSchema }, ['text']),
  parse(_context, members) {
    const text = members.text('text');
    return text === null ? null : { target: {}, input: text };
  },
  check: (context) => all([roleHeld(context, everyRole(context.process))]),
  apply: () => {},
};
