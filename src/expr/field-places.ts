import { type Node, partsOf, type Span } from './node.ts';
import { parseCondition } from './syntax.ts';

/** Where a condition names fields, in the order written; nothing where it cannot be understood. */
export function fieldPlaces(text: string): readonly (Span & { readonly name: string })[] {
  const { node, errors } = parseCondition(text);
  if (node === null || errors.length > 0) return [];
  const walk = (part: Node): readonly (Span & { readonly name: string })[] => {
    if (part.kind === 'field') return [{ name: part.name, start: part.start, end: part.end }];
    if (part.kind === 'known') return [part.field];
    return partsOf(part).flatMap(walk);
  };
  return [...walk(node)].sort((a, b) => a.start - b.start);
}
