import { ticksAfter } from '../calendar/index.ts';
import type { Actor } from '../engine/types.ts';
import { MAIN_TENANT } from '../names.ts';
import type { ScheduleRow } from '../store/types.ts';
import type { ServiceContext } from './context.ts';
import { type ScheduleView, SHOWN_TICKS } from './schedule-view.ts';
import { type Scheduled, scheduledProcesses } from './scheduled.ts';
import { readsProcess } from './sight.ts';

/**
 * The schedules of the processes that the actor sees, in the order of their ids. What they start belongs to the main
 * tenant: others are not told what became of it.
 */
export async function listSchedules(context: ServiceContext, actor: Actor): Promise<readonly ScheduleView[]> {
  const [{ scheduled }, rows] = await Promise.all([scheduledProcesses(context), context.store.listSchedules()]);
  const known = new Map(actor.tenant === MAIN_TENANT ? rows.map((row) => [row.process, row]) : []);
  const now = Date.parse(context.clock.now());
  return scheduled
    .filter(({ process }) => readsProcess(process, actor))
    .map((each) => viewOf(each, known.get(each.process.definition.process) ?? null, now));
}

function viewOf({ process, version, plan }: Scheduled, row: ScheduleRow | null, now: number): ScheduleView {
  const { schedule, calendar, recurrence } = plan;
  const { cron, roll, missed, overlap, sets } = schedule;
  const read = (text: string | null | undefined) => (text === null || text === undefined ? null : JSON.parse(text));
  return {
    process: process.definition.process,
    title: process.definition.title,
    version,
    cron,
    zone: recurrence.zone,
    roll,
    calendar: roll === null ? null : calendar,
    missed,
    overlap,
    sets,
    next: ticksAfter(recurrence, now, SHOWN_TICKS),
    started: read(row?.started),
    refused: read(row?.refused),
    skipped: read(row?.skipped),
  };
}
