import { formatProblem } from '../definition/index.ts';
import type { Problem, Severity } from '../definition/problem.ts';
import type { Text } from '../text.ts';
import type { Cli } from './command.ts';
import type { ProcessFile } from './process-files.ts';

export interface CheckedFile extends ProcessFile {
  readonly problems: readonly Problem[];
}

export function countOf(files: readonly CheckedFile[], severity: Severity): number {
  return files.flatMap(({ problems }) => problems).filter((problem) => problem.severity === severity).length;
}

/** Every problem of some files with its place, cause and remedy, and how many there are. */
export function problemReport(
  files: readonly CheckedFile[],
  { language, paint }: Pick<Cli, 'language' | 'paint'>,
): string {
  const colours = { error: paint.red, warning: paint.yellow, hint: paint.cyan };
  const blocks = files.flatMap(({ problems, text }) =>
    problems.map((problem) => {
      const [first = '', ...rest] = formatProblem(problem, text, language).split('\n');
      return [colours[problem.severity](first), ...rest].join('\n');
    }),
  );
  return [...blocks, summary(files)[language]].join('\n');
}

function summary(files: readonly CheckedFile[]): Text {
  const errors = countOf(files, 'error');
  const warnings = countOf(files, 'warning');
  const hints = countOf(files, 'hint');
  const many = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;
  return {
    zh: `${files.length} 个文件：${errors} 个错误，${warnings} 个提醒，${hints} 个建议`,
    en: `${many(files.length, 'file')}: ${many(errors, 'error')}, ${many(warnings, 'warning')}, ${many(hints, 'hint')}`,
  };
}
