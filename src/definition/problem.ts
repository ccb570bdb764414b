import type { Text } from '../text.ts';

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
}
