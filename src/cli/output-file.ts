import { openSync, writeFileSync } from 'node:fs';
import { UsageError } from './exit.ts';

/** A file that a command was told to write, all of it. Throws `UsageError` where it cannot be written. */
export function writeOutput(path: string, text: string): void {
  orSay(path, () => writeFileSync(path, text));
}

/** The same, to be written bit by bit: a file descriptor, which is the caller's to close. */
export function openOutput(path: string): number {
  return orSay(path, () => openSync(path, 'w'));
}

function orSay<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError({
      zh: `无法写入 ${path}（${why}）；请检查目录和权限`,
      en: `${path} cannot be written (${why}); check the folder and the permissions`,
    });
  }
}
