import type { Check } from './check.ts';
import type { DecisionTable } from './table-types.ts';

/** Fields that a table's rules read. */
export function tableReads(check: Check, table: DecisionTable): readonly string[] {
  return table.rules.flatMap(({ when }) => {
    const compiled = when === null ? null : check.condition(when);
    return compiled?.ok ? compiled.condition.reads : [];
  });
}
