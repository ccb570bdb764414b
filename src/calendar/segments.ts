import type { Calendar } from './calendar.ts';
import { at, dayIndexOf } from './position.ts';
import type { Day, DayKind, Segment, SegmentKind } from './types.ts';

const working: Readonly<Record<DayKind, SegmentKind>> = {
  workday: 'working',
  'make-up': 'make-up',
  'half-day': 'half-day',
  weekend: 'weekend',
  holiday: 'holiday',
};

/** True when the time of such a segment counts as working time. */
export function isWorked(kind: SegmentKind): boolean {
  return kind === 'working' || kind === 'make-up' || kind === 'half-day';
}

/**
 * The time between two instants as a ledger: segments that follow each other without gap or overlap, each of one kind
 * and, where it has one, of one name. The working time between the two is the sum of those that are worked.
 */
export function segments(calendar: Calendar, from: number, to: number): readonly Segment[] {
  const list: Segment[] = [];
  const push = (segment: Segment): void => {
    const begin = Math.max(segment.from, from);
    const end = Math.min(segment.to, to);
    if (end <= begin) return;
    const last = list.at(-1);
    if (last !== undefined && isSame(last, segment)) list[list.length - 1] = { ...last, to: end };
    else list.push({ ...segment, from: begin, to: end });
  };
  if (to <= from) return [];
  const first = dayIndexOf(calendar.table, from);
  const last = dayIndexOf(calendar.table, to);
  for (let index = first; index <= last; index++) for (const segment of ofDay(calendar, index)) push(segment);
  return list;
}

function ofDay({ table: { days }, dayAt }: Calendar, index: number): readonly Segment[] {
  const day = dayAt(days.first + index);
  const list: Segment[] = [];
  let from = at(days.starts, index);
  const upTo = (to: number, kind: SegmentKind): void => {
    if (to > from) list.push({ from, to, kind, ...wordsOf(day, kind) });
    from = to;
  };
  const off = day.periods.length > 0 ? 'off-hours' : working[day.kind];
  for (let period = at(days.periods, index); period < at(days.periods, index + 1); period++) {
    upTo(at(days.opens, period), off);
    upTo(at(days.closes, period), working[day.kind]);
  }
  upTo(at(days.starts, index + 1), off);
  return list;
}

function wordsOf({ name, provisional }: Day, kind: SegmentKind) {
  return { name: kind === 'off-hours' ? null : name, provisional };
}

function isSame(one: Segment, other: Segment): boolean {
  return (
    one.to === other.from &&
    one.kind === other.kind &&
    one.provisional === other.provisional &&
    one.name?.zh === other.name?.zh &&
    one.name?.en === other.name?.en
  );
}
