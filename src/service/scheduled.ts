import type { CompiledProcess, CompiledSchedule } from '../compile/types.ts';
import { canonicalJson } from '../json.ts';
import type { ServiceContext } from './context.ts';

/** A process whose newest version starts by itself. */
export interface Scheduled {
  readonly process: CompiledProcess;
  readonly version: number;
  /** ISO 8601 UTC. */
  readonly publishedAt: string;
  readonly plan: CompiledSchedule;
}

/** The newest version says whether a process starts by itself; one that cannot be read says nothing. */
export async function scheduledProcesses({ store, processes }: Pick<ServiceContext, 'store' | 'processes'>): Promise<{
  readonly scheduled: readonly Scheduled[];
  /** Those that start by themselves no more, or never did. */
  readonly others: ReadonlySet<string>;
}> {
  const newest = new Map<string, number>();
  for (const { process, version } of await store.listDefinitionNames())
    newest.set(process, Math.max(version, newest.get(process) ?? 0));
  const scheduled: Scheduled[] = [];
  const others = new Set<string>();
  for (const [name, version] of newest) {
    const found = await processes.get(name, version);
    if (!found?.ok) continue;
    const { process, row } = found;
    if (process.schedule === null) others.add(name);
    else scheduled.push({ process, version, publishedAt: row.publishedAt, plan: process.schedule });
  }
  return { scheduled, others };
}

/** What decides when it starts; an edit of anything else goes on where it was. */
export function planText({ schedule: { cron, roll }, recurrence: { zone } }: CompiledSchedule): string {
  return canonicalJson({ cron, zone, roll });
}
