import { readProcess } from '../definition/index.ts';
import type { Cli } from './command.ts';
import { UsageError } from './exit.ts';
import { problemReport } from './problem-report.ts';
import { readText } from './process-files.ts';

/** What is tried: a file, or a version that is published (`sales@3`). */
export type Candidate =
  | { readonly process: string; readonly body: { readonly yaml: string } }
  | { readonly process: string; readonly body: { readonly version: number } };

/** Reads the argument of a command. Null: the file has errors, and they were printed as `check` does. */
export function readCandidate(cli: Cli, given: string): Candidate | null {
  const [, name, number] = /^([a-z][a-z0-9-]{0,63})@([1-9]\d{0,8})$/.exec(given) ?? [];
  if (name !== undefined) return { process: name, body: { version: Number(number) } };
  const yaml = readText(given);
  const { definition, problems } = readProcess(yaml, given);
  if (definition !== null) return { process: definition.process, body: { yaml } };
  cli.io.err(`${problemReport([{ path: given, text: yaml, problems }], cli)}\n`);
  return null;
}

/** `NAME=VALUE` arguments as an object. */
export function pairsOf(pairs: readonly (readonly [string, string])[]): Readonly<Record<string, string>> {
  const found = new Map<string, string>();
  for (const [name, value] of pairs) {
    if (found.has(name)) throw new UsageError({ zh: `${name} 给了两次`, en: `${name} is given twice` });
    found.set(name, value);
  }
  return Object.fromEntries(found);
}
