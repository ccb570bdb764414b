import { weekdays } from '../calendar/index.ts';
import { suggest } from '../suggest.ts';
import { MAKE_UP, periodOf, sections } from './build-calendar.ts';
import type { CalendarCheck } from './calendar-check.ts';
import { writeInstead } from './fix.ts';
import type { Path } from './outline.ts';
import { entries, items, member, type Raw, rawOf } from './raw.ts';
import { weekdaysOf } from './weekdays.ts';

/** Hours of the week and of single days: the right way round, apart from each other, each day of the week once. */
export function checkHours(check: CalendarCheck): void {
  const raw = rawOf(check.outline);
  const hours = member(raw, 'hours');
  checkPeriods(check, hours);
  checkWeekdays(check, hours);
  for (const { word } of sections)
    for (const [, special] of entries(member(raw, word))) checkPeriods(check, member(special, 'hours'));
  if (check.definition.week.every((day) => day.length === 0) && check.sound(['hours'])) {
    check.atKey('hours-missing', ['hours'], {
      message: { zh: '没有一天有工作时间', en: 'No day of the week has working hours' },
      remedy: { zh: '请写上，例如 mon-fri: 09:00-18:00', en: 'Write some, e.g. mon-fri: 09:00-18:00' },
    });
  }
}

function checkWeekdays(check: CalendarCheck, hours: Raw): void {
  const seen = new Map<number, string>();
  for (const [words, of] of entries(hours)) {
    checkPeriods(check, of);
    if (words === MAKE_UP) continue;
    const days = weekdaysOf(words);
    if (days === null) unknownWeekday(check, of.path, words);
    const twice = days?.find((day) => seen.has(day));
    if (twice !== undefined) {
      check.atKey('day-twice', of.path, {
        message: {
          zh: `${weekdays[twice]} 已经写在 ${seen.get(twice)} 里`,
          en: `${weekdays[twice]} has its hours in ${seen.get(twice)} already`,
        },
        remedy: { zh: '请让每一天只出现一次', en: 'Let each day stand in one place only' },
      });
    }
    for (const day of days ?? []) seen.set(day, words);
  }
}

function unknownWeekday(check: CalendarCheck, path: Path, words: string): void {
  const near = suggest(words, [...weekdays, MAKE_UP, 'mon-fri', 'mon-sat', 'mon-sun', 'sun-thu']);
  const list = `${weekdays.join(', ')}, mon-fri, ${MAKE_UP}`;
  check.atKey('unknown-weekday', path, {
    message: { zh: `${words} 不是星期几`, en: `${words} is no day of the week` },
    remedy: {
      zh: near === null ? `可以写：${list}` : `是不是想写 ${near}？可以写：${list}`,
      en: near === null ? `Write one of: ${list}` : `Did you mean ${near}? Write one of: ${list}`,
    },
    fix: writeInstead(near),
  });
}

/** One stretch of a day or a list of them. */
function checkPeriods(check: CalendarCheck, raw: Raw): void {
  const list = typeof raw.value === 'string' ? [raw] : items(raw);
  const earlier: { readonly words: string; readonly opens: number; readonly closes: number }[] = [];
  for (const { value, path } of list) {
    const words = String(value);
    const period = periodOf(words);
    if (period === null || !check.sound(path)) continue;
    const other = earlier.find(({ opens, closes }) => period.opens < closes && opens < period.closes);
    if (period.closes <= period.opens) {
      check.atValue('hours-backwards', path, {
        message: { zh: `${words} 的结束不晚于开始`, en: `${words} ends before it begins` },
        remedy: {
          zh: '请交换或改正；跨夜的班分两天写：22:00-24:00 和次日 00:00-06:00',
          en: 'Exchange or correct the two; write a night as 22:00-24:00 and, on the next day, 00:00-06:00',
        },
      });
    } else if (other !== undefined) {
      check.atValue('hours-overlap', path, {
        message: { zh: `${words} 与 ${other.words} 重叠`, en: `${words} overlaps with ${other.words}` },
        remedy: { zh: '请让它们不重叠，或合成一段', en: 'Keep them apart, or make one of the two' },
      });
    } else earlier.push({ words, ...period });
  }
}
