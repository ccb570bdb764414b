import type { Check } from './check.ts';
import { type Path, pointerOf } from './outline.ts';
import type { DecisionTable } from './table-types.ts';
import { collected } from './table-values.ts';
import type { Field } from './types.ts';

/** Whether `hit`, `collect`, the field and the words of the rules go together; true when they do. */
export function checkCollect(check: Check, table: DecisionTable, field: Field): boolean {
  const { hit, collect } = table;
  const path: Path = ['tables', table.id];
  if (!check.sound([...path, 'hit']) || !check.sound([...path, 'collect'])) return false;
  if (hit === 'all' && collect === null) {
    check.atValue('missing-key', [...path, 'hit'], {
      message: {
        zh: 'hit: all 没有写怎样合并各条规则的值',
        en: 'hit: all does not say what is made of the values of all rules that hold',
      },
      remedy: { zh: '请加上 collect: sum、max、min、count 或 list', en: 'Add collect: sum, max, min, count or list' },
    });
    return false;
  }
  if (collect === null) return checkRuleWords(check, table);
  if (hit !== 'all') {
    check.atKey('word-unfit', [...path, 'collect'], {
      message: {
        zh: '只有一条规则起作用，没有可合并的值',
        en: 'Only one rule decides: there is nothing to collect',
      },
      remedy: { zh: '请写 hit: all，或删除 collect', en: 'Write hit: all, or delete collect' },
    });
    return false;
  }
  const types = collected[collect];
  if (!types.includes(field.type)) {
    check.atValue('word-unfit', [...path, 'collect'], {
      message: {
        zh: `${field.id} 是 ${field.type} 字段，不能用 collect: ${collect}`,
        en: `${field.id} is a field of type ${field.type}, which collect: ${collect} does not fit`,
      },
      remedy: {
        zh: `collect: ${collect} 用于 ${types.join('、')} 字段`,
        en: `collect: ${collect} is for fields of type ${types.join(', ')}`,
      },
    });
    return false;
  }
  return checkRuleWords(check, table);
}

/** Every rule has a value, but where rules are only counted: there it has a condition and nothing else. */
function checkRuleWords(check: Check, { id, collect, rules }: DecisionTable): boolean {
  let right = true;
  for (const [n, { when }] of rules.entries()) {
    const path: Path = ['tables', id, 'rules', n];
    if (!check.sound(path)) {
      right = false;
      continue;
    }
    const valued = check.outline.marks.has(pointerOf([...path, 'then']));
    if (collect !== 'count') {
      if (valued) continue;
      missing(check, path, 'then');
    } else if (valued) {
      check.atKey('word-unfit', [...path, 'then'], {
        message: { zh: 'collect: count 只数成立的规则', en: 'collect: count counts the rules that hold' },
        remedy: { zh: '请删除 then', en: 'Delete then' },
      });
    } else if (when === null) missing(check, path, 'when');
    else continue;
    right = false;
  }
  return right;
}

function missing(check: Check, path: Path, word: 'when' | 'then'): void {
  check.atKey('missing-key', path, {
    message: { zh: `这条规则缺少 ${word}`, en: `The rule lacks ${word}` },
    remedy: { zh: `请加上 ${word}: …`, en: `Add ${word}: …` },
  });
}
