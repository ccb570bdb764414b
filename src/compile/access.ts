import type { ProcessDefinition } from '../definition/types.ts';
import type { CompiledAccess, CompiledActivity, CompiledProcess } from './types.ts';

/** Who may what of a process, with what the file leaves out filled in. */
export function compileAccess({ access, roles }: ProcessDefinition): CompiledAccess {
  const every = roles.map(({ id }) => id);
  const written = (names: readonly string[] | undefined) => (names === undefined || names.length === 0 ? every : names);
  return {
    see: written(access?.see),
    start: written(access?.start),
    assign: access?.assign ?? [],
    separate: access?.teams === 'separate',
    across: access?.across ?? [],
  };
}

/** What not everybody sees who sees the instance: such activities, and the fields that nobody else supplies. */
export function guardedOf(
  suppliers: ReadonlyMap<string, readonly string[]>,
  compiled: ReadonlyMap<string, CompiledActivity>,
): CompiledProcess['guarded'] {
  const activities = new Map<string, readonly string[]>();
  for (const [id, { see }] of compiled) if (see !== null) activities.set(id, see);
  const fields = new Map<string, readonly string[]>();
  for (const [field, ids] of suppliers) {
    if (ids.length === 0 || !ids.every((id) => activities.has(id))) continue;
    fields.set(field, [...new Set(ids.flatMap((id) => activities.get(id) ?? []))]);
  }
  return { activities, fields };
}
