import type { Text } from '../text.ts';
import { fixOf, type Mend } from './fix.ts';
import type { Problem, Severity } from './problem.ts';
import { type ProblemCode, problemCodes } from './problem-codes.ts';
import { firstLine, placeOf, type Source, type Span } from './source.ts';

export interface Advice {
  /** What was expected and what was found. */
  readonly message: Text;
  /** What to do. */
  readonly remedy: Text;
  /** Where it differs from the code's own. */
  readonly severity?: Severity;
  readonly fix?: Mend | null;
}

/** Notes a problem at a stretch of the file; `path` is the JSON pointer of the element. */
export type ReportAt = (code: ProblemCode, span: Span, path: string, advice: Advice) => void;

/** Most errors, and most other problems, that are kept: a person reads no more, and an answer stays bounded. */
export const MAX_PROBLEMS = 500;

export interface Collector {
  readonly report: ReportAt;
  /** True when further errors are not kept, so that looking for them is of no use. */
  readonly isFull: () => boolean;
  readonly hasErrors: () => boolean;
  /** In the order of the file. */
  readonly all: () => readonly Problem[];
}

export function collectProblems(source: Source): Collector {
  const problems = new Map<string, Problem>();
  // Counted apart: warnings may not crowd out the error that keeps a file from being published.
  const kept = { error: 0, other: 0 };
  const isFull = () => kept.error >= MAX_PROBLEMS;
  const hasErrors = () => kept.error > 0;
  const report: ReportAt = (code, span, path, advice) => {
    const { message, remedy, severity = problemCodes[code].severity } = advice;
    const { start, end } = firstLine(source, span);
    const place = placeOf(source, start);
    // Schema branches may say the same thing of the same word twice.
    const identity = `${place.line}:${place.column}:${code}:${path}:${code === 'wrong-type' ? '' : message.en}`;
    const kind = severity === 'error' ? 'error' : 'other';
    if (problems.has(identity) || kept[kind] >= MAX_PROBLEMS) return;
    kept[kind]++;
    const fix = advice.fix ? fixOf(source, span, advice.fix) : null;
    const length = end - start;
    problems.set(identity, { code, severity, file: source.file, ...place, length, path, message, remedy, fix });
  };
  const all = () => [...problems.values()].sort((a, b) => a.line - b.line || a.column - b.column);
  return { report, isFull, hasErrors, all };
}
