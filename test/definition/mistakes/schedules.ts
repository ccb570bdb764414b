import type { Mistake } from './mistake.ts';

const KEY = 'key: request_no';
const schedule = (words: string) => `${KEY}\nschedule: { ${words} }`;

/** When a process starts by itself. */
export const schedules: readonly Mistake[] = [
  [KEY, schedule('cron: «"0 18 * *"»'), 'bad-cron'],
  [KEY, schedule('cron: «"@daily"»'), 'bad-cron'],
  [KEY, schedule('cron: «"0 25 * * *"»'), 'bad-cron'],
  [KEY, schedule('cron: «"0 9 30 2 *"»'), 'bad-cron'],
  [KEY, schedule('cron: «"* * * * *"»'), 'bad-cron'],
  [KEY, schedule('cron: «"0 9 1 * mon"»'), 'bad-cron'],
  [KEY, schedule('cron: «18»'), 'wrong-type'],
  [KEY, `${KEY}\n«schedule»: { roll: skip }`, 'missing-key'],
  [KEY, schedule('cron: "0 18 * * *", zone: «Asia/Shanghia»'), 'unknown-zone'],
  [KEY, schedule('cron: "0 18 * * *", zone: «+08:00»'), 'unknown-zone'],
  [KEY, schedule('cron: "0 18 * * *", roll: «next-day»'), 'unknown-value'],
  [KEY, schedule('cron: "0 18 * * *", missed: «never»'), 'unknown-value'],
  [KEY, schedule('cron: "0 18 * * *", sets: «due_onn»'), 'unknown-field'],
  [KEY, schedule('cron: "0 18 * * *", sets: «ordered_at»'), 'time-field-needed'],
  [KEY, schedule('cron: "0 18 * * *", «rol»: skip'), 'unknown-key'],
  [
    'key: request_no\ncalendar: china',
    schedule('cron: "0 18 * * *", «roll»: skip'),
    'calendar-missing',
    'calendar-missing',
  ],
];
