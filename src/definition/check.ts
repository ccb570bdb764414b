import { type CompiledCondition, type ConditionFix, compileCondition, shapeOf } from '../expr/index.ts';
import { type Constancy, constancyOf } from './constancy.ts';
import { isRight, limitsOf } from './field-limits.ts';
import { choiceValues, exprTypes } from './field-types.ts';
import type { Mend } from './fix.ts';
import { isDropped, type Outline, type Path, pointerOf, valueSpan } from './outline.ts';
import type { ProblemCode } from './problem-codes.ts';
import type { Advice, Collector } from './report.ts';
import { makeReports, type Reports } from './reports.ts';
import { spanInScalar, writtenIn } from './scalar-place.ts';
import type { Source } from './source.ts';
import type { ProcessDefinition } from './types.ts';

/** What the checks beyond the schema work with: the definition, its places, and ways to report. */
export interface Check extends Reports {
  readonly definition: ProcessDefinition;
  /** The processes that there are beside this one, and it; null: nobody has said which. */
  readonly others: Others | null;
  /** Ids of the calendars that there are; null: nobody has said which. */
  readonly calendars: KnownCalendars | null;
  /** At a part of a text value. */
  within(code: ProblemCode, path: Path, offset: number, length: number, advice: Advice & Partial<PartFix>): void;
  /** False where something that was refused may have held a phase or step, a milestone, or what supplies a field. */
  complete(what: keyof typeof homes): boolean;
  /** A condition of the file, compiled once per text. */
  condition(text: string): CompiledCondition;
  /** What in it is constant; null where it has errors, what it reads is amiss, or there are too many cases. */
  constancy(text: string): Constancy | null;
}

/** What mends a part of a text, told by the text. */
interface PartFix {
  readonly part: ConditionFix | null;
}

/** How much of the cases of all conditions of a file is looked at, in parts of conditions: some tenths of a second. */
const EFFORT = 2_000_000;

/** Processes by their ids; null: there is one, but what is in it is not known, since its file has errors. */
export type Others = ReadonlyMap<string, ProcessDefinition | null>;

/** What there is beside a file; null: nobody has said. */
export interface Beside {
  readonly others: Others | null;
  readonly calendars: KnownCalendars | null;
}

/** Calendars by their ids. */
type KnownCalendars = Pick<ReadonlyMap<string, unknown>, 'has' | 'keys'>;

/** Pointers of the elements that hold these. */
const homes = {
  places: /^\/phases(\/[^/]+(\/steps(\/[^/]+)?)?)?$/,
  milestones: /^\/phases(\/[^/]+(\/steps(\/[^/]+(\/milestone)?)?)?)?$/,
  supplies:
    /^\/(key|schedule(\/sets)?|signals(\/[^/]+(\/sets(\/\d+)?)?)?|fields(\/[^/]+)?|tables.*|phases(\/[^/]+(\/steps(\/[^/]+(\/activities(\/[^/]+(\/(supplies|may_supply)(\/\d+)?)?)?)?)?)?)?)$/,
} as const;

export function makeCheck(
  definition: ProcessDefinition,
  outline: Outline,
  source: Source,
  broken: readonly string[],
  collector: Collector,
  { others, calendars }: Beside,
): Check {
  const { report } = collector;
  const reports = makeReports(outline, broken, collector);
  const types = exprTypes(definition.fields);
  const choices = choiceValues(definition.fields);
  const compiled = new Map<string, CompiledCondition>();
  const condition = (text: string): CompiledCondition => {
    const known = compiled.get(text) ?? compileCondition(text, types, choices);
    compiled.set(text, known);
    return known;
  };
  const fields = new Map(definition.fields.map((field) => [field.id, field]));
  const constancies = new Map<string, Constancy | null>();
  const effort = { left: EFFORT };
  const lookAt = (text: string): Constancy | null => {
    const found = condition(text);
    if (!found.ok || !found.condition.reads.every((id) => isRight(definition, reports, id))) return null;
    return constancyOf(shapeOf(text, types), fields, (field) => limitsOf(definition, field), effort);
  };
  return {
    definition,
    others,
    calendars,
    ...reports,
    within: (code, path, offset, length, advice) => {
      const pointer = pointerOf(path);
      if (isDropped(outline, pointer)) return;
      const span = valueSpan(outline, pointer);
      const value = path.reduce<unknown>((part, key) => Object(part)[key], outline.value);
      const spanOf = (from: number, count: number) => spanInScalar(source.text, span, String(value), from, count);
      const { part } = advice;
      const fix: Mend | null = part
        ? () => writtenIn(source.text, span, spanOf(part.offset, part.length), part.text)
        : null;
      report(code, spanOf(offset, length), pointer, { ...advice, fix });
    },
    complete: (what) => !broken.some((where) => homes[what].test(where)),
    condition,
    constancy: (text) => {
      const known = constancies.get(text);
      const constancy = known === undefined ? lookAt(text) : known;
      constancies.set(text, constancy);
      return constancy;
    },
  };
}
