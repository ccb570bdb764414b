import type { CalendarDefinition } from '../../src/calendar/index.ts';
import type { Sla } from '../../src/definition/sla-types.ts';

/** An SLA of nothing but these words. */
export const sla = (words: Partial<Sla>): Sla => ({
  within: null,
  due: null,
  targets: [],
  from: null,
  calendar: null,
  warn: [],
  breach: null,
  escalate: [],
  pause: [],
  onRework: 'restart',
  onChange: 'keep',
  assumed: false,
  source: null,
  ...words,
});

const hours = [
  { opens: 540, closes: 720 },
  { opens: 780, closes: 1080 },
];

/** Monday to Friday in Shanghai, without holidays. */
export const office: CalendarDefinition = {
  calendar: 'office',
  title: { zh: '办公室', en: 'Office' },
  source: null,
  assumed: false,
  note: null,
  zone: 'Asia/Shanghai',
  extends: 'weekends',
  week: [hours, hours, hours, hours, hours, [], []],
  makeUp: hours,
  days: [],
  knownUntil: null,
};
