import { dirname } from 'node:path';
import { compileProcess } from '../compile/index.ts';
import type { CompiledProcess } from '../compile/types.ts';
import { readCalendars, readProcess } from '../definition/index.ts';
import { type ReadScenarios, readScenarios, type ScenarioFile } from '../scenario/index.ts';
import type { CheckedFile } from './problem-report.ts';
import { findCalendarFiles, findProcessFiles, findScenarioFiles, type ProcessFile } from './process-files.ts';

/** A process that scenarios are about, and its file. */
export interface TestedProcess {
  readonly path: string;
  readonly text: string;
  readonly process: CompiledProcess;
}

/** A file of scenarios with the process that is beside it. */
export interface TestFile extends ProcessFile {
  readonly file: ScenarioFile;
  readonly tested: TestedProcess;
}

/** Scenarios as they were found: those that can be run, and every file with its problems. */
export interface FoundScenarios {
  readonly runnable: readonly TestFile[];
  readonly scenarios: readonly CheckedFile[];
  /** Files of the processes that they name and that have errors. */
  readonly broken: readonly CheckedFile[];
}

type Looked = { readonly tested: TestedProcess | null; readonly file: CheckedFile };

/** Reads the scenarios that paths name, each beside the process of its folder. Throws `UsageError` when a path is not there. */
export function readTests(paths: readonly string[]): FoundScenarios {
  const folders = new Map<string, (id: string) => Looked | null>();
  const broken = new Map<string, CheckedFile>();
  const runnable: TestFile[] = [];
  const scenarios = findScenarioFiles(paths).map((found): CheckedFile & ReadScenarios => {
    const folder = dirname(found.path);
    const look = folders.get(folder) ?? lookIn(folder);
    folders.set(folder, look);
    const read = readScenarios(found.text, found.path, (id) => {
      const looked = look(id);
      if (looked === null) return undefined;
      if (looked.tested === null) broken.set(looked.file.path, looked.file);
      return looked.tested?.process ?? null;
    });
    const tested = read.file === null ? null : (look(read.file.process)?.tested ?? null);
    if (read.file !== null && tested !== null) runnable.push({ ...found, file: read.file, tested });
    return { ...found, ...read };
  });
  return { runnable, scenarios, broken: [...broken.values()] };
}

/** Looks for processes among the files of a folder, each read once and only when it is asked for; null: there is none. */
function lookIn(folder: string): (id: string) => Looked | null {
  const files = findProcessFiles([folder]).filter(({ path }) => dirname(path) === folder);
  const calendars = readCalendars(findCalendarFiles([folder])).flatMap(({ definition }) => definition ?? []);
  const known = new Map<string, Looked | null>();
  return (id) => {
    const last = known.get(id);
    if (last !== undefined) return last;
    const file = files.find(({ text }) => processOf(text) === id);
    const looked = file === undefined ? null : read(file, calendars);
    known.set(id, looked);
    return looked;
  };
}

function read({ path, text }: ProcessFile, calendars: Parameters<typeof compileProcess>[1]): Looked {
  const { definition, problems } = readProcess(text, path);
  const tested = definition === null ? null : { path, text, process: compileProcess(definition, calendars) };
  return { tested, file: { path, text, problems } };
}

function processOf(text: string): string | null {
  return /^process: *["']?([a-z][a-z0-9-]{0,99})/m.exec(text)?.[1] ?? null;
}
