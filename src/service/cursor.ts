import { ProcessError } from '../errors.ts';

/** The cursor of a list in order of instances: an id. Throws `malformed-request`. */
export function instanceCursor(cursor: string): string {
  if (/^[0-9a-f-]{36}$/.test(cursor)) return cursor;
  throw badCursor();
}

/** For a cursor that no page has given. */
export function badCursor(): ProcessError {
  return new ProcessError(
    'malformed-request',
    {
      zh: 'cursor 应为上一页的 next 值，原样传回',
      en: 'cursor should be the `next` of the page before, as it was given',
    },
    { parameter: 'cursor' },
  );
}
