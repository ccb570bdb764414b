import { readCron } from '../calendar/index.ts';
import type { Check } from './check.ts';
import { checkName } from './check-names.ts';
import { checkZone } from './check-zone.ts';
import type { Path } from './outline.ts';

/** When the process starts by itself: that its cron says something, whose workdays it rolls to, what it is given. */
export function checkSchedule(check: Check): void {
  const { schedule, calendar } = check.definition;
  if (schedule === null) return;
  checkCron(check, schedule.cron, ['schedule', 'cron']);
  if (schedule.zone !== null) checkZone(check, schedule.zone, ['schedule', 'zone']);
  if (schedule.roll !== null && calendar.length === 0 && check.sound(['calendar'])) {
    check.atKey('calendar-missing', ['schedule', 'roll'], {
      severity: 'error',
      message: {
        zh: 'roll 按工作日移动，但流程没有写用哪份日历',
        en: 'roll asks for workdays, and the process names no calendar',
      },
      remedy: {
        zh: '请在文件最外层加上 calendar: china（processes/calendars 中的标识），或删除 roll',
        en: 'Add calendar: china (an id in processes/calendars) at the top of the file, or delete roll',
      },
    });
  }
  if (schedule.sets !== null) checkSet(check, schedule.sets, ['schedule', 'sets']);
}

function checkCron(check: Check, text: string, path: Path): void {
  if (!check.sound(path)) return;
  const read = readCron(text);
  if ('cron' in read) return;
  check.atValue('bad-cron', path, {
    message: { zh: `cron 有误：${read.why.zh}`, en: `The cron cannot be used: ${read.why.en}` },
    remedy: {
      zh: '例如每天 18:00 写 "0 18 * * *"，每月 1 日 9:00 写 "0 9 1 * *"，每周一 9:00 写 "0 9 * * mon"',
      en: 'For example "0 18 * * *" is daily at 18:00, "0 9 1 * *" at 9:00 on the 1st of each month, "0 9 * * mon" on Mondays',
    },
  });
}

function checkSet(check: Check, name: string, path: Path): void {
  const { fields, tables } = check.definition;
  const ids = fields.map(({ id }) => id);
  if (!checkName(check, 'unknown-field', name, ids, path) || !check.sound(['fields', name])) return;
  const type = fields.find(({ id }) => id === name)?.type;
  if (type !== 'date') {
    check.atValue('time-field-needed', path, {
      message: { zh: `${name} 是 ${type} 字段`, en: `${name} is a field of type ${type}` },
      remedy: { zh: '请写 date 字段', en: 'Name a field of type date' },
    });
  } else if (tables.some(({ sets }) => sets === name)) {
    check.atValue('field-derived', path, {
      message: { zh: `${name} 由决策表决定`, en: `A decision table sets ${name}` },
      remedy: { zh: '请另写一个字段', en: 'Name another field' },
    });
  }
}
