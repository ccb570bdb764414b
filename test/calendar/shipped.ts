import { readdirSync, readFileSync } from 'node:fs';
import { readCalendars } from '../../src/definition/index.ts';

const folder = new URL('../../processes/calendars/', import.meta.url);

/** The calendars that the shipped processes name. */
export const shippedCalendars = readCalendars(
  readdirSync(folder).map((path) => ({ path, text: readFileSync(new URL(path, folder), 'utf8') })),
).flatMap(({ definition }) => definition ?? []);
