import { describeCases } from './case-text.ts';
import { type Cases, MET, UNKNOWN } from './cases.ts';
import type { Check } from './check.ts';
import type { DecisionTable } from './table-types.ts';
import { sumOf } from './table-values.ts';
import type { Field } from './types.ts';

/** Most items of a list that does not say `max`. */
const MAX_ITEMS = 200;

/** Whether what the rules that hold come to is a value that the field may have, in every case that can be told. */
export function checkCollected(
  check: Check,
  { id, collect, rules }: DecisionTable,
  { id: name, min, max }: Field,
  cases: Cases,
): void {
  // The least and the most are the value of a rule, and that is looked at by itself.
  if (collect === null || collect === 'max' || collect === 'min') return;
  const most = max ?? (collect === 'list' ? MAX_ITEMS : Infinity);
  const least = min ?? (collect === 'list' ? 0 : -Infinity);
  const outside = new Set<number>();
  let worst = null as { readonly result: number; readonly excess: number } | null;
  cases.each((verdicts, _at, number) => {
    if (verdicts.includes(UNKNOWN)) return;
    const values = rules.flatMap(({ then }, n) => (verdicts[n] === MET ? [then] : []));
    const result = collect === 'sum' ? sumOf(values) : collect === 'list' ? new Set(values).size : values.length;
    const excess = Math.max(least - result, result - most);
    if (excess <= 0) return;
    outside.add(number);
    if (worst === null || excess > worst.excess) worst = { result, excess };
  });
  if (worst === null) return;
  const where = describeCases(cases, outside, outside);
  const range = `${Number.isFinite(least) ? least : '−∞'} – ${Number.isFinite(most) ? most : '∞'}`;
  const items = collect === 'list' ? { zh: ' 项', en: ' items' } : { zh: '', en: '' };
  check.atValue('table-value-unfit', ['tables', id, 'collect'], {
    message: {
      zh: `结果可能是 ${worst.result}${items.zh}，字段 ${name} 应为 ${range}：${where.zh}`,
      en: `The result may be ${worst.result}${items.en}, and ${name} takes ${range}: ${where.en}`,
    },
    remedy: {
      zh: '请改正规则的值或条件，或字段的 min、max',
      en: 'Correct the values or conditions of the rules, or min and max of the field',
    },
  });
}
