import { describe, expect, it } from 'vitest';
import { openCalendar, segments } from '../../src/calendar/index.ts';
import { chinaOffice, ms } from './calendars.ts';

const calendar = openCalendar(chinaOffice);
const local = (instant: number): string => new Date(instant + 8 * 3_600_000).toISOString().slice(5, 16);
const ledger = (from: string, to: string) =>
  segments(calendar, ms(from), ms(to)).map(({ from, to, kind, name, provisional }) =>
    [local(from), local(to), kind, ...(name === null ? [] : [name.zh]), ...(provisional ? ['?'] : [])].join(' '),
  );

describe('the ledger of a stretch of time', () => {
  it('says over a Spring Festival what each part of it was', () => {
    expect(ledger('2026-02-13T17:30+08:00', '2026-02-24T10:00+08:00')).toEqual([
      '02-13T17:30 02-13T18:00 working',
      '02-13T18:00 02-14T09:00 off-hours',
      '02-14T09:00 02-14T12:00 make-up 春节',
      '02-14T12:00 02-14T13:30 off-hours',
      '02-14T13:30 02-14T18:00 make-up 春节',
      '02-14T18:00 02-15T00:00 off-hours',
      '02-15T00:00 02-24T00:00 holiday 春节',
      '02-24T00:00 02-24T09:00 off-hours',
      '02-24T09:00 02-24T10:00 working',
    ]);
  });

  it('tells a weekend from a holiday, and what is not known yet', () => {
    expect(ledger('2026-12-31T17:00+08:00', '2027-01-04T09:30+08:00')).toEqual([
      '12-31T17:00 12-31T18:00 working',
      '12-31T18:00 01-01T00:00 off-hours',
      '01-01T00:00 01-01T09:00 off-hours ?',
      '01-01T09:00 01-01T12:00 working ?',
      '01-01T12:00 01-01T13:30 off-hours ?',
      '01-01T13:30 01-01T18:00 working ?',
      '01-01T18:00 01-02T00:00 off-hours ?',
      '01-02T00:00 01-04T00:00 weekend ?',
      '01-04T00:00 01-04T09:00 off-hours ?',
      '01-04T09:00 01-04T09:30 working ?',
    ]);
  });

  it('is empty where there is no time', () => {
    expect(ledger('2026-02-13T17:30+08:00', '2026-02-13T17:30+08:00')).toEqual([]);
  });
});
