import type { CompiledProcess, CompiledSchedule } from '../compile/types.ts';
import { canonicalJson } from '../json.ts';
import type { ServiceContext } from './context.ts';

/** A process whose newest version starts by itself. */
export interface Scheduled {
  readonly process: CompiledProcess;
  readonly version: number;
  /** Since when it is the newest (ISO 8601 UTC). */
  readonly effectiveAt: string;
  readonly plan: CompiledSchedule;
}

/** The newest version says whether a process starts by itself; one that cannot be read says nothing. */
export async function scheduledProcesses({
  store,
  clock,
  processes,
}: Pick<ServiceContext, 'store' | 'clock' | 'processes'>): Promise<{
  readonly scheduled: readonly Scheduled[];
  /** Those that start by themselves no more, or never did. */
  readonly others: ReadonlySet<string>;
}> {
  const scheduled: Scheduled[] = [];
  const others = new Set<string>();
  for (const { process: name, version, effectiveAt } of await store.listNewest(clock.now())) {
    const found = await processes.get(name, version);
    if (!found?.ok) continue;
    const { process } = found;
    if (process.schedule === null) others.add(name);
    else scheduled.push({ process, version, effectiveAt, plan: process.schedule });
  }
  return { scheduled, others };
}

/** What decides when it starts; an edit of anything else goes on where it was. */
export function planText({ schedule: { cron, roll }, recurrence: { zone } }: CompiledSchedule): string {
  return canonicalJson({ cron, zone, roll });
}
