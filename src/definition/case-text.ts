import type { Text } from '../text.ts';
import type { Axis, Case, Cases } from './cases.ts';
import { isOrdered, type Region } from './regions.ts';
import type { Field } from './types.ts';

/** Classes of each axis: all cases that have one of them on every axis. */
type Box = readonly ReadonlySet<number>[];

/** Boxes of cases that are said at most; people mend one and look again. */
const MOST_BOXES = 3;

/** The condition of a box that has every case. */
const EVERY = 'true';

/**
 * Cases (by their number) in words: as conditions that hold of them and of nothing that is not `marked`, as few and as
 * wide as a greedy search finds.
 */
export function describeCases(cases: Cases, some: Iterable<number>, marked: ReadonlySet<number>): Text {
  const { conditions, more } = conditionsOf(cases, some, marked);
  if (conditions.includes(EVERY)) return { zh: '任何值', en: 'whatever the values are' };
  return {
    zh: `${conditions.join('；')}${more ? '；等等' : ''}`,
    en: `${conditions.join('; ')}${more ? '; and more' : ''}`,
  };
}

function conditionsOf(
  { axes }: Cases,
  cases: Iterable<number>,
  marked: ReadonlySet<number>,
): { readonly conditions: readonly string[]; readonly more: boolean } {
  const seen = new Set<number>();
  const conditions: string[] = [];
  for (const number of cases) {
    if (seen.has(number)) continue;
    if (conditions.length === MOST_BOXES) return { conditions, more: true };
    const box = widen(axes, caseOf(axes, number), marked);
    conditions.push(boxText(axes, box));
    for (const covered of numbersIn(axes, box)) seen.add(covered);
  }
  return { conditions, more: false };
}

function caseOf(axes: readonly Axis[], number: number): Case {
  let rest = number;
  return axes.map(({ classes }) => {
    const at = rest % classes.length;
    rest = (rest - at) / classes.length;
    return at;
  });
}

function numbersIn(axes: readonly Axis[], box: Box): readonly number[] {
  let numbers = [0];
  let weight = 1;
  for (const [n, { classes }] of axes.entries()) {
    const own = weight;
    numbers = numbers.flatMap((number) => [...(box[n] ?? [])].map((at) => number + at * own));
    weight *= classes.length;
  }
  return numbers;
}

/**
 * Takes in further classes as long as every case inside is marked: first fields of which every value will do, since they
 * need not be named, then single values.
 */
function widen(axes: readonly Axis[], at: Case, marked: ReadonlySet<number>): Box {
  let box: Box = at.map((own) => new Set([own]));
  const replaced = (n: number, own: Iterable<number>): Box => box.map((old, axis) => (axis === n ? new Set(own) : old));
  const fits = (other: Box): boolean => numbersIn(axes, other).every((number) => marked.has(number));
  for (const [n, { classes }] of axes.entries()) {
    const full = replaced(n, classes.keys());
    if (fits(full)) box = full;
  }
  for (const [n, { classes }] of axes.entries()) {
    for (const other of classes.keys()) {
      const own = box[n] ?? new Set();
      if (!own.has(other) && fits(replaced(n, [other]))) box = replaced(n, [...own, other]);
    }
  }
  return box;
}

function boxText(axes: readonly Axis[], box: Box): string {
  const parts = axes.flatMap((axis, n) => axisParts(axis, box[n] ?? new Set()));
  if (parts.length === 0) return EVERY;
  return parts.map((part) => (parts.length > 1 && part.includes(' || ') ? `(${part})` : part)).join(' && ');
}

/** What the values of these classes have in common; nothing where they are all there are. */
function axisParts({ field, regions, classes }: Axis, chosen: ReadonlySet<number>): readonly string[] {
  if (chosen.size === classes.length) return [];
  const within = new Set([...chosen].flatMap((n) => classes[n] ?? []));
  const runs = isOrdered(field) ? runsOf(regions, within) : [];
  const singles = runs.every(([first, last]) => first === last && regions[first]?.kind === 'one');
  const ways = singles ? valuesText(field, regions, within) : runs.map((run) => runText(field, regions, run));
  const unknown = regions.findIndex(({ kind }) => kind === 'unknown');
  return [[...(within.has(unknown) ? [`!known(${field.id})`] : []), ...ways].join(' || ')];
}

/** Neighbouring regions, first and last. */
function runsOf(regions: readonly Region[], within: ReadonlySet<number>): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (const [n, { kind }] of regions.entries()) {
    if (kind === 'unknown' || !within.has(n)) continue;
    const last = runs.at(-1);
    if (last !== undefined && last[1] === n - 1) last[1] = n;
    else runs.push([n, n]);
  }
  return runs;
}

function runText(field: Field, regions: readonly Region[], [first, last]: readonly [number, number]): string {
  const [low, high] = [regions[first], regions[last]];
  if (low === undefined || high === undefined) return '';
  const { id } = field;
  if (first === last && low.kind === 'one') return `${id} == ${spell(field, low.value)}`;
  const known = regions.filter(({ kind }) => kind !== 'unknown').length;
  const from =
    first === 0
      ? []
      : low.kind === 'one'
        ? [`${id} >= ${spell(field, low.value)}`]
        : [`${id} > ${spell(field, low.above)}`];
  const to =
    last === known - 1
      ? []
      : high.kind === 'one'
        ? [`${id} <= ${spell(field, high.value)}`]
        : [`${id} < ${spell(field, high.below)}`];
  // All of them: what is left out is that it is not known.
  return [...from, ...to].join(' && ') || `known(${id})`;
}

function valuesText(field: Field, regions: readonly Region[], within: ReadonlySet<number>): readonly string[] {
  const { id, type } = field;
  const known = [...regions.entries()].filter(([, { kind }]) => kind !== 'unknown');
  const inside = known.filter(([n]) => within.has(n));
  if (inside.length === 0) return [];
  if (inside.length === known.length) return [`known(${id})`];
  if (type === 'boolean') return [inside[0]?.[1].value === true ? id : `!${id}`];
  const among = (some: typeof known) => {
    const [only, ...others] = some.map(([, region]) => spell(field, region.value));
    return others.length === 0
      ? [`${id} == ${only}`, `${id} != ${only}`]
      : [`${id} in [${only}, ${others.join(', ')}]`];
  };
  // "Other" is whatever is none of the rest.
  if (!inside.some(([, { kind }]) => kind === 'other')) return among(inside).slice(0, 1);
  const outside = known.filter(([n]) => !within.has(n));
  const [are, areNot = `!(${are})`] = among(outside);
  return [areNot];
}

/** A constant as a condition writes it. */
function spell({ type }: Field, value: string | number | boolean | null): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'number' || (type !== 'date' && type !== 'datetime')) return String(value);
  const time = new Date(value).toISOString();
  return `timestamp("${time.endsWith('T00:00:00.000Z') ? time.slice(0, 10) : time}")`;
}
