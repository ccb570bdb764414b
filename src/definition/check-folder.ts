import { suggest } from '../suggest.ts';
import { readDocument } from './document.ts';
import { eachStep } from './each-step.ts';
import { keySpan, type Path, pointerOf, valueSpan } from './outline.ts';
import type { Problem } from './problem.ts';
import type { ProblemCode } from './problem-codes.ts';
import { type ReadResult, readProcess } from './read-process.ts';
import { type Advice, collectProblems } from './report.ts';
import { scan } from './scan.ts';
import { makeSource } from './source.ts';
import type { ChildStart, ProcessDefinition } from './types.ts';

interface File {
  /** The name that problems give. */
  readonly path: string;
  readonly text: string;
}

/** A problem that shows beside other files, and where it stands. */
interface Found {
  readonly code: ProblemCode;
  readonly path: Path;
  /** At the key, or at the value. */
  readonly at: 'key' | 'value';
  readonly advice: Advice;
}

/**
 * Process files that belong together, each read and checked by itself; then what only shows beside the others: a step
 * that starts a process which none of them is, or gives it a field that it does not have.
 */
export function readProcesses<F extends File>(files: readonly F[]): readonly (F & ReadResult)[] {
  const read = files.map((file) => ({ ...file, ...readProcess(file.text, file.path) }));
  const known = new Map(
    read.flatMap(({ definition }) => (definition === null ? [] : [[definition.process, definition]])),
  );
  // What a file with errors calls its process, and what is in it, is not known for sure.
  if (read.some(({ definition }) => definition === null)) return read;
  return read.map((file) => {
    const found = file.definition === null ? [] : childProblems(file.definition, known);
    return found.length === 0 ? file : { ...file, problems: merged(file.problems, placed(file, found)) };
  });
}

type Known = ReadonlyMap<string, ProcessDefinition>;

function childProblems(definition: ProcessDefinition, known: Known): readonly Found[] {
  return eachStep(definition).flatMap(({ step, path }) =>
    step.starts.flatMap((child) => {
      const own = [...path, 'starts', child.id];
      const other = known.get(child.process);
      return other === undefined ? [unknownProcess(child, own, known)] : unknownFields(child, own, other);
    }),
  );
}

function unknownProcess({ process }: ChildStart, own: Path, known: Known): Found {
  const near = suggest(process, [...known.keys()]);
  const message = { zh: `这些文件中没有流程 ${process}`, en: `None of these files is the process "${process}"` };
  const remedy =
    near === null
      ? {
          zh: '请一并发布它；启动时仍没有，则记为这个环节的问题',
          en: 'Publish it as well; where there is none when it is to be started, that is an incident of the step',
        }
      : { zh: `是不是想写 ${near}？`, en: `Did you mean ${near}?` };
  return { code: 'unknown-process', path: [...own, 'process'], at: 'value', advice: { message, remedy } };
}

function unknownFields({ with: given }: ChildStart, own: Path, { process, fields }: ProcessDefinition): Found[] {
  const ids = fields.map(({ id }) => id);
  const unknown = Object.keys(given).filter((name) => !ids.includes(name));
  return unknown.map((name) => {
    const near = suggest(name, ids);
    const message = { zh: `流程 ${process} 没有字段 ${name}`, en: `The process ${process} has no field "${name}"` };
    const remedy =
      near === null
        ? {
            zh: `请写它已有的字段：${ids.slice(0, 10).join(', ')}`,
            en: `Write one that it has: ${ids.slice(0, 10).join(', ')}`,
          }
        : { zh: `是不是想写 ${near}？`, en: `Did you mean ${near}?` };
    return {
      code: 'unknown-field',
      path: [...own, 'with', name],
      at: 'key',
      // The other file may be another version than the one that will be started.
      advice: { message, remedy, severity: 'warning' },
    };
  });
}

function placed({ path: file, text }: File, found: readonly Found[]): readonly Problem[] {
  const { report, all } = collectProblems(makeSource(text, file));
  const scanned = scan(text, report);
  const outline = scanned && readDocument(scanned, report);
  if (outline === null) return [];
  for (const { code, path, at, advice } of found) {
    const pointer = pointerOf(path);
    report(code, (at === 'key' ? keySpan : valueSpan)(outline, pointer), pointer, advice);
  }
  return all();
}

function merged(...problems: readonly (readonly Problem[])[]): readonly Problem[] {
  return problems.flat().sort((a, b) => a.line - b.line || a.column - b.column);
}
