import type { ErrorCode, InputProblem } from '../errors.ts';
import type { Text } from '../text.ts';

/** What every command ends with. */
export const exitCodes = { ok: 0, refused: 1, usage: 2, unreachable: 3 } as const;

/** A command that cannot be carried out as it was given. */
export class UsageError extends Error {
  readonly says: Text;

  constructor(says: Text) {
    super(says.en);
    this.says = says;
  }
}

/** No server answered. */
export class UnreachableError extends Error {
  readonly says: Text;

  constructor(says: Text) {
    super(says.en);
    this.says = says;
  }
}

/** The server said no: the problem document as it came (RFC 9457). */
export class RefusedError extends Error {
  readonly problem: ProblemDocument;

  constructor(problem: ProblemDocument) {
    super(problem.detail);
    this.problem = problem;
  }
}

export interface ProblemDocument {
  readonly code: ErrorCode | null;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly InputProblem[];
  /** Members that only some codes have: `reasons`, `missing`, `possible`, `problems`. */
  readonly extra: Readonly<Record<string, unknown>>;
}
