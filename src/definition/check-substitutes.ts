import type { Check } from './check.ts';

/** Substitutes: dates that are dates, the right way round, and somebody else. */
export function checkSubstitutes(check: Check): void {
  for (const [n, { for: person, by, from, until }] of check.definition.substitutes.entries()) {
    const path = ['substitutes', n];
    if (!check.sound(path)) continue;
    const wrong = (
      [
        ['from', from],
        ['until', until],
      ] as const
    ).filter(([, day]) => !isDay(day));
    for (const [word, day] of wrong) {
      check.atValue('bad-format', [...path, word], {
        message: { zh: `${day} 不是日期`, en: `${day} is not a date` },
        remedy: { zh: '请写年-月-日，例如 2026-02-01', en: 'Write year-month-day, e.g. 2026-02-01' },
      });
    }
    if (wrong.length === 0 && from > until) {
      check.atValue('min-above-max', [...path, 'from'], {
        message: { zh: `${from} 在 ${until} 之后`, en: `${from} comes after ${until}` },
        remedy: { zh: '请交换或改正 from 和 until', en: 'Exchange or correct from and until' },
      });
    }
    if (person !== by) continue;
    check.atValue('substitute-unfit', [...path, 'by'], {
      message: { zh: `${by} 不能代理自己`, en: `${by} cannot stand in for ${by}` },
      remedy: { zh: '请写另一个人', en: 'Name somebody else' },
    });
  }
}

function isDay(day: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}
