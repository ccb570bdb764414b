import { Environment } from '@marcbachmann/cel-js';
import { type Node, readsOf } from './node.ts';
import { timeOf } from './type-check.ts';
import type { Explanation, ExprType, Fact, Facts, Verdict } from './types.ts';

const celTypes: Readonly<Record<ExprType, string>> = {
  text: 'string',
  number: 'double',
  boolean: 'bool',
  time: 'google.protobuf.Timestamp',
  'text-list': 'list<string>',
  'number-list': 'list<double>',
};

/** Upper bound of fields in one condition: the parser's limit on parts. */
const SLOTS = 64;

/**
 * One evaluator for every condition: fields are handed over in numbered slots of their type, so that nothing needs to
 * be registered per process. Division is a function of ours because CEL's own yields infinity for doubles.
 */
const evaluator = makeEvaluator();

function makeEvaluator(): Environment {
  const environment = new Environment()
    .registerFunction('count(list): double', (list: readonly unknown[]) => list.length)
    .registerFunction('divide(double, double): double', (a: number, b: number) => a / nonZero(b))
    .registerFunction('remainder(double, double): double', (a: number, b: number) => a % nonZero(b));
  for (const type of Object.keys(celTypes) as ExprType[]) {
    for (let n = 0; n < SLOTS; n++) environment.registerVariable(slot(type, n), celTypes[type]);
  }
  return environment;
}

function slot(type: ExprType, n: number): string {
  return `${type.replace('-', '_')}_${n}`;
}

function nonZero(divisor: number): number {
  if (divisor === 0) throw new Error('division by zero');
  return divisor;
}

const NONE: readonly string[] = [];
const NO_PARTS: readonly Explanation[] = [];

/** A comparison, a yes/no field or any other part without verdicts inside: run by CEL once every field is known. */
export function compileLeaf(
  text: string,
  node: Node,
  types: ReadonlyMap<string, ExprType>,
): (facts: Facts) => Explanation {
  const reads = readsOf(node);
  const slots = reads.map((name, n) => slot(types.get(name) ?? 'text', n));
  const program = evaluator.parse(print(node, (name) => slots[reads.indexOf(name)] ?? ''));
  const checked = program.check();
  if (checked.type !== 'bool') throw new Error(`the type check let through: ${text}`, { cause: checked.error });
  return (facts) => {
    const context: Record<string, Fact> = {};
    let missing = NONE;
    for (let n = 0; n < reads.length; n++) {
      const name = reads[n] ?? '';
      const value = facts(name);
      if (value === undefined || value === null) missing = [...missing, name];
      else context[slots[n] ?? ''] = value;
    }
    const verdict = missing.length > 0 ? 'unknown' : run(program, context);
    return { kind: 'condition', text, verdict, reads, missing, of: NO_PARTS };
  };
}

function run(program: (context: Record<string, Fact>) => unknown, context: Record<string, Fact>): Verdict {
  try {
    const result = program(context);
    return result === true ? 'met' : result === false ? 'not-met' : 'unknown';
  } catch {
    // Division by zero, a value that is not of its field's type: there is no answer, which is what unknown means.
    return 'unknown';
  }
}

/** `known(field)`: always met or not met. */
export function compileKnown(text: string, field: string): (facts: Facts) => Explanation {
  const reads = [field];
  return (facts) => {
    const value = facts(field);
    const known = value !== undefined && value !== null;
    return {
      kind: 'condition',
      text,
      verdict: known ? 'met' : 'not-met',
      reads,
      missing: known ? NONE : reads,
      of: NO_PARTS,
    };
  };
}

/** CEL text of a checked part: every number a double, every field its slot, every operation in parentheses. */
function print(node: Node, slotOf: (field: string) => string): string {
  const inner = (part: Node): string => print(part, slotOf);
  switch (node.kind) {
    case 'value':
      return typeof node.value === 'number' ? double(node.value) : JSON.stringify(node.value);
    case 'field':
      return slotOf(node.name);
    case 'unary':
      return `${node.op}(${inner(node.of)})`;
    case 'binary':
      if (node.op === '/') return `divide(${inner(node.left)}, ${inner(node.right)})`;
      if (node.op === '%') return `remainder(${inner(node.left)}, ${inner(node.right)})`;
      return `(${inner(node.left)} ${node.op} ${inner(node.right)})`;
    case 'if':
      return `(${inner(node.test)} ? ${inner(node.then)} : ${inner(node.otherwise)})`;
    case 'list':
      return `[${node.items.map(inner).join(', ')}]`;
    case 'count':
      return `count(${inner(node.of)})`;
    case 'timestamp':
      return `timestamp(${JSON.stringify(timeOf(node.text)?.toISOString() ?? '')})`;
    case 'method':
      return `${inner(node.on)}.${node.name}(${inner(node.argument)})`;
    case 'known':
    case 'refused':
      throw new Error(`${node.kind} is never part of a leaf`);
  }
}

function double(value: number): string {
  const text = String(value);
  return /^\d+$/.test(text) ? `${text}.0` : text;
}
