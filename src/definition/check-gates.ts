import type { Check } from './check.ts';
import { tooMany } from './check-activities.ts';
import { checkCondition } from './check-conditions.ts';
import { eachGate } from './each-gate.ts';
import { items, member, number, type Raw } from './raw.ts';

const MAX_LEVELS = 8;

/** The conditions of all gates, and the shape of their criteria. */
export function checkGates(check: Check): void {
  for (const gate of eachGate(check)) {
    for (const { raw, conditions } of gate.criteria) {
      for (const { text, at } of conditions) checkCondition(check, text, at.path);
      checkShape(check, raw, 1);
    }
  }
}

function checkShape(check: Check, raw: Raw, level: number): void {
  if (level > MAX_LEVELS) {
    check.atValue('nested-too-deep', raw.path, {
      message: {
        zh: `条件项嵌套超过 ${MAX_LEVELS} 层`,
        en: `The criterion is nested deeper than ${MAX_LEVELS} levels`,
      },
      remedy: { zh: '请拆成几个条件项', en: 'Split it into several criteria' },
    });
    return;
  }
  const of = items(member(raw, 'of'));
  const n = number(member(raw, 'at_least'));
  if (n !== null && of.length > 0 && n > of.length) tooMany(check, [...raw.path, 'at_least'], n, of.length);
  for (const part of [...['all', 'any'].flatMap((key) => items(member(raw, key))), ...of])
    checkShape(check, part, level + 1);
  const not = member(raw, 'not');
  if (not.value !== undefined) checkShape(check, not, level + 1);
}
