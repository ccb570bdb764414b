import type { Cut, Shape, Verdict } from '../expr/index.ts';
import { type Limits, type Region, regionsOf } from './regions.ts';
import type { Field } from './types.ts';

/** A field of some conditions, its values sorted by what they say of them. */
export interface Axis {
  readonly field: Field;
  readonly regions: readonly Region[];
  /** Indexes of regions of which every condition says the same. */
  readonly classes: readonly (readonly number[])[];
}

/** The class of each axis, in their order. */
export type Case = readonly number[];

/** No condition is met, unknown (it asks what cannot be told from the case), or met: in Kleene's order. */
export const NOT_MET = 0;
export const UNKNOWN = 1;
export const MET = 2;

/** Every case that conditions tell apart. */
export interface Cases {
  readonly axes: readonly Axis[];
  readonly count: number;
  /** The verdicts of the conditions in each case; the arrays are reused from call to call. */
  each(visit: (verdicts: Uint8Array, at: Case, number: number) => void): void;
}

type Evaluate = (at: Case) => number;

/** Most cases that are looked at of one set of conditions. */
const MOST_CASES = 20_000;

/** How much may still be looked at, in parts of conditions: a file is read in bounded time. */
export interface Effort {
  left: number;
}

/** What running a comparison costs, as against looking its verdict up. */
const RUN = 20;

/** True when so much effort was left. */
function spend(effort: Effort, parts: number): boolean {
  effort.left -= parts;
  return effort.left >= 0;
}

/**
 * The cases of some conditions over these fields; null where they are too many, or a field can have no value. `limitsOf`
 * may narrow the values that a field can have.
 */
export function casesOf(
  shapes: readonly Shape[],
  fields: ReadonlyMap<string, Field>,
  limitsOf: (field: Field) => Limits,
  effort: Effort,
): Cases | null {
  const axes: Axis[] = [];
  const evaluators = new Map<Shape, Evaluate>();
  let count = 1;
  for (const [id, parts] of partsByField(shapes)) {
    const field = fields.get(id);
    if (field === undefined) continue;
    const cuts: Cut[] = parts.flatMap((part) => (part.kind === 'test' ? part.cuts : []));
    const regions = regionsOf(
      field,
      limitsOf(field),
      cuts,
      parts.some(({ kind }) => kind === 'known'),
    );
    if (!spend(effort, regions.length * parts.length * RUN)) return null;
    const verdicts = regions.map((region) => parts.map((part) => verdictIn(part, region)));
    const classes = classesOf(verdicts.map((row) => row.join()));
    const index = axes.length;
    for (const [n, part] of parts.entries()) {
      const table = classes.map(([region = 0]) => verdicts[region]?.[n] ?? UNKNOWN);
      evaluators.set(part, (at) => table[at[index] ?? 0] ?? UNKNOWN);
    }
    axes.push({ field, regions, classes });
    count *= classes.length;
    if (count === 0 || count > MOST_CASES) return null;
  }
  const parts = shapes.reduce((sum, shape) => sum + sizeOf(shape), 0);
  if (!spend(effort, count * parts)) return null;
  const conditions = shapes.map((shape) => evaluatorOf(shape, evaluators));
  return {
    axes,
    count,
    each(visit) {
      const at = axes.map(() => 0);
      const verdicts = new Uint8Array(conditions.length);
      for (let number = 0; number < count; number++) {
        for (const [n, evaluate] of conditions.entries()) verdicts[n] = evaluate(at);
        visit(verdicts, at, number);
        step(at, axes);
      }
    },
  };
}

/** To the next case: the first axis runs fastest. */
function step(at: number[], axes: readonly Axis[]): void {
  for (const [n, { classes }] of axes.entries()) {
    at[n] = ((at[n] ?? 0) + 1) % classes.length;
    if (at[n] !== 0) return;
  }
}

function sizeOf(shape: Shape): number {
  return 'of' in shape ? shape.of.reduce((sum, part) => sum + sizeOf(part), 1) : 1;
}

type FieldPart = Shape & { readonly kind: 'test' | 'known' };

/** Each part once, though a shape and parts of it may be given together. */
function partsByField(shapes: readonly Shape[]): ReadonlyMap<string, readonly FieldPart[]> {
  const found = new Map<string, Set<FieldPart>>();
  const walk = (shape: Shape): void => {
    if (shape.kind === 'test' || shape.kind === 'known') {
      const parts = found.get(shape.field) ?? new Set();
      found.set(shape.field, parts.add(shape));
    } else if ('of' in shape) for (const part of shape.of) walk(part);
  };
  for (const shape of shapes) walk(shape);
  return new Map([...found].map(([field, parts]) => [field, [...parts]]));
}

const ranks: Readonly<Record<Verdict, number>> = { 'not-met': NOT_MET, unknown: UNKNOWN, met: MET };

function verdictIn(part: FieldPart, { kind, sample }: Region): number {
  if (part.kind === 'known') return kind === 'unknown' ? NOT_MET : MET;
  return ranks[part.verdictOf(sample)];
}

function classesOf(rows: readonly string[]): readonly (readonly number[])[] {
  const classes = new Map<string, number[]>();
  for (const [n, row] of rows.entries()) {
    const members = classes.get(row);
    if (members === undefined) classes.set(row, [n]);
    else members.push(n);
  }
  return [...classes.values()];
}

function evaluatorOf(shape: Shape, evaluators: ReadonlyMap<Shape, Evaluate>): Evaluate {
  switch (shape.kind) {
    case 'test':
    case 'known':
      return evaluators.get(shape) ?? (() => UNKNOWN);
    case 'opaque':
      return () => UNKNOWN;
    case 'constant': {
      const rank = ranks[shape.verdict];
      return () => rank;
    }
  }
  const parts = shape.of.map((part) => evaluatorOf(part, evaluators));
  switch (shape.kind) {
    case 'all':
      return (at) => parts.reduce((least, part) => (least === NOT_MET ? least : Math.min(least, part(at))), MET);
    case 'any':
      return (at) => parts.reduce((most, part) => (most === MET ? most : Math.max(most, part(at))), NOT_MET);
    case 'not':
      return (at) => MET - (parts[0]?.(at) ?? UNKNOWN);
    case 'if':
      return (at) => chosen(parts.map((part) => part(at)));
  }
}

function chosen([test = UNKNOWN, then = UNKNOWN, otherwise = UNKNOWN]: readonly number[]): number {
  return test === MET ? then : test === NOT_MET ? otherwise : then === otherwise ? then : UNKNOWN;
}
