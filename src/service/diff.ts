import { linesOf } from '../definition/index.ts';
import { diffProcesses, type Version } from '../diff/index.ts';
import { Members } from '../engine/index.ts';
import type { Actor } from '../engine/types.ts';
import { candidateOf, readVersion, readYaml } from './candidate.ts';
import type { ServiceContext } from './context.ts';
import { invalidMembers } from './invalid-members.ts';
import { readCompiled } from './processes.ts';
import type { GivenMembers } from './subscription-types.ts';
import type { ProcessDiff, TextDiff } from './types.ts';

/** What one published version says otherwise than another. `to` null: the newest. */
export async function diff(
  context: ServiceContext,
  process: string,
  from: number,
  to: number | null,
  actor: Actor,
): Promise<ProcessDiff> {
  const [before, after] = await Promise.all([
    readCompiled(context, process, from, actor),
    readCompiled(context, process, to, actor),
  ]);
  const found = diffProcesses(versionOf(before), versionOf(after));
  return { process, from: before.row.version, to: after.row.version, ...found };
}

const MEMBERS = ['yaml', 'from'];

/** What a file says otherwise than a version that is there; `from` absent: than the newest. */
export async function diffText(
  context: ServiceContext,
  process: string,
  given: GivenMembers,
  actor: Actor,
): Promise<TextDiff> {
  const members = new Members(given, MEMBERS, MEMBERS);
  const yaml = readYaml(members);
  const from = readVersion(members, 'from');
  if (yaml === null || members.problems.length > 0) throw invalidMembers(members.problems);
  const before = await readCompiled(context, process, from, actor);
  const { definition } = await candidateOf(context, process, { yaml }, actor);
  const found = diffProcesses(versionOf(before), { definition, lineOf: linesOf(yaml) });
  return { process, from: before.row.version, ...found };
}

function versionOf({ process, row }: Awaited<ReturnType<typeof readCompiled>>): Version {
  return { definition: process.definition, lineOf: linesOf(row.yaml) };
}
