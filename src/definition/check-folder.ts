import { suggest } from '../suggest.ts';
import { readDocument } from './document.ts';
import { eachStep } from './each-step.ts';
import { pointerOf, valueSpan } from './outline.ts';
import type { Problem } from './problem.ts';
import { type ReadResult, readProcess } from './read-process.ts';
import { collectProblems } from './report.ts';
import { scan } from './scan.ts';
import { makeSource } from './source.ts';

/**
 * Process files that belong together, each read and checked by itself; then what only shows beside the others: a step
 * that starts a process which none of them is. `path` is the name that problems give.
 */
export function readProcesses<File extends { readonly path: string; readonly text: string }>(
  files: readonly File[],
): readonly (File & ReadResult)[] {
  const read = files.map((file) => ({ ...file, ...readProcess(file.text, file.path) }));
  // What a file with errors calls its process is not known for sure.
  if (read.some(({ definition }) => definition === null)) return read;
  const known = read.flatMap(({ definition }) => definition?.process ?? []);
  return read.map((file) => ({ ...file, problems: sorted([...file.problems, ...unknownProcesses(file, known)]) }));
}

function unknownProcesses(
  { path: file, text, definition }: { readonly path: string; readonly text: string } & ReadResult,
  known: readonly string[],
): readonly Problem[] {
  const wanted = (definition === null ? [] : eachStep(definition)).flatMap(({ step, path }) =>
    step.starts
      .filter(({ process }) => !known.includes(process))
      .map(({ id, process }) => ({ process, path: [...path, 'starts', id, 'process'] })),
  );
  if (wanted.length === 0) return [];
  const { report, all } = collectProblems(makeSource(text, file));
  const scanned = scan(text, report);
  const outline = scanned && readDocument(scanned, report);
  if (outline === null) return [];
  for (const { process, path } of wanted) {
    const near = suggest(process, known);
    const pointer = pointerOf(path);
    report('unknown-process', valueSpan(outline, pointer), pointer, {
      message: { zh: `这些文件中没有流程 ${process}`, en: `None of these files is the process "${process}"` },
      remedy:
        near === null
          ? {
              zh: '请一并发布它；启动时仍没有，则记为这个环节的问题',
              en: 'Publish it as well; where there is none when it is to be started, that is an incident of the step',
            }
          : { zh: `是不是想写 ${near}？`, en: `Did you mean ${near}?` },
    });
  }
  return all();
}

function sorted(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort((a, b) => a.line - b.line || a.column - b.column);
}
