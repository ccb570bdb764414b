import type { Shape } from '../expr/index.ts';
import { type Axis, type Case, type Cases, MET, NOT_MET } from './cases.ts';

/** What the cases of some rules come to; cases by their number. Rules by their index. */
export interface Survey {
  /** Where no rule holds, whatever is known; `gaps`: those of them in which every field is known. */
  readonly empty: ReadonlySet<number>;
  readonly gaps: readonly number[];
  /** Rules that hold in some case. */
  readonly possible: ReadonlySet<number>;
  /** Of a rule that holds only where an earlier one does: those that come first there. */
  readonly covered: ReadonlyMap<number, ReadonlySet<number>>;
  /** By the later of two rules that hold at once: the earlier, and where. */
  readonly overlaps: ReadonlyMap<number, { readonly earlier: number; readonly at: ReadonlySet<number> }>;
  /** A rule of which it cannot be told whether it holds together with another; null: there is none. */
  readonly doubtful: number | null;
}

/** Looks at every case. What cannot be told from a case is never said: there a rule may hold or not. */
export function survey(cases: Cases, shapes: readonly Shape[]): Survey {
  const opaque = shapes.map((shape) => opaquePart(shape) !== null);
  const empty = new Set<number>();
  const gaps: number[] = [];
  const possible = new Set<number>();
  const reached = new Set<number>();
  const covered = new Map<number, Set<number>>();
  const overlaps = new Map<number, { earlier: number; at: Set<number> }>();
  let doubtful: number | null = null;
  cases.each((verdicts, at, number) => {
    // The first rule that holds; whether no rule after this one is read; rules that hold or may; the last that may.
    let first: number | null = null;
    let blocked = false;
    let candidates = 0;
    let unsure: number | null = null;
    for (let n = 0; n < verdicts.length; n++) {
      const verdict = verdicts[n];
      if (verdict === NOT_MET) continue;
      if (verdict !== MET && opaque[n] !== true) {
        // Unknown for want of a fact alone: the table waits for it.
        blocked = true;
        continue;
      }
      possible.add(n);
      candidates += 1;
      if (!blocked) reached.add(n);
      else if (first !== null) note(covered, n).add(first);
      if (verdict !== MET) {
        unsure = n;
        continue;
      }
      if (first !== null) {
        const known = overlaps.get(n) ?? { earlier: first, at: new Set() };
        if (known.earlier === first) known.at.add(number);
        overlaps.set(n, known);
      }
      first ??= n;
      blocked = true;
    }
    if (candidates > 1) doubtful ??= unsure;
    if (!verdicts.every((verdict) => verdict === NOT_MET)) return;
    empty.add(number);
    if (isKnownThroughout(cases.axes, at)) gaps.push(number);
  });
  for (const n of reached) covered.delete(n);
  return { empty, gaps, possible, covered, overlaps, doubtful };
}

function note(sets: Map<number, Set<number>>, key: number): Set<number> {
  const set = sets.get(key) ?? new Set();
  sets.set(key, set);
  return set;
}

function isKnownThroughout(axes: readonly Axis[], at: Case): boolean {
  return axes.every(({ regions, classes }, n) =>
    (classes[at[n] ?? 0] ?? []).some((region) => regions[region]?.kind !== 'unknown'),
  );
}

/** A part of which the cases say nothing; null: there is none. */
export function opaquePart(shape: Shape): string | null {
  if (shape.kind === 'opaque') return shape.text;
  return 'of' in shape ? (shape.of.map(opaquePart).find((part) => part !== null) ?? null) : null;
}
