import { type InputProblem, ProcessError } from '../errors.ts';
import type { Text } from '../text.ts';

/** A place of the text that is written in a way that no program changes without harm to what stands around it. */
export class Unwritable extends Error {
  readonly offset: number;

  constructor(offset: number) {
    super(`not to be changed by program: ${offset}`);
    this.offset = offset;
  }
}

/** An operation that cannot be carried out; `pointer` is a place in the list of operations. */
export function refusal(pointer: string, message: Text): ProcessError {
  return refusals([{ pointer, message }]);
}

/** At least one. */
export function refusals(errors: readonly InputProblem[]): ProcessError {
  const [first = { message: { zh: '', en: '' } }, ...more] = errors;
  const { zh, en } = first.message;
  const detail =
    more.length === 0 ? { zh, en } : { zh: `${zh}（共 ${errors.length} 处）`, en: `${en} (${errors.length} in all)` };
  return new ProcessError('invalid-input', detail, { errors });
}
