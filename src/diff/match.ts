import type { ProcessDefinition } from '../definition/types.ts';
import { type Element, elementsOf } from './elements.ts';
import type { Ids, Mapping } from './mapping.ts';
import type { ElementKind } from './types.ts';

/** An element of both versions. */
export interface Pair {
  readonly before: Element;
  readonly after: Element;
  /** Whether it stands in another list, or elsewhere in its own. */
  readonly moved: 'elsewhere' | 'in order' | null;
}

export interface Matched {
  readonly pairs: readonly Pair[];
  readonly added: readonly Element[];
  readonly removed: readonly Element[];
}

/** Which element of one version is which of the other. */
export function match(from: ProcessDefinition, to: ProcessDefinition, mapping: Mapping): Matched {
  const before = elementsOf(from);
  const after = elementsOf(to);
  const known = new Map(after.map((element) => [identity(element.kind, element.path), element]));
  const phaseOf = new Map(to.phases.flatMap(({ id, steps }) => steps.map((step) => [step.id, id] as const)));
  const paths = new Map(before.map((element) => [element, pathIn(element.path, mapping, phaseOf)]));
  const found = new Map<Element, Element>();
  for (const [element, path] of paths) {
    const own = known.get(identityIn(element, path, mapping));
    if (own !== undefined) found.set(own, element);
  }
  const kept = new Set(found.values());
  const homes = new Map([...paths].map(([element, path]) => [element, path.slice(0, -1).join('/')]));
  const outOfOrder = strays(after, before, found, homes);
  const pairs = after.flatMap((own): readonly Pair[] => {
    const old = found.get(own);
    if (old === undefined) return [];
    const elsewhere = homes.get(old) !== own.home;
    return [{ before: old, after: own, moved: elsewhere ? 'elsewhere' : outOfOrder.has(own) ? 'in order' : null }];
  });
  return {
    pairs,
    added: after.filter((element) => !found.has(element)),
    removed: before.filter((element) => !kept.has(element)),
  };
}

/** Elements whose ids are unique in the whole file are known by these, wherever they stand; others by their place. */
const byId: Readonly<Partial<Record<ElementKind, keyof Mapping>>> = {
  role: 'roles',
  field: 'fields',
  outcome: 'outcomes',
  phase: 'phases',
  step: 'steps',
  activity: 'activities',
  approval: 'approvals',
};

function identity(kind: ElementKind, path: readonly string[]): string {
  return byId[kind] === undefined ? `${kind} ${path.join('/')}` : `${kind} ${path.at(-1) ?? ''}`;
}

/** The identity that an element of the older version has in the newer one; what is gone has one that is nowhere there. */
function identityIn({ kind, id }: Element, path: readonly string[], mapping: Mapping): string {
  const ids = byId[kind];
  return ids === undefined ? identity(kind, path) : `${kind} ${mapping[ids].get(id) ?? ''}`;
}

/**
 * The path that an element would have in the newer version if nothing but names had changed, and whole steps had moved:
 * what is inside of a step goes with it.
 */
function pathIn(path: readonly string[], mapping: Mapping, phaseOf: Ids): readonly string[] {
  const [top, phase, list, item, ...rest] = path;
  if (top !== 'phases' || phase === undefined) return path;
  const here = mapping.phases.get(phase) ?? phase;
  if (list === undefined || item === undefined) return [top, here];
  if (list !== 'steps') return [top, here, list, item];
  const step = mapping.steps.get(item) ?? item;
  return [top, (rest.length === 0 ? undefined : phaseOf.get(step)) ?? here, list, step, ...rest];
}

/** Of the elements that stay in one list: those that are not part of the longest run in the old order. */
function strays(
  after: readonly Element[],
  before: readonly Element[],
  found: ReadonlyMap<Element, Element>,
  homes: ReadonlyMap<Element, string>,
): ReadonlySet<Element> {
  const rank = new Map(before.map((element, n) => [element, n]));
  const lists = new Map<string, Element[]>();
  for (const own of after) {
    const old = found.get(own);
    if (old === undefined || homes.get(old) !== own.home) continue;
    const list = lists.get(`${own.kind} ${own.home}`) ?? [];
    list.push(own);
    lists.set(`${own.kind} ${own.home}`, list);
  }
  const stray = new Set<Element>();
  for (const list of lists.values()) {
    const ranks = list.map((own) => rank.get(found.get(own) ?? own) ?? 0);
    const kept = longestRise(ranks);
    for (const [n, own] of list.entries()) if (!kept.has(n)) stray.add(own);
  }
  return stray;
}

/** The indexes of a longest rising subsequence (patience sorting). */
function longestRise(values: readonly number[]): ReadonlySet<number> {
  const tails: number[] = [];
  const before: (number | undefined)[] = [];
  for (const [n, value] of values.entries()) {
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tails[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    before[n] = tails[low - 1];
    tails[low] = n;
  }
  const kept = new Set<number>();
  for (let at = tails.at(-1); at !== undefined; at = before[at]) kept.add(at);
  return kept;
}
