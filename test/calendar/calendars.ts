import type { CalendarDefinition, Period } from '../../src/calendar/index.ts';

export const hours = (...words: readonly string[]): readonly Period[] =>
  words.map((word) => {
    const [opens = 0, closes = 0] = word.split('-').map((time) => {
      const [hour = 0, minute = 0] = time.split(':').map(Number);
      return hour * 60 + minute;
    });
    return { opens, closes };
  });

const office = hours('09:00-12:00', '13:30-18:00');

/** Mainland China, 7.5 hours a day. */
export const chinaOffice: CalendarDefinition = {
  calendar: 'china',
  title: { zh: '中国', en: 'China' },
  source: null,
  assumed: false,
  note: null,
  zone: 'Asia/Shanghai',
  extends: 'cn',
  week: [office, office, office, office, office, [], []],
  makeUp: office,
  days: [],
  knownUntil: null,
};

export const ms = (instant: string): number => Date.parse(instant);
export const iso = (instant: number): string => new Date(instant).toISOString();
