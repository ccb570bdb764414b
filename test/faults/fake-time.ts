import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The wall clock of child processes, set by hand through libfaketime. Time that passes (CLOCK_MONOTONIC) stays true. */
export interface FakeTime {
  /** For the child's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Sets the clock under whatever runs: `+1h`, `-1h`, `+30d`; `+0` puts it right. */
  set(offset: string): void;
  remove(): void;
}

/** Whether libfaketime is installed (Debian's package `libfaketime`). */
export const canSetClocks = installed() !== null;

/** Null: libfaketime is not installed. */
export function openFakeTime(): FakeTime | null {
  const library = installed();
  if (library === null) return null;
  const folder = mkdtempSync(join(tmpdir(), 'phasegate-time-'));
  const file = join(folder, 'offset');
  const set = (offset: string) => {
    // Never half a file: the child reads it whenever it asks for the time.
    writeFileSync(`${file}.next`, `${offset}\n`);
    renameSync(`${file}.next`, file);
  };
  set('+0');
  return {
    env: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      DONT_FAKE_MONOTONIC: '1',
      NO_FAKE_STAT: '1',
    },
    set,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function installed(): string | null {
  const root = '/usr/lib';
  const folders = existsSync(root) ? readdirSync(root) : [];
  for (const folder of ['', ...folders]) {
    const library = join(root, folder, 'faketime', 'libfaketimeMT.so.1');
    if (existsSync(library)) return library;
  }
  return null;
}
