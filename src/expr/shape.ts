import { compileLeaf } from './leaf.ts';
import { type Node, readsOf, type Span } from './node.ts';
import { parseCondition } from './syntax.ts';
import { timeOf } from './type-check.ts';
import type { ExprType, Fact, Verdict } from './types.ts';

/** A constant that a field is compared with; a time as epoch milliseconds. */
export type Cut = string | number | boolean;

/**
 * What a condition asks, as far as it asks it of one field at a time: comparisons of a field with constants and
 * `known(field)`, joined by `&&`, `||`, `!` and `?:`. Anything else (arithmetic, a field against another, what a text
 * contains) is `opaque`. Each part says where in the text it stands.
 */
export type Shape = Span &
  (
    | { readonly kind: 'all' | 'any' | 'not' | 'if'; readonly of: readonly Shape[] }
    | { readonly kind: 'known'; readonly field: string }
    | {
        readonly kind: 'test';
        readonly field: string;
        /** Between two neighbouring cuts every value has the same verdict. */
        readonly cuts: readonly Cut[];
        /** The verdict for a value of the field; undefined: it is not known. */
        verdictOf(value: Fact | undefined): Verdict;
      }
    | { readonly kind: 'constant'; readonly verdict: Verdict }
    | { readonly kind: 'opaque'; readonly text: string }
  );

/** The shape of a condition that compiles with these types. */
export function shapeOf(text: string, types: ReadonlyMap<string, ExprType>): Shape {
  const { node } = parseCondition(text);
  if (node === null) throw new Error(`the check let through: ${text}`);
  return shapeOfNode(text, node, types);
}

function shapeOfNode(text: string, node: Node, types: ReadonlyMap<string, ExprType>): Shape {
  const inner = (part: Node): Shape => shapeOfNode(text, part, types);
  const { start, end } = node;
  switch (node.kind) {
    case 'known':
      return { kind: 'known', field: node.field.name, start, end };
    case 'unary':
      return { kind: 'not', of: [inner(node.of)], start, end };
    case 'if':
      return { kind: 'if', of: [node.test, node.then, node.otherwise].map(inner), start, end };
    case 'binary':
      if (node.op === '&&' || node.op === '||') {
        return { kind: node.op === '&&' ? 'all' : 'any', of: [inner(node.left), inner(node.right)], start, end };
      }
  }
  const own = text.slice(node.start, node.end);
  const [field, ...others] = readsOf(node);
  if (field === undefined) {
    return { kind: 'constant', verdict: compileLeaf(own, node, types)(() => undefined).verdict, start, end };
  }
  const cuts = others.length === 0 ? cutsOf(node, types.get(field)) : null;
  if (cuts === null) return { kind: 'opaque', text: own, start, end };
  const leaf = compileLeaf(own, node, types);
  return { kind: 'test', field, cuts, verdictOf: (value) => leaf(() => value).verdict, start, end };
}

/** The constants that the one field of a part is compared with; null where it is anything else than a comparison. */
function cutsOf(node: Node, type: ExprType | undefined): readonly Cut[] | null {
  if (node.kind === 'field') return [true];
  if (node.kind !== 'binary') return null;
  const { op, left, right } = node;
  switch (op) {
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const constant = left.kind === 'field' ? right : right.kind === 'field' ? left : null;
      const cut = constant === null ? null : constantOf(constant);
      // Texts have an order, but people do not know it.
      return cut === null || (type === 'text' && op !== '==' && op !== '!=') ? null : [cut];
    }
    case 'in': {
      if (left.kind !== 'field' || right.kind !== 'list') return null;
      const cuts = right.items.map(constantOf);
      return cuts.every((cut) => cut !== null) ? cuts : null;
    }
    default:
      return null;
  }
}

function constantOf(node: Node): Cut | null {
  if (node.kind === 'value') return node.value;
  if (node.kind === 'timestamp') return timeOf(node.text)?.getTime() ?? null;
  if (node.kind !== 'unary' || node.op !== '-') return null;
  const of = constantOf(node.of);
  return typeof of === 'number' ? -of : null;
}
