/** The closed grammar of conditions: whatever the parser knows beyond it is refused in `syntax.ts`. */
export type Node = Span &
  (
    | { readonly kind: 'value'; readonly value: string | number | boolean }
    | { readonly kind: 'field'; readonly name: string }
    | { readonly kind: 'known'; readonly field: Span & { readonly name: string } }
    | { readonly kind: 'unary'; readonly op: '!' | '-'; readonly of: Node }
    | { readonly kind: 'binary'; readonly op: BinaryOp; readonly left: Node; readonly right: Node }
    | { readonly kind: 'if'; readonly test: Node; readonly then: Node; readonly otherwise: Node }
    | { readonly kind: 'list'; readonly items: readonly Node[] }
    | { readonly kind: 'count'; readonly of: Node }
    | { readonly kind: 'timestamp'; readonly text: string }
    | { readonly kind: 'method'; readonly name: Method; readonly on: Node; readonly argument: Node }
    /** A part that was refused; the problem is already reported. */
    | { readonly kind: 'refused' }
  );

/** Offsets into the text of the condition; parentheses around the part are left out. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export const binaryOps = ['==', '!=', '<', '<=', '>', '>=', '&&', '||', 'in', '+', '-', '*', '/', '%'] as const;
export type BinaryOp = (typeof binaryOps)[number];

export const methods = ['startsWith', 'endsWith', 'contains'] as const;
export type Method = (typeof methods)[number];

/** The parts of a node, in the order written. */
export function partsOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'unary':
    case 'count':
      return [node.of];
    case 'binary':
      return [node.left, node.right];
    case 'if':
      return [node.test, node.then, node.otherwise];
    case 'list':
      return node.items;
    case 'method':
      return [node.on, node.argument];
    default:
      return [];
  }
}

/** Fields that a part reads, each once, in order of first appearance. */
export function readsOf(node: Node): readonly string[] {
  const reads = new Set<string>();
  const walk = (part: Node): void => {
    if (part.kind === 'field') reads.add(part.name);
    if (part.kind === 'known') reads.add(part.field.name);
    for (const inner of partsOf(part)) walk(inner);
  };
  walk(node);
  return [...reads];
}
