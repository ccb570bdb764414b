import { Temporal } from 'temporal-polyfill';
import { suggest } from '../suggest.ts';
import { DAY_MS, dateOf, dayNumber } from './civil.ts';

/** True for the name of a time zone as the IANA writes it (`Asia/Shanghai`, `UTC`). */
export function isZone(name: string): boolean {
  // Offsets (`+08:00`) and abbreviations (`CST`) say nothing of summer time, or too many things.
  if (name !== 'UTC' && !/^[A-Z][A-Za-z_]+(\/[A-Z][A-Za-z_+0-9-]+){1,2}$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The zone most likely meant. */
export function zoneLike(name: string): string | null {
  return suggest(name, [...Intl.supportedValuesOf('timeZone'), 'UTC']);
}

/** The instant at which a day begins; on a day that the zone left out, that of the next. */
export function startOfDay(zone: string, day: number): number {
  return Temporal.PlainDate.from(dateOf(day)).toZonedDateTime(zone).epochMilliseconds;
}

/** The number of the day that an instant falls on. */
export function dayOf(zone: string, instant: number): number {
  const { year, month, day } = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  return dayNumber(year, month, day);
}

/** The instants after `from`, up to `to`, at which clocks are put forward or back. */
export function shiftsBetween(zone: string, from: number, to: number): readonly number[] {
  const shifts: number[] = [];
  for (let at = from; ; ) {
    const next = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds > to) return shifts;
    at = next.epochMilliseconds;
    shifts.push(at);
  }
}

/**
 * The instant of a reading of the wall clock, milliseconds after midnight. A reading that comes twice is the first; of
 * one that is left out it is the moment at which clocks are put forward.
 */
export function readingOf(zone: string, day: number, wall: number): number {
  const plain = Temporal.PlainDate.from(dateOf(day + Math.floor(wall / DAY_MS)))
    .toPlainDateTime()
    .add({ milliseconds: wall % DAY_MS });
  const earlier = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (earlier.toPlainDateTime().equals(plain)) return earlier.epochMilliseconds;
  const shift = earlier.getTimeZoneTransition('next');
  return shift === null ? earlier.epochMilliseconds : shift.epochMilliseconds;
}

/** What the wall clock shows at an instant, milliseconds after the midnight that begins its day. */
export function wallOf(zone: string, instant: number): number {
  const { hour, minute, second, millisecond } =
    Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  return ((hour * 60 + minute) * 60 + second) * 1000 + millisecond;
}
