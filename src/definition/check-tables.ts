import type { Check } from './check.ts';
import { checkCases } from './check-cases.ts';
import { checkCollect } from './check-collect.ts';
import { checkCondition } from './check-conditions.ts';
import { checkName } from './check-names.ts';
import { writeInstead } from './fix.ts';
import type { Path } from './outline.ts';
import { tableReads } from './table-reads.ts';
import type { DecisionRule, DecisionTable } from './table-types.ts';
import { collected, isTooFine, nearChoice, unfit } from './table-values.ts';
import type { Field } from './types.ts';

/** How much of the cases of all tables of a file is looked at, in parts of conditions: some tenths of a second. */
const EFFORT = 4_000_000;

/** Decision tables: the field they set, their conditions, the values of their rules, their cases, circles between them. */
export function checkTables(check: Check): void {
  const { tables, fields } = check.definition;
  const setBy = new Map<string, string>();
  const right = new Set<DecisionTable>();
  for (const table of tables) {
    const path = ['tables', table.id];
    if (!check.sound([...path, 'sets'])) continue;
    checkName(
      check,
      'unknown-field',
      table.sets,
      fields.map(({ id }) => id),
      [...path, 'sets'],
    );
    const other = setBy.get(table.sets);
    if (other !== undefined) {
      check.atValue('field-set-twice', [...path, 'sets'], {
        message: { zh: `${table.sets} 已由决策表 ${other} 设置`, en: `The table ${other} already sets ${table.sets}` },
        remedy: { zh: '请合并两张表，或设置另一个字段', en: 'Join the two tables, or set another field' },
      });
    }
    setBy.set(table.sets, table.id);
    if (checkRules(check, table)) right.add(table);
  }
  for (const table of checkCycles(check)) right.delete(table);
  const effort = { left: EFFORT };
  for (const table of right) checkCases(check, table, effort);
}

/** True when nothing is wrong with them. */
function checkRules(check: Check, table: DecisionTable): boolean {
  const field = check.definition.fields.find(({ id }) => id === table.sets);
  let right = field !== undefined && check.sound(['fields', field.id]) && checkCollect(check, table, field);
  for (const [n, rule] of table.rules.entries()) {
    const path: Path = ['tables', table.id, 'rules', n];
    if (rule.when !== null) right = checkCondition(check, rule.when, [...path, 'when']) && right;
    else if (table.hit === 'first' && n < table.rules.length - 1 && check.sound(path)) {
      right = false;
      check.atKey('rule-never-read', [...path, 'then'], {
        message: {
          zh: '这条规则没有 when，后面的规则永远不会被判断',
          en: 'This rule has no `when`, so those after it are never reached',
        },
        remedy: { zh: '请加上 when，或移到最后', en: 'Give it a `when`, or move it to the end' },
      });
    }
    if (field !== undefined && check.sound(path) && check.sound(['fields', field.id])) {
      right = checkValue(check, table, field, rule.then, [...path, 'then']) && right;
    }
  }
  return right;
}

function checkValue(
  check: Check,
  table: DecisionTable,
  field: Field,
  value: DecisionRule['then'],
  path: Path,
): boolean {
  if (value === null || (table.collect !== null && !collected[table.collect].includes(field.type))) return true;
  const expected = unfit(field, table, value);
  const message = {
    zh: `${String(value)} 不符合字段 ${field.id}`,
    en: `${String(value)} does not fit the field ${field.id}`,
  };
  if (expected !== null) {
    const ids = field.choices.map(({ id }) => id);
    check.atValue('table-value-unfit', path, { message, remedy: expected, fix: writeInstead(nearChoice(ids, value)) });
  } else if (isTooFine(field, value)) {
    check.atValue('table-value-unfit', path, {
      severity: 'warning',
      message,
      remedy: {
        zh: `${field.currency} 没有这么多位小数；这条规则成立时字段为空`,
        en: `${field.currency} has fewer decimals: where the rule holds the field stays empty`,
      },
    });
  }
  return expected === null;
}

/** The tables that are part of a circle. */
function checkCycles(check: Check): readonly DecisionTable[] {
  const { tables } = check.definition;
  const circular: DecisionTable[] = [];
  const reads = new Map(tables.map((table) => [table.sets, tableReads(check, table)]));
  for (const table of tables) {
    const seen = new Set<string>();
    const open = [...(reads.get(table.sets) ?? [])];
    for (let field = open.pop(); field !== undefined; field = open.pop()) {
      if (seen.has(field)) continue;
      seen.add(field);
      open.push(...(reads.get(field) ?? []));
    }
    if (!seen.has(table.sets)) continue;
    circular.push(table);
    check.atValue('table-cycle', ['tables', table.id, 'sets'], {
      message: { zh: `${table.sets} 的值取决于它自己`, en: `The value of ${table.sets} depends on itself` },
      remedy: {
        zh: '请从这些决策表的条件中去掉互相依赖的字段',
        en: 'Take the field that closes the circle out of the conditions of these tables',
      },
    });
  }
  return circular;
}
