import { minorDigits } from '../definition/index.ts';
import type { Field, FieldType } from '../definition/types.ts';
import type { InputProblem } from '../errors.ts';
import type { Fact } from '../expr/types.ts';
import type { Json } from '../json.ts';
import { suggest } from '../suggest.ts';
import type { Text } from '../text.ts';
import { fromMajor, isMoney, type Money, toMajor } from './money.ts';
import { toDate, toInstant } from './time.ts';

/** What a personal value reads as wherever it would be kept or shown beside the instance itself. */
export const PERSONAL = '(personal)';

/** Most items of a list that does not say `max`. */
export const MAX_ITEMS = 200;

export type Parsed =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly problem: InputProblem };

/** As {@link Parsed}, with what was found still apart from what was wanted. */
type Attempt =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly wrong: { readonly pointer: string; readonly want: Text; readonly found: unknown } };

/**
 * A value as a caller sent it, checked against its field and turned into its stored form.
 * What was found of a personal value is not repeated: refusals are kept, personal values are erasable.
 */
export function parseValue(field: Field, value: unknown, pointer: string): Parsed {
  const attempt =
    field.type === 'list' ? parseList(field, value, pointer) : parseScalar(field, field.type, value, pointer);
  if (attempt.ok) return attempt;
  const { want, found } = attempt.wrong;
  const shown = field.personal ? PERSONAL : brief(found);
  const message = { zh: `${want.zh}；收到 ${shown}`, en: `${want.en}; found ${shown}` };
  return { ok: false, problem: { pointer: attempt.wrong.pointer, message } };
}

function parseList(field: Field, value: unknown, pointer: string): Attempt {
  const most = field.max ?? MAX_ITEMS;
  if (!Array.isArray(value)) return wrong(pointer, expected(field, '列表', 'a list'), value);
  if (value.length < (field.min ?? 0) || value.length > most) {
    const range = `${field.min ?? 0}–${most}`;
    return wrong(pointer, expected(field, `${range} 项`, `${range} items`), value.length);
  }
  const items: Json[] = [];
  for (const [i, item] of value.entries()) {
    const parsed = parseScalar({ ...field, min: null, max: null }, field.items ?? 'text', item, `${pointer}/${i}`);
    if (!parsed.ok) return parsed;
    items.push(parsed.value);
  }
  return { ok: true, value: items };
}

function parseScalar(field: Field, type: FieldType, value: unknown, pointer: string): Attempt {
  switch (type) {
    case 'text':
      if (typeof value !== 'string') return wrong(pointer, expected(field, '文本', 'a text'), value);
      if (value.trim() === '' || value.length > field.maxLength || value.includes('\0')) {
        const size = field.maxLength;
        return wrong(
          pointer,
          expected(field, `1–${size} 个字符，不含 NUL`, `1–${size} characters without NUL, not only blanks`),
          value.length > 40 ? `${value.length} characters` : value,
        );
      }
      return { ok: true, value };
    case 'boolean':
      if (typeof value !== 'boolean') return wrong(pointer, expected(field, 'true 或 false', 'true or false'), value);
      return { ok: true, value };
    case 'choice': {
      const ids = field.choices.map((choice) => choice.id);
      if (typeof value === 'string' && ids.includes(value)) return { ok: true, value };
      const near = typeof value === 'string' ? suggest(value, ids) : null;
      const list = ids.join(', ');
      return wrong(
        pointer,
        expected(
          field,
          `${list} 之一${near ? `（是否指 ${near}？）` : ''}`,
          `one of ${list}${near ? ` (did you mean ${near}?)` : ''}`,
        ),
        value,
      );
    }
    case 'date': {
      const date = toDate(value);
      if (date === null) return wrong(pointer, expected(field, '日期 YYYY-MM-DD', 'a date YYYY-MM-DD'), value);
      return { ok: true, value: date };
    }
    case 'datetime': {
      const instant = toInstant(value);
      if (instant === null) {
        const example = '2026-02-13T17:30:00+08:00';
        return wrong(
          pointer,
          expected(field, `带时区的时间，如 ${example}`, `a time with its offset, e.g. ${example}`),
          value,
        );
      }
      return { ok: true, value: instant };
    }
    case 'money':
      return parseMoney(field, value, pointer);
    default:
      return parseNumber(field, type, value, pointer);
  }
}

function parseNumber(field: Field, type: FieldType, value: unknown, pointer: string): Attempt {
  const whole = type === 'integer';
  if (typeof value !== 'number' || !Number.isFinite(value) || (whole && !Number.isSafeInteger(value))) {
    return wrong(
      pointer,
      whole ? expected(field, '整数', 'a whole number') : expected(field, '数字', 'a number'),
      value,
    );
  }
  return inRange(field, value) ? { ok: true, value } : wrong(pointer, range(field), value);
}

function parseMoney(field: Field, value: unknown, pointer: string): Attempt {
  const currency = field.currency ?? 'CNY';
  let money: Money | null = null;
  if (typeof value === 'number' && Number.isFinite(value)) money = fromMajor(value, currency);
  else if (isMoney(value) && value.currency === currency) money = { amount: value.amount, currency };
  if (money === null) {
    const digits = minorDigits(currency);
    return wrong(
      pointer,
      expected(
        field,
        `${currency} 金额，最多 ${digits} 位小数，或 {"amount": 最小单位的整数, "currency": "${currency}"}`,
        `an amount of ${currency} with at most ${digits} decimals, or {"amount": whole minor units, "currency": "${currency}"}`,
      ),
      value,
    );
  }
  return inRange(field, toMajor(money))
    ? { ok: true, value: { amount: money.amount, currency } }
    : wrong(pointer, range(field), toMajor(money));
}

function inRange(field: Field, value: number): boolean {
  return value >= (field.min ?? -Infinity) && value <= (field.max ?? Infinity);
}

function range(field: Field): Text {
  const from = field.min ?? '−∞';
  const to = field.max ?? '∞';
  return expected(field, `${from} 到 ${to} 之间的值`, `a value from ${from} to ${to}`);
}

function expected(field: Field, zh: string, en: string): Text {
  return { zh: `${field.title.zh}（${field.id}）应为${zh}`, en: `${field.title.en} (${field.id}) should be ${en}` };
}

function wrong(pointer: string, want: Text, found: unknown): Attempt {
  return { ok: false, wrong: { pointer, want, found } };
}

/** A found value in a message: short, and never more than the caller sent. */
export function brief(value: unknown): string {
  const text = value === undefined ? 'nothing' : (JSON.stringify(value) ?? typeof value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** A stored value as a condition reads it; undefined where it is unknown. */
export function toFact(field: Field, value: Json): Fact | undefined {
  if (value === null) return undefined;
  const type = field.type === 'list' ? field.items : field.type;
  if (Array.isArray(value)) {
    const facts = value.map((item: Json) => scalarFact(type, item));
    if (facts.every((fact) => typeof fact === 'number')) return facts;
    return facts.map(String);
  }
  return scalarFact(type, value);
}

function scalarFact(type: FieldType | null, value: Json): Exclude<Fact, readonly unknown[]> | undefined {
  if (type === 'money') return isMoney(value) ? toMajor(value) : undefined;
  if ((type === 'date' || type === 'datetime') && typeof value === 'string') return new Date(value);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}
