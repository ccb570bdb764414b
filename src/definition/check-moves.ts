import { parseDuration } from '../calendar/index.ts';
import type { Check } from './check.ts';
import { checkName } from './check-names.ts';
import { eachStep } from './each-step.ts';
import { pointerOf } from './outline.ts';

/** What going back resets, and where and for how long a closed deal may be opened again. */
export function checkMoves(check: Check): void {
  const { fields, tables } = check.definition;
  const ids = fields.map(({ id }) => id);
  const derived = new Map(tables.map(({ id, sets }) => [sets, id]));
  for (const { step, path } of eachStep(check.definition)) {
    const resets = [...path, 'rework', 'resets'];
    for (const [n, name] of (step.rework?.resets ?? []).entries()) {
      const at = check.outline.marks.has(pointerOf([...resets, n])) ? [...resets, n] : resets;
      const table = derived.get(name);
      if (!checkName(check, 'unknown-field', name, ids, at) || table === undefined) continue;
      check.atValue('field-derived', at, {
        message: {
          zh: `${name} 由决策表 ${table} 决定，不能重置`,
          en: `The table ${table} decides ${name}; it cannot be reset`,
        },
        remedy: { zh: '请改为重置决策表所读取的字段', en: 'Reset the fields that the table reads instead' },
      });
    }
  }
  checkReopen(check);
}

function checkReopen(check: Check): void {
  const { reopen } = check.definition;
  if (reopen === null) return;
  const steps = eachStep(check.definition).map(({ step }) => step.id);
  if (reopen.to !== null) checkName(check, 'unknown-step', reopen.to, steps, ['reopen', 'to']);
  const unit = parseDuration(reopen.within)?.unit ?? '';
  if (!unit.startsWith('working ')) return;
  check.atValue('duration-unfit', ['reopen', 'within'], {
    message: {
      zh: `${reopen.within} 是工作时间，这里还没有工作日历可用`,
      en: `${reopen.within} is working time, and there is no calendar yet to count it by`,
    },
    remedy: { zh: '请写日历时间，例如 30 days', en: 'Write calendar time, e.g. 30 days' },
  });
}
