import { ProcessError } from '../errors.ts';

/** For a cursor that no page has given. */
export function badCursor(): ProcessError {
  return new ProcessError('malformed-request', {
    zh: 'cursor 应为上一页的 next 值，原样传回',
    en: 'cursor should be the `next` of the page before, as it was given',
  });
}
