import { type ReadCalendar, readCalendar } from './read-calendar.ts';

/** Calendar files that belong together: each is read and checked, and no two may be the same calendar. */
export function readCalendars<F extends { readonly path: string; readonly text: string }>(
  files: readonly F[],
): readonly (F & ReadCalendar)[] {
  const taken = new Map<string, string>();
  return files.map((file) => {
    const read = readCalendar(file.text, file.path, taken);
    if (read.definition !== null) taken.set(read.definition.calendar, file.path);
    return { ...file, ...read };
  });
}

/** Ids of the calendars that were read; null: one has errors, and may be any that is named. */
export function calendarIds(read: readonly ReadCalendar[]): ReadonlySet<string> | null {
  const ids = read.flatMap(({ definition }) => definition?.calendar ?? []);
  return ids.length === read.length ? new Set(ids) : null;
}
