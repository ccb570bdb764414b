import { compileKnown, compileLeaf } from './leaf.ts';
import { type Node, readsOf } from './node.ts';
import { parseCondition } from './syntax.ts';
import { checkTypes } from './type-check.ts';
import type { CompiledCondition, Explanation, ExprType, Facts, Verdict, Vocabulary } from './types.ts';

type Explain = (facts: Facts) => Explanation;

const NONE: readonly string[] = [];

/**
 * A condition made ready to run, or everything wrong with it. With `choices` (the values a field may have), a
 * comparison with any other value is an error too.
 */
export function compileCondition(
  text: string,
  types: ReadonlyMap<string, ExprType>,
  choices: Vocabulary['choices'] = new Map(),
): CompiledCondition {
  const { node, errors } = parseCondition(text);
  if (node === null) return { ok: false, errors };
  const all = [...errors, ...checkTypes(text, node, { types, choices })].sort((a, b) => a.offset - b.offset);
  if (all.length > 0) return { ok: false, errors: all };
  const explain = compileNode(text, node, types);
  return { ok: true, condition: { text, reads: readsOf(node), explain } };
}

function compileNode(text: string, node: Node, types: ReadonlyMap<string, ExprType>): Explain {
  const own = text.slice(node.start, node.end);
  const inner = (part: Node): Explain => compileNode(text, part, types);
  switch (node.kind) {
    case 'known':
      return compileKnown(own, node.field.name);
    case 'unary':
      return combine('not', own, [inner(node.of)], ([of]) => opposite(of));
    case 'if':
      return combine('if', own, [node.test, node.then, node.otherwise].map(inner), chosen);
    case 'binary':
      if (node.op === '&&') return combine('all', own, operands(node, '&&').map(inner), everyVerdict);
      if (node.op === '||') return combine('any', own, operands(node, '||').map(inner), someVerdict);
  }
  return compileLeaf(own, node, types);
}

function combine(
  kind: Explanation['kind'],
  text: string,
  parts: readonly Explain[],
  decide: (verdicts: readonly Verdict[]) => Verdict,
): Explain {
  return (facts) => {
    const of = parts.map((explain) => explain(facts));
    return { kind, text, verdict: decide(of.map((part) => part.verdict)), reads: NONE, missing: NONE, of };
  };
}

/** `a && b && c` is one list of three, not a list within a list. */
function operands(node: Node, op: '&&' | '||'): readonly Node[] {
  if (node.kind !== 'binary' || node.op !== op) return [node];
  return [...operands(node.left, op), ...operands(node.right, op)];
}

/** Kleene's "and": not met as soon as one is, met when all are, else unknown. */
export function everyVerdict(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('not-met')) return 'not-met';
  return verdicts.includes('unknown') ? 'unknown' : 'met';
}

/** Kleene's "or": met as soon as one is, not met when none can be, else unknown. */
export function someVerdict(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('met')) return 'met';
  return verdicts.includes('unknown') ? 'unknown' : 'not-met';
}

/** Met when at least `n` are; unknown while the unknown ones could still make it. */
export function atLeastVerdict(n: number, verdicts: readonly Verdict[]): Verdict {
  const met = verdicts.filter((verdict) => verdict === 'met').length;
  if (met >= n) return 'met';
  return met + verdicts.filter((verdict) => verdict === 'unknown').length >= n ? 'unknown' : 'not-met';
}

/** Kleene's "not". */
export function opposite(verdict: Verdict | undefined): Verdict {
  if (verdict === 'met') return 'not-met';
  return verdict === 'not-met' ? 'met' : 'unknown';
}

function chosen([test, then, otherwise]: readonly Verdict[]): Verdict {
  const picked = test === 'met' ? then : test === 'not-met' ? otherwise : then === otherwise ? then : 'unknown';
  return picked ?? 'unknown';
}
