import type { WorkRow } from '../store/types.ts';
import { badCursor } from './cursor.ts';

const INSTANT = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;
const CURSOR = new RegExp(`^(${INSTANT})?~(${INSTANT})~([0-9a-f-]{36})~([a-z][a-z0-9-]{0,63})$`);

/** A place of the list as text. */
export function placeCursor({ due, since, instance, step }: WorkRow): string {
  return [due ?? '', since, instance, step].join('~');
}

/** Throws `malformed-request`. */
export function readPlace(cursor: string): Omit<WorkRow, 'who'> {
  const [, due, since, instance, step] = CURSOR.exec(cursor) ?? [];
  if (since !== undefined && instance !== undefined && step !== undefined)
    return { due: due ?? null, since, instance, step };
  throw badCursor();
}
