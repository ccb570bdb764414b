import { renameFields } from '../expr/index.ts';
import type { Json } from '../json.ts';
import { type Element, isList, isMembers, type Members } from './elements.ts';
import type { Mapping } from './mapping.ts';
import type { ElementKind } from './types.ts';

/** What the words of a definition name; `places` are phases and steps. */
type Named = 'roles' | 'fields' | 'steps' | 'outcomes' | 'activities' | 'approvals' | 'places' | 'condition';

const names: Readonly<Record<string, Named>> = {
  owner: 'roles',
  see: 'roles',
  by: 'roles',
  start: 'roles',
  assign: 'roles',
  across: 'roles',
  raise: 'roles',
  supplies: 'fields',
  maySupply: 'fields',
  sends: 'fields',
  resets: 'fields',
  of: 'fields',
  voidsOn: 'fields',
  sets: 'fields',
  match: 'fields',
  due: 'fields',
  key: 'fields',
  scope: 'fields',
  until: 'fields',
  with: 'fields',
  from: 'fields',
  milestone: 'outcomes',
  on: 'outcomes',
  outcome: 'outcomes',
  completes: 'activities',
  approval: 'approvals',
  moveTo: 'steps',
  step: 'steps',
  to: 'places',
  when: 'condition',
  text: 'condition',
};
/** Where a word means something else than elsewhere. */
const exceptions: Readonly<Partial<Record<ElementKind, Readonly<Record<string, Named>>>>> = {
  signal: { from: 'roles' },
  outcome: { from: 'places' },
};
/** People, not roles. */
const ofPeople = new Set(['substitutes', 'managers']);

/** The own words of an element of the older version, with what they name called as the newer one calls it. */
export function translate({ kind, own }: Element, mapping: Mapping, process: string): Members {
  const words = Object.entries(own).map(([word, value]) => {
    return [word, ofPeople.has(word) ? value : translated(value, word, kind, mapping)] as const;
  });
  const members = Object.fromEntries(words);
  const fields = members.with;
  // A process that starts itself gives its own fields.
  if (kind !== 'child' || own.process !== process || !isMembers(fields)) return members;
  const renamed = Object.entries(fields).map(([field, from]) => [mapping.fields.get(field) ?? field, from] as const);
  return { ...members, with: Object.fromEntries(renamed) };
}

function translated(value: Json, word: string, kind: ElementKind, mapping: Mapping): Json {
  if (typeof value === 'string') return nameOf(value, exceptions[kind]?.[word] ?? names[word], mapping);
  if (isList(value)) return value.map((item) => translated(item, word, kind, mapping));
  if (!isMembers(value)) return value;
  // `{ kind: role, id }` among approvers; the values of `with` are fields whatever their keys.
  if (value.kind === 'role' && typeof value.id === 'string') {
    return { ...value, id: mapping.roles.get(value.id) ?? value.id };
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, own]) => [key, translated(own, word === 'with' ? word : key, kind, mapping)]),
  );
}

function nameOf(id: string, named: Named | undefined, mapping: Mapping): string {
  switch (named) {
    case undefined:
      return id;
    case 'condition':
      return renameFields(id, mapping.fields);
    case 'places':
      return mapping.steps.get(id) ?? mapping.phases.get(id) ?? id;
    default:
      return mapping[named].get(id) ?? id;
  }
}
