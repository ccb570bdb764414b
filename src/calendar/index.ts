// Business time. In: a calendar (typed), instants in UTC milliseconds, durations, cron. Out: the instant after or before so
// much time, how much lies between two, the ledger of what that time was, when something happens again and again, and
// whether holidays that are not known yet may change it.
// Never: files, a clock, the machine's zone. What it keeps are tables of days that follow from the calendar alone.
export { type Calendar, openCalendar } from './calendar.ts';
export { china } from './china.ts';
export { dateOf, dayNumber, numberOf, weekdayOf } from './civil.ts';
export { type CronTimes, readCron } from './cron.ts';
export { type Duration, type DurationUnit, durationUnits, isTooLong, parseDuration } from './duration.ts';
export { daysOfMonth, type WorkedDay } from './month.ts';
export { periodText } from './period.ts';
export { add, between, exactBetween, provisionalAt, subtract } from './reckon.ts';
export { isWorked, segments } from './segments.ts';
export { FIRST_YEAR, LAST_YEAR } from './table.ts';
export { nextTick, type Recurrence, type Roll, ticksAfter } from './ticks.ts';
export * from './types.ts';
export { dayOf, isZone, startOfDay, zoneLike } from './zone.ts';
