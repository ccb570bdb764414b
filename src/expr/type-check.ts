import { suggest } from '../suggest.ts';
import type { Text } from '../text.ts';
import type { BinaryOp, Node, Span } from './node.ts';
import type { ConditionError, ConditionFix, ExprType, Vocabulary } from './types.ts';

/** Null: not known because a part is wrong and already reported. */
type Found = ExprType | null;

type Report = (
  code: ConditionError['code'],
  span: Span,
  message: Text,
  remedy: Text,
  fix?: ConditionFix | null,
) => void;

const typeNames: Readonly<Record<ExprType, Text>> = {
  text: { zh: '文本', en: 'text' },
  number: { zh: '数字', en: 'number' },
  boolean: { zh: '是否', en: 'yes/no' },
  time: { zh: '时间', en: 'time' },
  'text-list': { zh: '文本列表', en: 'list of texts' },
  'number-list': { zh: '数字列表', en: 'list of numbers' },
};

const TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/;

/** The instant that a timestamp literal names, or null: a date (midnight UTC), or a time with its offset. */
export function timeOf(text: string): Date | null {
  const time = new Date(text);
  if (!TIME.test(text) || Number.isNaN(time.getTime())) return null;
  // The platform reads 30 February as 2 March.
  const day = text.slice(0, 10);
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day) ? time : null;
}

/** Everything wrong with the names and types of a condition, in the order written. */
export function checkTypes(text: string, root: Node, vocabulary: Vocabulary): readonly ConditionError[] {
  const errors: ConditionError[] = [];
  const report: Report = (code, span, message, remedy, fix = null) =>
    errors.push({ code, offset: span.start, length: span.end - span.start, message, remedy, fix });
  const type = typeOf(root, true, { text, vocabulary, report });
  if (type !== null && type !== 'boolean') {
    report(
      'condition-type',
      root,
      {
        zh: `条件的结果应是“是否”，这里是${typeNames[type].zh}`,
        en: `A condition must be true or false; this is a ${typeNames[type].en}`,
      },
      {
        zh: '请写一个比较，例如 budget >= 100000，或 known(字段)',
        en: 'Write a comparison, e.g. budget >= 100000, or known(field)',
      },
    );
  }
  return errors.sort((a, b) => a.offset - b.offset);
}

interface Scope {
  readonly text: string;
  readonly vocabulary: Vocabulary;
  readonly report: Report;
}

/** `logical`: the part stands where a verdict is wanted, reachable from the top through && || ! and ?: alone. */
function typeOf(node: Node, logical: boolean, scope: Scope): Found {
  switch (node.kind) {
    case 'refused':
      return null;
    case 'value':
      return typeof node.value === 'string' ? 'text' : typeof node.value === 'number' ? 'number' : 'boolean';
    case 'field':
      return fieldType(node.name, node, scope);
    case 'known':
      fieldType(node.field.name, node.field, scope);
      if (!logical) {
        scope.report(
          'condition-forbidden',
          node,
          { zh: 'known(…) 不能参与比较或计算', en: 'known(…) cannot be compared or computed with' },
          {
            zh: '请单独写 known(字段) 或 !known(字段)，用 && || 连接',
            en: 'Write known(field) or !known(field) by itself, joined by && or ||',
          },
        );
      }
      return 'boolean';
    case 'unary': {
      const type = typeOf(node.of, logical && node.op === '!', scope);
      return wanted(node.op === '!' ? 'boolean' : 'number', type, node.of, node.op, scope);
    }
    case 'binary':
      return binaryType(node, logical, scope);
    case 'if': {
      wanted('boolean', typeOf(node.test, logical, scope), node.test, '? :', scope);
      const then = typeOf(node.then, logical, scope);
      const otherwise = typeOf(node.otherwise, logical, scope);
      if (then !== null && otherwise !== null && then !== otherwise) return misfit(node, '? :', then, otherwise, scope);
      return then ?? otherwise;
    }
    case 'list':
      return listType(node.items, node, scope);
    case 'count': {
      const type = typeOf(node.of, false, scope);
      if (type !== null && type !== 'text-list' && type !== 'number-list') {
        scope.report(
          'condition-type',
          node.of,
          {
            zh: `count 需要列表，这里是${typeNames[type].zh}`,
            en: `count needs a list; this is a ${typeNames[type].en}`,
          },
          { zh: '请写一个列表字段', en: 'Write a field that is a list' },
        );
      }
      return 'number';
    }
    case 'timestamp':
      if (timeOf(node.text) === null) {
        scope.report(
          'condition-type',
          node,
          { zh: `“${node.text}”不是有效的时间`, en: `"${node.text}" is not a valid time` },
          { zh: '写法：2026-03-01 或 2026-03-01T09:00:00+08:00', en: 'Write 2026-03-01 or 2026-03-01T09:00:00+08:00' },
        );
      }
      return 'time';
    case 'method': {
      const on = typeOf(node.on, false, scope);
      wanted('text', on, node.on, node.name, scope);
      wanted('text', typeOf(node.argument, false, scope), node.argument, node.name, scope);
      return 'boolean';
    }
  }
}

function instead({ start, end }: Span, text: string): ConditionFix {
  return { offset: start, length: end - start, text };
}

function fieldType(name: string, span: Span, scope: Scope): Found {
  const { types, choices } = scope.vocabulary;
  const type = types.get(name);
  if (type !== undefined) return type;
  const near = suggest(name, types.keys());
  const isValue = [...choices.values()].some((values) => values.includes(name));
  scope.report(
    'condition-unknown-field',
    span,
    { zh: `没有名为 ${name} 的字段`, en: `There is no field "${name}"` },
    isValue
      ? { zh: `如果指选项的值，请加引号："${name}"`, en: `If you mean the value, put it in quotes: "${name}"` }
      : near === null
        ? {
            zh: `请在 fields 中声明 ${name}，或改用已有的字段`,
            en: `Declare ${name} under fields, or use a field that exists`,
          }
        : { zh: `是不是想写 ${near}？`, en: `Did you mean ${near}?` },
    isValue ? instead(span, `"${name}"`) : near === null ? null : instead(span, near),
  );
  return null;
}

