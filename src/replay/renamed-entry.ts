import type { Mapping } from '../diff/index.ts';
import { clockHeir, FIELD_MEMBERS } from '../engine/index.ts';
import type { Changes, EntryDraft, Place } from '../engine/types.ts';
import type { Json } from '../json.ts';

type Ids = Mapping['steps'];

type Named = Readonly<Record<string, (mapping: Mapping) => Ids>>;

/** Members of commands that name an element. */
const named: Named = {
  step: ({ steps }) => steps,
  activity: ({ activities }) => activities,
  approval: ({ approvals }) => approvals,
  criteria: ({ activities }) => activities,
};

/** The same of single commands: others mean a person by it, or an outcome of another process. */
const namedBy: Readonly<Record<string, Named>> = {
  rework: { to: ({ steps }) => steps },
  reassign: { from: ({ roles }) => roles },
  close: { outcome: ({ outcomes }) => outcomes },
};

/** Asked at every entry. */
const answers = new WeakMap<Mapping, boolean>();

/** Whether something has another id in the other version. */
export function renames(mapping: Mapping): boolean {
  const known = answers.get(mapping);
  if (known !== undefined) return known;
  const { retired: _, ...kinds } = mapping;
  const answer = Object.values(kinds).some((ids: Ids) => [...ids].some(([was, is]) => was !== is));
  answers.set(mapping, answer);
  return answer;
}

/** An entry as it would have been recorded had everything had the ids of the other version: what it was, by its names of now. */
export function renamedEntry(entry: EntryDraft, mapping: Mapping): EntryDraft {
  return {
    ...entry,
    roles: entry.roles.map((role) => mapping.roles.get(role) ?? role),
    command: renamedCommand(entry, mapping),
    changes: entry.changes === null ? null : renamedChanges(entry.changes, mapping),
  };
}

function renamedCommand({ type, command }: EntryDraft, mapping: Mapping): Json {
  if (!isRecord(command)) return command;
  const own = Object.hasOwn(namedBy, type) ? { ...named, ...namedBy[type] } : named;
  return Object.fromEntries(
    Object.entries(command).map(([name, value]) => {
      if (FIELD_MEMBERS.has(name) && isRecord(value)) return [name, renamedKeys(value, mapping.fields)];
      if (name === 'clock' && typeof value === 'string') return [name, clockHeir(mapping, value) ?? value];
      const ids = Object.hasOwn(own, name) ? own[name]?.(mapping) : undefined;
      return [name, ids === undefined ? value : renamedId(value, ids)];
    }),
  );
}

function renamedId(value: Json, ids: Ids): Json {
  if (Array.isArray(value)) return value.map((item) => renamedId(item, ids));
  return typeof value === 'string' ? (ids.get(value) ?? value) : value;
}

function renamedChanges(changes: Changes, mapping: Mapping): Changes {
  const { fields, activities, approvals, children, clocks, position, waiting, outcome } = changes;
  const places = (list: readonly Place[]) =>
    list.map(({ phase, step }) => ({
      phase: mapping.phases.get(phase) ?? phase,
      step: mapping.steps.get(step) ?? step,
    }));
  const moved = (change: NonNullable<Changes['position']>) => ({ from: places(change.from), to: places(change.to) });
  return {
    ...changes,
    ...(fields !== undefined && { fields: renamedKeys(fields, mapping.fields) }),
    ...(activities !== undefined && { activities: renamedKeys(activities, mapping.activities) }),
    ...(approvals !== undefined && { approvals: renamedKeys(approvals, mapping.approvals) }),
    ...(children !== undefined && {
      children: Object.fromEntries(
        Object.entries(children).map(([id, child]) => [
          id,
          { ...child, step: mapping.steps.get(child.step) ?? child.step },
        ]),
      ),
    }),
    ...(clocks !== undefined && {
      clocks: Object.fromEntries(Object.entries(clocks).map(([id, clock]) => [clockHeir(mapping, id) ?? id, clock])),
    }),
    ...(position !== undefined && { position: moved(position) }),
    ...(waiting !== undefined && { waiting: moved(waiting) }),
    ...(typeof outcome === 'string' && { outcome: mapping.outcomes.get(outcome) ?? outcome }),
  };
}

function renamedKeys<V>(record: Readonly<Record<string, V>>, ids: Ids): Record<string, V> {
  return Object.fromEntries(Object.entries(record).map(([id, value]) => [ids.get(id) ?? id, value]));
}

function isRecord(value: Json): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
