import { add, between, openCalendar } from '../../src/calendar/index.ts';
import { chinaOffice, ms } from '../calendar/calendars.ts';

export interface CalendarFigures {
  /** Calls a second. */
  readonly addDays: number;
  readonly addHours: number;
  readonly between: number;
  /** Milliseconds to compile the years around, in a zone with summer time. */
  readonly opening: number;
}

export const calendarDefaults = { calls: 3_000_000 };

/** Business time on a calendar whose years are compiled, from instants all over two years. */
export function benchCalendar({ calls }: { readonly calls: number }): CalendarFigures {
  const calendar = openCalendar(chinaOffice);
  const from = ms('2025-01-01T00:00Z');
  const span = ms('2026-11-01T00:00Z') - from;
  // A stride that comes to every hour of the week.
  const instant = (index: number) => from + ((index * 7_919_000) % span);
  const perSecond = (call: (at: number) => number): number => {
    let sum = 0;
    for (let index = 0; index < calls / 10; index++) sum += call(instant(index));
    const start = performance.now();
    for (let index = 0; index < calls; index++) sum += call(instant(index));
    const seconds = (performance.now() - start) / 1000;
    if (Number.isNaN(sum)) throw new Error('the calendar has no answer');
    return calls / seconds;
  };
  const days = { amount: 3, unit: 'working days' } as const;
  const hours = { amount: 20, unit: 'working hours' } as const;
  const start = performance.now();
  add(openCalendar({ ...chinaOffice, zone: 'Europe/Berlin' }), from, days);
  const opening = performance.now() - start;
  return {
    addDays: perSecond((at) => add(calendar, at, days).at),
    addHours: perSecond((at) => add(calendar, at, hours).at),
    between: perSecond((at) => between(calendar, at, at + 900_000_000, 'working hours')),
    opening,
  };
}

export function printCalendar({ addDays, addHours, between: both, opening }: CalendarFigures): void {
  const millions = (perSecond: number) => `${(perSecond / 1e6).toFixed(2)} million/s`;
  console.log(`  add, working days:      ${millions(addDays)}`);
  console.log(`  add, working hours:     ${millions(addHours)}`);
  console.log(`  between, working hours: ${millions(both)}`);
  console.log(`  opening a calendar:     ${opening.toFixed(0)} ms`);
}
