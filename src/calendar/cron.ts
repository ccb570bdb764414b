import { Cron } from 'croner';
import type { Text } from '../text.ts';

/** When something is to happen, on the wall clock: minute, hour, day of the month, month, day of the week. */
export interface CronTimes {
  /**
   * The next time after one, both as milliseconds of a wall clock that is never put forward or back; null: there is none.
   */
  readonly next: (wall: number) => number | null;
}

/** Least minutes between two times: what happens more often is a job for a machine, not a process for people. */
export const LEAST_MINUTES = 5;

/** Times looked at for the least distance: a day and more of the most frequent ones. */
const LOOKED_AT = 300;
const MINUTE_MS = 60_000;
const BEGIN = Date.UTC(2023, 11, 31, 23, 59);

const NAMES = /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)$/i;

/** Reads five fields of cron; what other programs add to them (`@daily`, seconds, `?`, `#`, `W`) is left out. */
export function readCron(text: string): { readonly cron: CronTimes } | { readonly why: Text } {
  const fields = text.trim().split(/ +/);
  const parts = fields.flatMap((field) => field.split(/[,/-]/));
  const strange = parts.find((part) => part !== '*' && part !== 'L' && !/^\d{1,2}$/.test(part) && !NAMES.test(part));
  if (fields.length !== 5 || strange !== undefined) {
    return {
      why: {
        zh: `应是五个字段：分 时 日 月 星期，只用数字、* , - / 和 mon、jan 这样的名称（月末写 L）；收到 ${text}`,
        en: `it should be five fields, minute hour day month weekday, of numbers, * , - / and names such as mon and jan (L is the last day of the month); found ${text}`,
      },
    };
  }
  if (fields[2] !== '*' && fields[4] !== '*') {
    return {
      why: {
        zh: '日和星期都写时，各程序理解不一（“或”还是“且”）',
        en: 'a day of the month and a day of the week together mean one or both, depending on whom you ask',
      },
    };
  }
  let cron: Cron;
  try {
    cron = new Cron(text.trim(), { timezone: 'UTC', mode: '5-part', paused: true });
  } catch (error) {
    const said = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : '';
    return { why: { zh: `cron 写法有误：${said}`, en: `cron says: ${said}` } };
  }
  const times: CronTimes = { next: (wall) => cron.nextRun(new Date(wall))?.getTime() ?? null };
  const why = rarity(times);
  return why === null ? { cron: times } : { why };
}

/** Why it happens never, or too often. */
function rarity({ next }: CronTimes): Text | null {
  let last = next(BEGIN);
  if (last === null) {
    return { zh: '没有这样的日子，永远不会发生', en: 'there is no such day: it would never happen' };
  }
  for (let n = 1; n < LOOKED_AT; n++) {
    const then = next(last);
    if (then === null) return null;
    if (then - last < LEAST_MINUTES * MINUTE_MS) {
      return {
        zh: `两次之间至少 ${LEAST_MINUTES} 分钟，这里有的只隔 ${(then - last) / MINUTE_MS} 分钟`,
        en: `there must be ${LEAST_MINUTES} minutes between two times, and here are ${(then - last) / MINUTE_MS}`,
      };
    }
    last = then;
  }
  return null;
}
