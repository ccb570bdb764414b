import { eachStep } from './each-step.ts';
import { type ReadResult, readProcess } from './read-process.ts';
import type { ProcessDefinition } from './types.ts';

interface File {
  /** The name that problems give. */
  readonly path: string;
  readonly text: string;
}

/**
 * Process files that belong together: each is read and checked by itself, and then, where it names other processes,
 * beside the others.
 */
export function readProcesses<F extends File>(files: readonly F[]): readonly (F & ReadResult)[] {
  const read = files.map((file) => ({ ...file, ...readProcess(file.text, file.path) }));
  const found = read.flatMap(({ definition }) => (definition === null ? [] : [definition]));
  // What a file with errors calls its process, and what is in it, is not known for sure.
  if (found.length < read.length) return read;
  const others = new Map(found.map((definition) => [definition.process, definition]));
  return read.map((file) => {
    const { definition, path, text } = file;
    return definition !== null && namesOthers(definition) ? { ...file, ...readProcess(text, path, others) } : file;
  });
}

/** Whether a step of it starts another process, or an activity rests on another's evidence. */
export function namesOthers(definition: ProcessDefinition): boolean {
  return eachStep(definition).some(
    ({ step }) => step.starts.length > 0 || step.activities.some(({ shared }) => shared !== null),
  );
}
