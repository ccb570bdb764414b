import { linesOf } from '../definition/index.ts';
import { diffProcesses, type Version } from '../diff/index.ts';
import type { Actor } from '../engine/types.ts';
import type { ServiceContext } from './context.ts';
import { readCompiled } from './processes.ts';
import type { ProcessDiff } from './types.ts';

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

function versionOf({ process, row }: Awaited<ReturnType<typeof readCompiled>>): Version {
  return { definition: process.definition, lineOf: linesOf(row.yaml) };
}
