import type { Database } from './database.ts';
import type { ScheduleStore } from './schedule-types.ts';

const columns = ['process', 'plan', 'until', 'started', 'refused', 'skipped'] as const;

/** More processes than any server runs. */
const MOST_SCHEDULES = 10_000;

export function scheduleQueries({ reader, writer }: Database): ScheduleStore {
  return {
    listSchedules: async () =>
      await reader('schedules')
        .select(...columns)
        .orderBy('process')
        .limit(MOST_SCHEDULES),
    async beginSchedule(process, plan, until) {
      await writer('schedules').insert({ process, plan, until }).onConflict(['process']).merge(['plan', 'until']);
    },
    async endSchedule(process) {
      await writer('schedules').where({ process }).delete();
    },
    async advanceSchedule(process, done) {
      await writer('schedules')
        .where({ process })
        .where('until', '<', done.until)
        .update({ ...done });
    },
  };
}
