import { type Part, type Path, partAt, pathOf } from './outline.ts';

/** The path of what a place of a file belongs to. */
export function pathAround(root: Part, offset: number): Path {
  let part = root;
  for (;;) {
    const next = part.children.findLast(({ keyFrom }) => keyFrom <= offset);
    if (next === undefined) return pathOf(part);
    part = next;
  }
}

/** Where a step is declared; null: nowhere. */
export function partOfStep(root: Part, step: string): Part | null {
  for (const phase of partAt(root, ['phases'])?.children ?? []) {
    const found = partAt(phase, ['steps', step]);
    if (found !== null) return found;
  }
  return null;
}
