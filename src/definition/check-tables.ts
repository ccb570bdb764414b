import { suggest } from '../suggest.ts';
import type { Text } from '../text.ts';
import type { Check } from './check.ts';
import { checkCondition } from './check-conditions.ts';
import { checkName } from './check-names.ts';
import type { Path } from './outline.ts';
import type { DecisionTable, Field } from './types.ts';

/** Decision tables: the field they set, their conditions, the values of their rules, circles between them. */
export function checkTables(check: Check): void {
  const { tables, fields } = check.definition;
  const setBy = new Map<string, string>();
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
    checkRules(check, table);
  }
  checkCycles(check);
}

function checkRules(check: Check, table: DecisionTable): void {
  const field = check.definition.fields.find(({ id }) => id === table.sets);
  for (const [n, rule] of table.rules.entries()) {
    const path: Path = ['tables', table.id, 'rules', n];
    if (rule.when !== null) checkCondition(check, rule.when, [...path, 'when']);
    else if (n < table.rules.length - 1 && check.sound(path)) {
      check.atKey('rule-never-read', [...path, 'then'], {
        message: {
          zh: '这条规则没有 when，后面的规则永远不会被判断',
          en: 'This rule has no `when`, so those after it are never reached',
        },
        remedy: { zh: '请加上 when，或移到最后', en: 'Give it a `when`, or move it to the end' },
      });
    }
    if (field === undefined || !check.sound(path) || !check.sound(['fields', field.id])) continue;
    const expected = unfit(field, rule.then);
    if (expected !== null) {
      check.atValue('table-value-unfit', [...path, 'then'], {
        message: {
          zh: `${String(rule.then)} 不符合字段 ${field.id}`,
          en: `${String(rule.then)} does not fit the field ${field.id}`,
        },
        remedy: expected,
      });
    }
  }
}

/** What the value should be, or null when it fits. */
function unfit(field: Field, value: string | number | boolean): Text | null {
  const { type, min, max, maxLength, choices } = field;
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean' ? null : { zh: '请写 true 或 false', en: 'Write true or false' };
    case 'choice': {
      const ids = choices.map(({ id }) => id);
      if (typeof value === 'string' && ids.includes(value)) return null;
      const near = typeof value === 'string' && value.length > 2 ? suggest(value, ids) : null;
      const list = ids.join(', ');
      return near === null
        ? { zh: `可选：${list}`, en: `It may be: ${list}` }
        : { zh: `是不是想写 ${near}？可选：${list}`, en: `Did you mean ${near}? It may be: ${list}` };
    }
    case 'integer':
    case 'number':
    case 'percent':
    case 'money': {
      const fits = typeof value === 'number' && (type !== 'integer' || Number.isInteger(value));
      if (fits && value >= (min ?? value) && value <= (max ?? value)) return null;
      const kind = type === 'integer' ? { zh: '整数', en: 'a whole number' } : { zh: '数字', en: 'a number' };
      return {
        zh: `请写${kind.zh}${min === null ? '' : `，不小于 ${min}`}${max === null ? '' : `，不大于 ${max}`}`,
        en: `Write ${kind.en}${min === null ? '' : `, no less than ${min}`}${max === null ? '' : `, no more than ${max}`}`,
      };
    }
    case 'text':
      return typeof value === 'string' && value.length <= maxLength
        ? null
        : {
            zh: `请写文本（加引号），最多 ${maxLength} 个字符`,
            en: `Write a text (in quotes) of at most ${maxLength} characters`,
          };
    default:
      return { zh: '决策表不能设置日期和列表字段', en: 'A table cannot set a date or a list: choose another field' };
  }
}

function checkCycles(check: Check): void {
  const { tables } = check.definition;
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
    check.atValue('table-cycle', ['tables', table.id, 'sets'], {
      message: { zh: `${table.sets} 的值取决于它自己`, en: `The value of ${table.sets} depends on itself` },
      remedy: {
        zh: '请从这些决策表的条件中去掉互相依赖的字段',
        en: 'Take the field that closes the circle out of the conditions of these tables',
      },
    });
  }
}

/** Fields that a table's rules read. */
export function tableReads(check: Check, table: DecisionTable): readonly string[] {
  return table.rules.flatMap(({ when }) => {
    const compiled = when === null ? null : check.condition(when);
    return compiled?.ok ? compiled.condition.reads : [];
  });
}
