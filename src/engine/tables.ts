import type { CompiledProcess, CompiledTable } from '../compile/types.ts';
import { sumOf } from '../definition/index.ts';
import type { Facts, Verdict } from '../expr/types.ts';
import { canonicalJson, type Json } from '../json.ts';
import { factsOf } from './context.ts';
import { fromMajor } from './money.ts';
import type { Instance } from './types.ts';

type Rule = CompiledTable['rules'][number];

/**
 * The value that a table gives its field, in stored form; null while it gives none: no rule holds, or a fact is missing
 * that could make it another.
 */
export function lookUp(process: CompiledProcess, fields: Instance['fields'], table: CompiledTable): Json {
  const facts = factsOf(process, fields);
  const value = table.hit === 'first' ? firstOf(table.rules, facts) : ofAll(table, facts);
  const field = process.fields.get(table.sets);
  return typeof value === 'number' && field?.type === 'money' ? stored(value, field.currency) : value;
}

function stored(major: number, currency: string | null): Json {
  const money = fromMajor(major, currency ?? 'CNY');
  return money === null ? null : { amount: money.amount, currency: money.currency };
}

/** Whether a table gives what the field has already. */
export function isSameValue(before: Json, after: Json): boolean {
  if (before === after) return true;
  return typeof before === 'object' && typeof after === 'object' && canonicalJson(before) === canonicalJson(after);
}

function verdictOf({ when }: Rule, facts: Facts): Verdict {
  return when === null ? 'met' : when.explain(facts).verdict;
}

/** Null while a rule before the first that holds is unknown, since that one could still come first. */
function firstOf(rules: readonly Rule[], facts: Facts): Json {
  for (const rule of rules) {
    const verdict = verdictOf(rule, facts);
    if (verdict === 'met') return rule.then;
    if (verdict === 'unknown') return null;
  }
  return null;
}

function ofAll({ hit, collect, rules }: CompiledTable, facts: Facts): Json {
  const verdicts = rules.map((rule) => verdictOf(rule, facts));
  const values = rules.flatMap(({ then }, n) => (verdicts[n] === 'met' ? [then] : []));
  // No other rule can hold beside it, whatever is still missing; should two, the file does not say which decides.
  if (hit === 'unique') return values.length === 1 ? (values[0] ?? null) : null;
  // One that may still hold would make it another value.
  if (verdicts.includes('unknown')) return null;
  const numbers = values.filter((value) => typeof value === 'number');
  switch (collect) {
    case 'sum':
      return sumOf(numbers);
    case 'count':
      return values.length;
    case 'list':
      return [...new Set(values)];
    case 'max':
      return numbers.length === 0 ? null : Math.max(...numbers);
    case 'min':
      return numbers.length === 0 ? null : Math.min(...numbers);
    case null:
      return null;
  }
}
