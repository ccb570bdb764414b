import type { Text } from '../text.ts';
import type { Fix } from './fix.ts';

export type Severity = 'error' | 'warning' | 'hint';

/** One thing to say about a process file. Lines and columns count from 1. */
export interface Problem {
  /** From the closed list in `problem-codes.ts`. */
  readonly code: string;
  readonly severity: Severity;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Length of the offending word in characters; 0 when there is none. */
  readonly length: number;
  /** Path of keys to the element, e.g. `/phases/follow-up/steps/demo`. */
  readonly path: string;
  /** What was expected and what was found. */
  readonly message: Text;
  /** What to do. */
  readonly remedy: Text;
  /** The remedy carried out, where no more than a word has to be changed for it. */
  readonly fix: Fix | null;
}
