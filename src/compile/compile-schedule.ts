import { type Calendar, readCron } from '../calendar/index.ts';
import type { ProcessDefinition } from '../definition/types.ts';
import type { CompiledSchedule } from './types.ts';

/** The zone of a process that names neither one nor a calendar. */
const ZONE = 'Asia/Shanghai';

/** Of several calendars that of no condition counts: nothing is known yet of what a schedule starts. */
export function compileSchedule(
  { schedule, calendar: choices }: ProcessDefinition,
  calendars: ReadonlyMap<string, Calendar>,
): CompiledSchedule | null {
  if (schedule === null) return null;
  const read = readCron(schedule.cron);
  if ('why' in read) throw new Error(`schedule ${schedule.cron}: ${read.why.en}`);
  const use = (choices.find(({ when }) => when === null) ?? choices.at(-1))?.use ?? null;
  const calendar = use === null ? null : (calendars.get(use) ?? null);
  const zone = schedule.zone ?? calendar?.definition.zone ?? ZONE;
  return { schedule, calendar: use, recurrence: { cron: read.cron, zone, roll: schedule.roll, calendar } };
}
