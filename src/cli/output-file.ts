import { accessSync, constants, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { UsageError } from './exit.ts';

/**
 * A file that a command was told to write, all of it. One that is there is replaced as a whole: a full disk or an interruption
 * leaves it as it was. Throws `UsageError` where it cannot be written.
 */
export function writeOutput(path: string, text: string): void {
  orSay(path, () => {
    const known = statSync(path, { throwIfNoEntry: false });
    if (known?.isFile()) replace(realpathSync(path), text, known.mode);
    else writeFileSync(path, text);
  });
}

/** The same, to be written bit by bit: a file descriptor, which is the caller's to close. */
export function openOutput(path: string): number {
  return orSay(path, () => openSync(path, 'w'));
}

function replace(path: string, text: string, mode: number): void {
  // What may not be written is not got round by replacing it.
  accessSync(path, constants.W_OK);
  const beside = `${path}.${process.pid}.new`;
  try {
    writeFileSync(beside, text, { mode, flush: true });
    renameSync(beside, path);
  } finally {
    rmSync(beside, { force: true });
  }
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
