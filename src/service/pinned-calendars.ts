import type { Calendar, CalendarDefinition } from '../calendar/index.ts';
import { calendarsOf } from '../definition/index.ts';
import type { ProcessDefinition } from '../definition/types.ts';
import { canonicalJson } from '../json.ts';
import type { DefinitionRow } from '../store/types.ts';

/** The calendars that a process names, which become part of its version; in the order of their ids. */
export function pinnedCalendars(
  definition: ProcessDefinition,
  calendars: ReadonlyMap<string, Calendar>,
): readonly CalendarDefinition[] {
  const named = calendarsOf(definition);
  return [...calendars.values()].map((calendar) => calendar.definition).filter(({ calendar }) => named.has(calendar));
}

/** As a version's row keeps them; null: it names none. */
export function storedCalendars(pinned: readonly CalendarDefinition[]): string | null {
  return pinned.length === 0 ? null : canonicalJson(pinned);
}

/** The calendars that a version was published with. What cannot be read is none: the digest tells that it was another. */
export function calendarsIn({ calendars }: DefinitionRow): readonly CalendarDefinition[] {
  if (calendars === null) return [];
  try {
    const read: unknown = JSON.parse(calendars);
    return Array.isArray(read) ? read : [];
  } catch {
    return [];
  }
}
