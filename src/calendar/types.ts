import type { Text } from '../text.ts';

/** What holidays there are before a calendar says anything: mainland China's, none but weekends, or none at all. */
export const bases = ['cn', 'weekends', 'none'] as const;
export type Base = (typeof bases)[number];

/** The days of the week as they are written; Monday is 0. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** A calendar as its owner wrote it, checked and typed: plain JSON. */
export interface CalendarDefinition {
  readonly calendar: string;
  readonly title: Text;
  readonly source: string | null;
  readonly assumed: boolean;
  readonly note: string | null;
  /** IANA name of the time zone in which days begin and clocks are read. */
  readonly zone: string;
  readonly extends: Base;
  /** Opening hours of the seven days of the week, Monday first; none: nobody works on that day. */
  readonly week: readonly (readonly Period[])[];
  /** Opening hours of make-up workdays that do not say their own. */
  readonly makeUp: readonly Period[];
  /** Days that differ from the week, in the order written. */
  readonly days: readonly SpecialDays[];
  /** The last year of which every holiday is known; null: that of the data, without data for ever. */
  readonly knownUntil: number | null;
}

/** From opening to closing, in minutes after midnight on the wall clock: 0 to 1440. */
export interface Period {
  readonly opens: number;
  readonly closes: number;
}

export interface SpecialDays {
  readonly id: string;
  readonly title: Text;
  readonly kind: 'holiday' | 'half-day' | 'workday';
  readonly on: readonly DaySpan[];
  /** Empty: none on a holiday, those of make-up workdays on a workday. */
  readonly hours: readonly Period[];
}

/** Days that exist, both included, or a day `MM-DD` of every year. */
export type DaySpan = { readonly from: string; readonly until: string } | { readonly yearly: string };

/** What a country decrees: days `YYYY-MM-DD` off and made up for, with the names of the holidays they belong to. */
export interface Decreed {
  readonly firstYear: number;
  readonly lastYear: number;
  readonly holidays: ReadonlyMap<string, Text>;
  readonly makeUp: ReadonlyMap<string, Text>;
}

/** `half-day` and `make-up` are worked, each by hours of its own; a `weekend` is any day without hours in the week. */
export type DayKind = 'workday' | 'make-up' | 'half-day' | 'weekend' | 'holiday';

/** What one day of a calendar is. */
export interface Day {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly kind: DayKind;
  /** Of the holiday, or the one that is made up for; null: an ordinary day. */
  readonly name: Text | null;
  readonly periods: readonly Period[];
  /** Nobody knows yet which days of that year are off. */
  readonly provisional: boolean;
}

/** Why a result may change: it touches days whose holidays are not known. */
export interface Provisional {
  /** First and last year of which every holiday is known. */
  readonly firstYear: number;
  readonly lastYear: number;
  readonly reason: Text;
}

/** A point in time that was reckoned: milliseconds since 1970 in UTC. */
export interface Moment {
  readonly at: number;
  /** Null: it stands. Else it is to be reckoned again with newer data. */
  readonly provisional: Provisional | null;
}

/** `working`, `make-up` and `half-day` count; the rest is when nobody works. */
export type SegmentKind = 'working' | 'make-up' | 'half-day' | 'off-hours' | 'weekend' | 'holiday';

/** A stretch of time of one kind: milliseconds since 1970 in UTC, `from` included, `to` not. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  readonly kind: SegmentKind;
  readonly name: Text | null;
  readonly provisional: boolean;
}
