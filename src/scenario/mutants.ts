import type { CompiledProcess } from '../compile/types.ts';
import {
  type Choice,
  exprTypes,
  keySpan,
  leadSame,
  type Outline,
  type Path,
  parseDuration,
  placeOf,
  pointerOf,
  type Source,
  saySame,
  valueSpan,
} from '../definition/index.ts';
import type { ProcessDefinition } from '../definition/types.ts';
import { compileCondition } from '../expr/index.ts';
import { changedConditions } from './changed-conditions.ts';
import { type Spot, spotsOf } from './spots.ts';
import type { Place } from './types.ts';

/** A definition with one small change. */
export interface Mutant {
  readonly kind: Spot['kind'];
  /** In the process file. */
  readonly place: Place;
  /** Keys to what was changed, as far as the file has them. */
  readonly path: string;
  readonly file: Path;
  readonly from: string;
  readonly to: string;
  make(): ProcessDefinition;
}

/**
 * Every small change of a definition, in the order of the file: a criterion left out or turned round, a comparison, a limit,
 * a duration by one, another role. What would say the same of every value that the fields may have, or lead to the same
 * where the first of several conditions decides, is not made.
 */
export function mutantsOf(process: CompiledProcess, outline: Outline, source: Source): readonly Mutant[] {
  const { definition } = process;
  return spotsOf(definition).flatMap((spot) => {
    const old = valueAt(definition, spot.at);
    const place = placeIn(outline, source, spot.file);
    return changesAt(process, spot, old).map(
      ({ value, from, to, at = spot.at }): Mutant => ({
        kind: spot.kind,
        place,
        path: spot.file.join('.'),
        file: spot.file,
        from,
        to,
        make: () => replacedAt(definition, at, value),
      }),
    );
  });
}

interface Change {
  readonly from: string;
  readonly to: string;
  readonly value: unknown;
  readonly at?: Path;
}

function changesAt(process: CompiledProcess, spot: Spot, old: unknown): readonly Change[] {
  switch (spot.kind) {
    case 'gate':
      return gateChanges(process, spot, old);
    case 'parts':
      return partChanges(old);
    case 'condition':
      return conditionChanges(process, spot, String(old));
    case 'number':
      return byOne(Number(old), spot.range ?? [1, 1e12]).map((value) => ({
        from: String(old),
        to: String(value),
        value,
      }));
    case 'duration':
      return durationChanges(String(old));
    case 'share': {
      const share = Number.parseInt(String(old), 10);
      return [share - 10, share + 10]
        .filter((value) => value > 0 && value < 100)
        .map((value) => ({ from: `${share}%`, to: `${value}%`, value: `${value}%` }));
    }
    case 'role':
      return roleChanges(process, spot, String(old));
  }
}

/** Left out, and turned round. */
function gateChanges({ definition }: CompiledProcess, { at }: Spot, old: unknown): readonly Change[] {
  const named: Readonly<Record<string, unknown>> = Object(old);
  const list = valueAt(definition, at.slice(0, -1));
  const index = at.at(-1);
  const without = Array.isArray(list) ? list.filter((_, n) => n !== index) : [];
  const from = String(named.id);
  return [
    { from, to: '–', value: without, at: at.slice(0, -1) },
    { from, to: `not ${from}`, value: { ...named, criterion: { kind: 'not', of: named.criterion } } },
  ];
}

/** One part of several left out. */
function partChanges(old: unknown): readonly Change[] {
  if (!Array.isArray(old)) return [];
  return old.map((part: unknown, index) => ({
    from: partText(part),
    to: '–',
    value: old.filter((_, n) => n !== index),
  }));
}

function partText(part: unknown): string {
  const { kind, text } = Object(part);
  return kind === 'condition' ? String(text) : String(kind);
}

function conditionChanges({ definition }: CompiledProcess, { at }: Spot, old: string): readonly Change[] {
  const { fields } = definition;
  const types = exprTypes(fields);
  const choices = choicesAround(definition, at);
  const changed = (text: string) => choices.map((choice, n) => (n === at.at(-2) ? { ...choice, when: text } : choice));
  // A whole criterion is turned round as one; elsewhere the condition is.
  const isCriterion = at.includes('criterion');
  const turned = isCriterion ? [] : [`!(${old})`];
  return [...turned, ...changedConditions(old)]
    .filter((text) => compileCondition(text, types).ok && !saySame(old, text, fields))
    .filter((text) => choices.length === 0 || !leadSame(choices, changed(text), fields))
    .map((text) => ({ from: old, to: text, value: text }));
}

/** The lists of conditions of which the first that holds decides. */
const firstOf: ReadonlySet<unknown> = new Set(['rules', 'next', 'targets', 'calendar']);

/** The list that a condition is in, where the first that holds decides; else nothing. */
function choicesAround(definition: ProcessDefinition, at: Path): readonly Choice[] {
  const list = valueAt(definition, at.slice(0, -2));
  const { hit = 'first' } = Object(valueAt(definition, at.slice(0, -3)));
  if (!firstOf.has(at.at(-3)) || hit !== 'first' || !Array.isArray(list)) return [];
  return list.map((choice: unknown) => {
    const { when, assumed: _, ...to } = Object(choice);
    return { when, to: JSON.stringify(to) };
  });
}

function durationChanges(old: string): readonly Change[] {
  const duration = parseDuration(old);
  if (duration === null) return [];
  const { amount, unit } = duration;
  return byOne(amount, [1, 99_999]).map((value) => {
    const words = `${value} ${value === 1 ? unit.slice(0, -1) : unit}`;
    return { from: old, to: words, value: words };
  });
}

function byOne(old: number, [least, most]: readonly [number, number]): readonly number[] {
  return [old - 1, old + 1].filter((value) => value >= least && value <= most);
}

/** The next role of the file that does not stand beside it. */
function roleChanges({ definition }: CompiledProcess, { at }: Spot, old: string): readonly Change[] {
  const ids = definition.roles.map(({ id }) => id);
  const list = valueAt(definition, at.slice(0, at.at(-1) === 'id' ? -2 : -1));
  const beside = Array.isArray(list) ? list.map((item: unknown) => String(Object(item).id ?? item)) : [];
  const after = [...ids.slice(ids.indexOf(old) + 1), ...ids];
  const other = after.find((id) => id !== old && !beside.includes(id));
  return other === undefined ? [] : [{ from: old, to: other, value: other }];
}

function valueAt(definition: ProcessDefinition, path: Path): unknown {
  return path.reduce<unknown>((part, key) => Object(part)[key], definition);
}

/** A definition is plain JSON; what stands at the path is of the kind that was there. */
function replacedAt(definition: ProcessDefinition, path: Path, value: unknown): ProcessDefinition {
  return replaced(definition, path, value) as ProcessDefinition;
}

function replaced(part: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(part)) return part.map((item: unknown, n) => (n === key ? replaced(item, rest, value) : item));
  const members: Readonly<Record<string, unknown>> = Object(part);
  return { ...members, [key]: replaced(members[key], rest, value) };
}

/** Where the file says it; where it has no such words, at what is around it. */
function placeIn(outline: Outline, source: Source, path: Path): Place {
  const pointer = pointerOf(path);
  const span = outline.marks.has(pointer) ? valueSpan(outline, pointer) : keySpan(outline, pointer);
  return placeOf(source, span.start);
}
