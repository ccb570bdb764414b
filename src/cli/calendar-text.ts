import { type Calendar, numberOf, type Period, periodText, type WorkedDay, weekdayOf } from '../calendar/index.ts';
import type { Language, Text } from '../text.ts';
import type { Cli } from './command.ts';
import { tableText } from './plain-table.ts';

const weekdays = {
  zh: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
};

const kinds: Readonly<Record<WorkedDay['kind'], Text>> = {
  workday: { zh: '', en: '' },
  weekend: { zh: '周末', en: 'weekend' },
  holiday: { zh: '节假日', en: 'holiday' },
  'make-up': { zh: '调休上班', en: 'make-up workday' },
  'half-day': { zh: '半天', en: 'half day' },
};

/** A month for people: a line a day, and what it comes to. */
export function monthText(
  { definition, provisional }: Calendar,
  month: string,
  days: readonly WorkedDay[],
  { language, paint }: Pick<Cli, 'language' | 'paint'>,
): string {
  const { calendar, title, zone } = definition;
  const rows = days.map((day) => [
    day.date,
    weekdayText(day, language),
    hoursText(day.periods),
    timeOf(day.worked),
    dayText(day, language),
  ]);
  const head = { zh: ['日期', '星期', '工作时间', '时长', ''], en: ['date', 'day', 'hours', 'worked', ''] };
  const notes =
    days.some((day) => day.provisional) && provisional !== null ? [paint.yellow(provisional.reason[language])] : [];
  return [
    `${title[language]} (${calendar}, ${zone}) ${month}`,
    tableText(head[language], rows, { paint }),
    totalText(days)[language],
    ...notes,
  ].join('\n');
}

export function monthJson({ definition, provisional }: Calendar, month: string, days: readonly WorkedDay[]) {
  const { calendar, title, zone } = definition;
  return {
    calendar,
    title,
    zone,
    month,
    days: days.map((day) => ({
      date: day.date,
      kind: day.kind,
      name: day.name,
      hours: day.periods.map(periodText),
      workedMinutes: day.worked / 60_000,
      provisional: day.provisional,
    })),
    totals: totalsOf(days),
    provisional: days.some((day) => day.provisional) ? (provisional?.reason ?? null) : null,
  };
}

function totalsOf(days: readonly WorkedDay[]) {
  const count = (kind: WorkedDay['kind']) => days.filter((day) => day.kind === kind).length;
  return {
    workingDays: days.filter(({ worked }) => worked > 0).length,
    workedMinutes: days.reduce((sum, { worked }) => sum + worked, 0) / 60_000,
    makeUpWorkdays: count('make-up'),
    halfDays: count('half-day'),
    holidays: count('holiday'),
    weekendDays: count('weekend'),
  };
}

function totalText(days: readonly WorkedDay[]): Text {
  const { workingDays, workedMinutes, makeUpWorkdays, halfDays, holidays, weekendDays } = totalsOf(days);
  const time = timeOf(workedMinutes * 60_000);
  return {
    zh: `工作日 ${workingDays} 天，共 ${time} 小时；其中调休上班 ${makeUpWorkdays} 天，半天 ${halfDays} 天；节假日 ${holidays} 天，周末 ${weekendDays} 天`,
    en: `${workingDays} working days, ${time} hours; of these ${makeUpWorkdays} make-up workdays and ${halfDays} half days; ${holidays} days of holidays, ${weekendDays} of weekends`,
  };
}

function weekdayText({ date }: WorkedDay, language: Language): string {
  return weekdays[language][weekdayOf(numberOf(date) ?? 0)] ?? '';
}

function dayText({ kind, name, provisional }: WorkedDay, language: Language): string {
  const words = [kinds[kind][language], name?.[language] ?? ''].filter((word) => word !== '');
  const text = words.join(language === 'zh' ? '：' : ': ');
  return provisional ? `${text} ?`.trim() : text;
}

function hoursText(periods: readonly Period[]): string {
  return periods.map(periodText).join(' ');
}

/** Milliseconds as hours and minutes, `7:30`; nothing for none. */
function timeOf(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  return minutes === 0 ? '' : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}
