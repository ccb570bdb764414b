import type { Beside } from './check.ts';
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
 * beside the others; the calendars that it names are looked for among `calendars`, where these are known.
 */
export function readProcesses<F extends File>(
  files: readonly F[],
  calendars: Beside['calendars'] = null,
): readonly (F & ReadResult)[] {
  const read = files.map((file) => ({ ...file, ...readProcess(file.text, file.path, { calendars }) }));
  const others = new Map(read.map(({ definition, text }) => [definition?.process ?? namedIn(text), definition]));
  // A file that does not even say which process it is may be any of those that are named.
  if (others.delete('')) return read;
  return read.map((file) => {
    const { definition, path, text } = file;
    return definition !== null && namesOthers(definition)
      ? { ...file, ...readProcess(text, path, { others, calendars }) }
      : file;
  });
}

/** The id of a process whose file has errors, empty where that is not to be seen. */
function namedIn(text: string): string {
  return /^process: *["']?([a-z][a-z0-9-]{0,99})/m.exec(text)?.[1] ?? '';
}

/** Whether a step of it starts another process, or an activity rests on another's evidence. */
export function namesOthers(definition: ProcessDefinition): boolean {
  return eachStep(definition).some(
    ({ step }) => step.starts.length > 0 || step.activities.some(({ shared }) => shared !== null),
  );
}
