import { isDropped, keySpan, type Outline, type Path, pointerOf, valueSpan } from './outline.ts';
import type { ProblemCode } from './problem-codes.ts';
import type { Advice, Collector } from './report.ts';

/** Ways for a check to report, whatever kind of file it looks at. */
export interface Reports {
  readonly outline: Outline;
  /** At the key that names the element. */
  atKey(code: ProblemCode, path: Path, advice: Advice): void;
  /** At the value of the element. */
  atValue(code: ProblemCode, path: Path, advice: Advice): void;
  /** True when nothing more is kept. */
  isFull(): boolean;
  /** False where the schema has found something wrong at, below or (sections) in place of this path. */
  sound(path: Path): boolean;
}

export function makeReports(outline: Outline, broken: readonly string[], { report, isFull }: Collector): Reports {
  const at = (path: Path, tell: (pointer: string) => void): void => {
    const pointer = pointerOf(path);
    if (!isDropped(outline, pointer)) tell(pointer);
  };
  return {
    outline,
    atKey: (code, path, advice) => at(path, (pointer) => report(code, keySpan(outline, pointer), pointer, advice)),
    atValue: (code, path, advice) => at(path, (pointer) => report(code, valueSpan(outline, pointer), pointer, advice)),
    isFull,
    sound: (path) => {
      const pointer = pointerOf(path);
      return !broken.some((where) => where === pointer || where.startsWith(`${pointer}/`));
    },
  };
}