function binaryType(node: Node & { readonly kind: 'binary' }, logical: boolean, scope: Scope): Found {
  const { op, left, right } = node;
  if (op === '&&' || op === '||') {
    wanted('boolean', typeOf(left, logical, scope), left, op, scope);
    wanted('boolean', typeOf(right, logical, scope), right, op, scope);
    return 'boolean';
  }
  if (op === '==' || op === '!=' || op === 'in') checkChoice(left, right, scope);
  const a = typeOf(left, false, scope);
  const b = typeOf(right, false, scope);
  const result = resultOf(op, a, b);
  if (a === null || b === null) return result === 'misfit' ? null : result;
  return result === 'misfit' ? misfit(node, op, a, b, scope) : result;
}

function resultOf(op: BinaryOp, a: Found, b: Found): Found | 'misfit' {
  const same = a === b;
  switch (op) {
    case '==':
    case '!=':
      return same || a === null || b === null ? 'boolean' : 'misfit';
    case '<':
    case '<=':
    case '>':
    case '>=':
      return a === null || b === null || (same && (a === 'number' || a === 'text' || a === 'time'))
        ? 'boolean'
        : 'misfit';
    case 'in':
      if (a === null || b === null) return 'boolean';
      return (a === 'text' && b === 'text-list') || (a === 'number' && b === 'number-list') ? 'boolean' : 'misfit';
    case '+':
      return same && a !== 'boolean' && a !== 'time' ? a : 'misfit';
    default:
      return same && a === 'number' ? 'number' : 'misfit';
  }
}

function listType(items: readonly Node[], span: Span, scope: Scope): Found {
  const types = items.map((item) => typeOf(item, false, scope));
  if (types.includes(null)) return null;
  const [first] = types;
  if ((first === 'text' || first === 'number') && types.every((type) => type === first)) {
    return first === 'text' ? 'text-list' : 'number-list';
  }
  scope.report(
    'condition-type',
    span,
    { zh: '列表中应全是文本或全是数字，且至少一项', en: 'A list holds only texts or only numbers, at least one' },
    { zh: '写法：["A", "B"] 或 [1, 2]', en: 'Write ["A", "B"] or [1, 2]' },
  );
  return null;
}

function wanted(want: ExprType, found: Found, span: Span, op: string, scope: Scope): ExprType {
  if (found !== null && found !== want) {
    scope.report(
      'condition-type',
      span,
      {
        zh: `${op} 需要${typeNames[want].zh}，这里是${typeNames[found].zh}`,
        en: `${op} needs a ${typeNames[want].en}; this is a ${typeNames[found].en}`,
      },
      op === 'contains' && found === 'text-list'
        ? { zh: '判断列表是否含某项请用 in："x" in 列表', en: 'To ask whether a list holds an item, write "x" in list' }
        : want === 'boolean'
          ? { zh: '请写一个比较，例如 budget >= 100000', en: 'Write a comparison, e.g. budget >= 100000' }
          : { zh: `请换成${typeNames[want].zh}`, en: `Use a ${typeNames[want].en} here` },
    );
  }
  return want;
}

function misfit(span: Span, op: string, a: ExprType, b: ExprType, scope: Scope): null {
  const text = a === 'text' || b === 'text';
  scope.report(
    'condition-type',
    span,
    {
      zh: `${op} 不能用于${typeNames[a].zh}和${typeNames[b].zh}`,
      en: `${op} does not fit a ${typeNames[a].en} and a ${typeNames[b].en}`,
    },
    a === 'time' || b === 'time'
      ? {
          zh: '时间只能与时间比较：timestamp("2026-03-01")',
          en: 'A time compares with a time only: timestamp("2026-03-01")',
        }
      : text && (a === 'number' || b === 'number')
        ? { zh: '数字不加引号，文本加引号', en: 'Numbers are written without quotes, texts with quotes' }
        : { zh: '两边应是同一种类型', en: 'Both sides must be of one type' },
  );
  return null;
}

/** `class == "D"` where class knows only A, B and C can never hold: almost surely a slip. */
function checkChoice(left: Node, right: Node, scope: Scope): void {
  const field = [left, right].find((side) => side.kind === 'field');
  if (field === undefined) return;
  const values = scope.vocabulary.choices.get(field.name);
  if (values === undefined) return;
  const other = field === left ? right : left;
  for (const literal of other.kind === 'list' ? other.items : [other]) {
    if (literal.kind !== 'value' || typeof literal.value !== 'string' || values.includes(literal.value)) continue;
    // Of one or two characters everything is near: A is no better guess for D than B.
    const near = literal.value.length > 2 ? suggest(literal.value, values) : null;
    const list = values.slice(0, 10).join(', ');
    scope.report(
      'condition-unknown-value',
      literal,
      {
        zh: `字段 ${field.name} 没有选项 "${literal.value}"`,
        en: `The field ${field.name} has no value "${literal.value}"`,
      },
      near === null
        ? { zh: `可选：${list}`, en: `It may be: ${list}` }
        : { zh: `是不是想写 "${near}"？可选：${list}`, en: `Did you mean "${near}"? It may be: ${list}` },
      near === null ? null : instead({ start: literal.start + 1, end: literal.end - 1 }, near),
    );
  }
}
