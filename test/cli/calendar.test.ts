import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freshFolder, runCli } from './testing-cli.ts';

const processes = new URL('../../processes', import.meta.url).pathname;
const show = (...words: readonly string[]) => runCli(['calendar', ...words, '--processes', processes]);

describe('phasegate calendar', () => {
  it('prints a month with its holidays by name, make-up workdays, hours and totals', async () => {
    const { code, out, err } = await show('china', '2026-02');
    const lines = out.trimEnd().split('\n');
    expect([code, err, lines.length]).toEqual([0, '', 31]);
    expect(lines[0]).toBe('Mainland China (china, Asia/Shanghai) 2026-02');
    expect(
      lines.filter((line) => /02-1[34567]|02-2[3478]/.test(line)).map((line) => line.replaceAll(/ +/g, ' ')),
    ).toEqual([
      '2026-02-13 Fri 09:00-12:00 13:30-18:00 7:30',
      '2026-02-14 Sat 09:00-12:00 13:30-18:00 7:30 make-up workday: Spring Festival',
      '2026-02-15 Sun holiday: Spring Festival',
      '2026-02-16 Mon holiday: Spring Festival',
      '2026-02-17 Tue holiday: Spring Festival',
      '2026-02-23 Mon holiday: Spring Festival',
      '2026-02-24 Tue 09:00-12:00 13:30-18:00 7:30',
      '2026-02-27 Fri 09:00-12:00 13:30-18:00 7:30',
      '2026-02-28 Sat 09:00-12:00 13:30-18:00 7:30 make-up workday: Spring Festival',
    ]);
    expect(lines[30]).toBe(
      '16 working days, 120:00 hours; of these 2 make-up workdays and 0 half days; 9 days of holidays, 3 of weekends',
    );
  });

  it('says the same in Chinese', async () => {
    const { out } = await show('china', '2026-02', '--lang', 'zh');
    expect(out).toMatch(/2026-02-14 +周六 +09:00-12:00 13:30-18:00 +7:30 +调休上班：春节\n/);
    expect(out).toContain('工作日 16 天，共 120:00 小时；其中调休上班 2 天，半天 0 天；节假日 9 天，周末 3 天');
  });

  it('gives it as JSON', async () => {
    const { out } = await show('germany', '2026-12', '--json');
    const month = JSON.parse(out);
    expect({ ...month, days: month.days.slice(23, 25) }).toEqual({
      calendar: 'germany',
      title: { zh: '德国工作日历', en: 'Germany' },
      zone: 'Europe/Berlin',
      month: '2026-12',
      days: [
        {
          date: '2026-12-24',
          kind: 'half-day',
          name: { zh: '平安夜', en: 'Christmas Eve' },
          hours: ['09:00-12:00'],
          workedMinutes: 180,
          provisional: false,
        },
        {
          date: '2026-12-25',
          kind: 'holiday',
          name: { zh: '圣诞节', en: 'Christmas' },
          hours: [],
          workedMinutes: 0,
          provisional: false,
        },
      ],
      totals: {
        workingDays: 22,
        workedMinutes: 17 * 465 + 3 * 360 + 2 * 180,
        makeUpWorkdays: 0,
        halfDays: 2,
        holidays: 2,
        weekendDays: 7,
      },
      provisional: null,
    });
  });

  it('marks the days of which nobody knows yet, and says why', async () => {
    const { out } = await show('china', '2027-01');
    expect(out).toMatch(/2027-01-01 +Fri +09:00-12:00 13:30-18:00 +7:30 +\?\n/);
    expect(out).toContain('holidays and make-up workdays are known for 2004–2026 only');
  });

  it.each([
    [
      ['chin', '2026-02'],
      'there is no calendar chin in PATH/calendars; did you mean china? (there are: china, germany)',
    ],
    [['china', '2026-13'], 'the month should be year-month (1990 to 2100), e.g. 2026-02; found 2026-13'],
    [['china', '1989-12'], 'the month should be year-month (1990 to 2100), e.g. 2026-02; found 1989-12'],
  ])('refuses %j', async (words, says) => {
    expect(await show(...words)).toEqual({ code: 2, out: '', err: `✗ ${says.replace('PATH', processes)}\n` });
  });

  it('tells the mistakes of the file', async () => {
    const folder = freshFolder();
    mkdirSync(join(folder, 'calendars'));
    writeFileSync(join(folder, 'calendars/mine.yaml'), 'calendar: mine\nzone: Mars\n');
    const { code, err } = await runCli(['calendar', 'mine', '2026-02', '--processes', folder]);
    expect(code).toBe(1);
    expect(err).toContain('calendars/mine.yaml:2:7: error unknown-zone: There is no time zone Mars');
  });
});
