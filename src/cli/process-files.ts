import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UsageError } from './exit.ts';

/** A file of a process, a calendar or scenarios as it stands on the disk. */
export interface ProcessFile {
  readonly path: string;
  readonly text: string;
}

/** Folders inside one another that are looked through. */
const MOST_DEPTH = 16;
const MOST_FILES = 10_000;

/**
 * The process files that paths name: a file is taken as it is, a folder is walked for `*.yaml` but for scenarios
 * (`*.test.yaml`) and calendars (`calendars/`). In order of their names. Throws `UsageError` when a path is not there.
 */
export function findProcessFiles(paths: readonly string[]): readonly ProcessFile[] {
  return findFiles(paths).filter(({ path }) => !isCalendarFile(path) && !isScenarioFile(path));
}

/** The files of scenarios that paths name: `*.test.yaml`, found as process files are. */
export function findScenarioFiles(paths: readonly string[]): readonly ProcessFile[] {
  return findFiles(paths).filter(({ path }) => isScenarioFile(path) && !isCalendarFile(path));
}

/** The calendar files that paths name: `*.yaml` in a folder `calendars`, found as process files are. */
export function findCalendarFiles(paths: readonly string[]): readonly ProcessFile[] {
  return findFiles(paths).filter(({ path }) => isCalendarFile(path) && !isScenarioFile(path));
}

function isScenarioFile(path: string): boolean {
  return /\.test\.ya?ml$/.test(path);
}

function isCalendarFile(path: string): boolean {
  return basename(dirname(path)) === 'calendars';
}

function findFiles(paths: readonly string[]): readonly ProcessFile[] {
  const found = new Set<string>();
  for (const path of paths) {
    if (isFolder(path)) walk(path, 0, found);
    else found.add(path);
  }
  return [...found].map((path) => ({ path, text: readText(path) }));
}

function walk(folder: string, depth: number, found: Set<string>): void {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !entry.name.startsWith('.')) {
      if (depth < MOST_DEPTH) walk(path, depth + 1, found);
    } else if (entry.isFile() && isYamlFile(entry.name) && found.size < MOST_FILES) found.add(path);
  }
}

function isYamlFile(name: string): boolean {
  return /\.ya?ml$/.test(name) && !name.startsWith('.');
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    throw new UsageError({
      zh: `没有文件或目录 ${path}；请检查路径`,
      en: `there is no file or folder ${path}; check the path`,
    });
  }
}

/** The scenarios beside a process file (`sales.test.yaml` beside `sales.yaml`); null: there are none. Throws as {@link readText}. */
export function testsBeside(path: string): string | null {
  const beside = path.replace(/\.ya?ml$/, '.test.yaml');
  return beside !== path && existsSync(beside) ? readText(beside) : null;
}

/** The text of a file. Throws where it cannot be read or is not UTF-8: replacement characters must not be published. */
export function readText(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
  } catch (error) {
    if (error instanceof TypeError) {
      throw new UsageError({
        zh: `${path} 不是 UTF-8 编码（可能是 GBK）；请在编辑器中另存为 UTF-8`,
        en: `${path} is not in UTF-8 (GBK, perhaps); save it as UTF-8 in your editor`,
      });
    }
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError({
      zh: `无法读取 ${path}（${why}）；请检查路径（当前目录：${process.cwd()}）和读取权限`,
      en: `${path} cannot be read (${why}); check the path (from ${process.cwd()}) and that you may read it`,
    });
  }
}
