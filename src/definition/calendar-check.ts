import type { CalendarDefinition } from '../calendar/index.ts';
import type { Reports } from './reports.ts';

/** What the checks of a calendar beyond its schema work with. */
export interface CalendarCheck extends Reports {
  readonly definition: CalendarDefinition;
  /** Ids of other calendars, each with the name of its file. */
  readonly taken: ReadonlyMap<string, string>;
}
