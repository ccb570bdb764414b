import type { CalendarDefinition, SegmentKind } from '../calendar/types.ts';
import type { Text } from '../text.ts';

export interface CalendarSummary {
  readonly calendar: string;
  readonly title: Text;
  /** Of its content: versions of processes say by it which one they hold. */
  readonly digest: string;
  /** IANA name. */
  readonly zone: string;
  readonly extends: CalendarDefinition['extends'];
  /** The years of which every holiday is known; null: no year has any that the file does not say. */
  readonly known: { readonly firstYear: number; readonly lastYear: number } | null;
}

export interface CalendarView extends CalendarSummary {
  readonly source: string | null;
  readonly assumed: boolean;
  readonly note: string | null;
  /** Hours `09:00-12:00` of the seven days of the week, Monday first. */
  readonly week: readonly (readonly string[])[];
  /** Of make-up workdays that do not say their own. */
  readonly makeUp: readonly string[];
  readonly days: readonly (Omit<CalendarDefinition['days'][number], 'hours'> & { readonly hours: readonly string[] })[];
}

/** What the time between two instants was, line by line. Durations are ISO 8601, in hours, minutes and seconds. */
export interface BetweenView {
  readonly calendar: string;
  readonly zone: string;
  /** Instants in UTC. */
  readonly from: string;
  readonly to: string;
  /** The sum of the segments that are worked. */
  readonly workingTime: string;
  /** Each working day counts one; a part of one is that part of its hours. */
  readonly workingDays: number;
  readonly segments: readonly SegmentView[];
  /** Why it may change; null: it stands. */
  readonly provisional: Text | null;
}

export interface SegmentView {
  readonly from: string;
  readonly to: string;
  readonly kind: SegmentKind;
  /** Of the holiday, or what is made up for. */
  readonly name: Text | null;
  readonly worked: boolean;
  readonly duration: string;
  readonly provisional: boolean;
}
