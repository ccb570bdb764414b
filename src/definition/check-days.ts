import { type DaySpan, dateOf, numberOf } from '../calendar/index.ts';
import { sections, spanOf } from './build-calendar.ts';
import type { CalendarCheck } from './calendar-check.ts';
import type { Path } from './outline.ts';
import { entries, items, member, type Raw, rawOf } from './raw.ts';
import type { Advice } from './report.ts';

/** Most days that one line names, and most days of every year: a calendar must leave something to work. */
const MOST_IN_A_ROW = 366;
const MOST_YEARLY = 100;

/** Special days: they exist, each is named once, and make-up workdays say their year. */
export function checkDays(check: CalendarCheck): void {
  const raw = rawOf(check.outline);
  const seen = new Map<string, string>();
  let yearly = 0;
  for (const { word, kind } of sections) {
    for (const [id, special] of entries(member(raw, word))) {
      for (const { value, path } of daysOf(member(special, 'on'))) {
        if (check.isFull() || !check.sound(path)) continue;
        const tell = (code: Parameters<CalendarCheck['atValue']>[0], advice: Advice) =>
          check.atValue(code, path, advice);
        for (const span of spanOf(String(value))) {
          const days = namesOf(span);
          if ('code' in days) tell(days.code, days.advice);
          else if (kind === 'workday' && 'yearly' in span) tell('bad-format', needsYear(span.yearly));
          else if ('yearly' in span && ++yearly > MOST_YEARLY) tell('out-of-bounds', tooMany(yearly));
          else {
            const twice = days.names.find((name) => seen.has(name));
            if (twice !== undefined) tell('day-twice', twiceAdvice(twice, seen.get(twice) ?? ''));
            for (const name of days.names) if (!seen.has(name)) seen.set(name, `${word} ${id}`);
          }
        }
      }
    }
  }
  checkKnown(check);
}

function daysOf(raw: Raw): readonly { readonly value: unknown; readonly path: Path }[] {
  return typeof raw.value === 'string' ? [raw] : items(raw);
}

type Names =
  | { readonly names: readonly string[] }
  | { readonly code: 'day-unknown' | 'min-above-max' | 'out-of-bounds'; readonly advice: Advice };

/** The days that a span names, `2026-02-16` or `12-25`, or what is wrong with it. */
function namesOf(span: DaySpan): Names {
  if ('yearly' in span) {
    // 2028 is a leap year: 29 February is a day of some years.
    return numberOf(`2028-${span.yearly}`) === null ? unknownDay(span.yearly) : { names: [span.yearly] };
  }
  const [from, until] = [numberOf(span.from), numberOf(span.until)];
  if (from === null) return unknownDay(span.from);
  if (until === null) return unknownDay(span.until);
  if (until < from) {
    return {
      code: 'min-above-max',
      advice: {
        message: { zh: `${span.from} 在 ${span.until} 之后`, en: `${span.from} comes after ${span.until}` },
        remedy: { zh: '请交换或改正两个日期', en: 'Exchange or correct the two' },
      },
    };
  }
  if (until - from >= MOST_IN_A_ROW) {
    return {
      code: 'out-of-bounds',
      advice: {
        message: {
          zh: `这里有 ${until - from + 1} 天，最多 ${MOST_IN_A_ROW}`,
          en: `These are ${until - from + 1} days; at most ${MOST_IN_A_ROW} may be named in a row`,
        },
        remedy: { zh: '请改短', en: 'Make it shorter' },
      },
    };
  }
  return {
    names: Array.from({ length: until - from + 1 }, (_, index) => dateOf(from + index)),
  };
}

function unknownDay(day: string): Names {
  return {
    code: 'day-unknown',
    advice: {
      message: { zh: `没有 ${day} 这一天`, en: `There is no day ${day}` },
      remedy: { zh: '请检查月份和日', en: 'Check the month and the day' },
    },
  };
}

function needsYear(day: string): Advice {
  return {
    message: { zh: `调休工作日 ${day} 没有年份`, en: `The make-up workday ${day} has no year` },
    remedy: { zh: `请写上年份，例如 2026-${day}`, en: `Write the year, e.g. 2026-${day}` },
  };
}

function tooMany(found: number): Advice {
  return {
    message: {
      zh: `每年的日子有 ${found} 个，最多 ${MOST_YEARLY}`,
      en: `There are ${found} days of every year; at most ${MOST_YEARLY}`,
    },
    remedy: { zh: '请减少，或改写 hours', en: 'Write fewer, or change `hours`' },
  };
}

function twiceAdvice(day: string, where: string): Advice {
  return {
    message: { zh: `${day} 已经写在 ${where} 里`, en: `${day} stands in ${where} already` },
    remedy: { zh: '请只保留一处', en: 'Keep one of the two' },
  };
}

/** Days of certain years, and nothing says from when on there are no more: later years would silently have none. */
function checkKnown(check: CalendarCheck): void {
  const { extends: base, knownUntil, days } = check.definition;
  const dated = days.find(({ kind, on }) => kind === 'holiday' && on.some((span) => 'from' in span));
  if (base === 'cn' || knownUntil !== null || dated === undefined || !check.sound(['known_until'])) return;
  check.atKey('known-until-missing', ['holidays', dated.id], {
    message: {
      zh: `${dated.id} 只写了某些年的日子，之后的年份会当作没有节假日`,
      en: `${dated.id} has days of certain years; later years would count as having none`,
    },
    remedy: {
      zh: '请加上 known_until: 年份（已写全的最后一年），之后的结果会标为暂定',
      en: 'Add known_until: with the last year that is complete; what is reckoned beyond is then provisional',
    },
  });
}
