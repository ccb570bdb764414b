import { shapeOf } from '../expr/index.ts';
import { type Cases, casesOf, type Effort, MET, NOT_MET } from './cases.ts';
import type { Check } from './check.ts';
import { constantParts, noneSeen } from './constancy.ts';
import { type PlacedCriterion, placedCriterion, verdictOf, withParts } from './criteria.ts';
import { eachGate } from './each-gate.ts';
import { limitsOf } from './field-limits.ts';
import { exprTypes } from './field-types.ts';
import type { Path } from './outline.ts';
import { opaquePart } from './survey.ts';

/** How much of the cases of all gates of a file is looked at, in parts of conditions. */
const EFFORT = 2_000_000;

/**
 * Criteria that are put together so that they hold never or always, and criteria of one gate that exclude each other.
 * Returns where something was said to hold never: that a condition in it always does has then been said.
 */
export function checkCriteria(check: Check): readonly Path[] {
  const dead: Path[] = [];
  const effort = { left: EFFORT };
  const types = exprTypes(check.definition.fields);
  for (const { wants, criteria } of eachGate(check)) {
    if (wants !== 'met') continue;
    const placed = criteria.map(({ raw }) => placedCriterion(raw));
    const told = placed.filter((criterion) => conditionsOf(criterion).every((text) => check.constancy(text) !== null));
    for (const group of related(check, told)) dead.push(...checkGroup(check, group, types, effort));
  }
  return dead;
}

function conditionsOf(criterion: PlacedCriterion): readonly string[] {
  return withParts(criterion).flatMap(({ kind, text }) => (kind === 'condition' ? [text] : []));
}

function readsOf(check: Check, criterion: PlacedCriterion): readonly string[] {
  return conditionsOf(criterion).flatMap((text) => {
    const compiled = check.condition(text);
    return compiled.ok ? compiled.condition.reads : [];
  });
}

/** Criteria parted so that no two groups read the same field: what one says has no bearing on another. */
function related(check: Check, criteria: readonly PlacedCriterion[]): readonly (readonly PlacedCriterion[])[] {
  let groups: { readonly reads: ReadonlySet<string>; readonly of: readonly PlacedCriterion[] }[] = [];
  for (const criterion of criteria) {
    const reads = readsOf(check, criterion);
    const near = groups.filter((group) => reads.some((field) => group.reads.has(field)));
    const joined = {
      reads: new Set([...near.flatMap((group) => [...group.reads]), ...reads]),
      of: [...near.flatMap(({ of }) => of), criterion],
    };
    groups = [...groups.filter((group) => !near.includes(group)), joined];
  }
  return groups.map(({ of }) => criteria.filter((criterion) => of.includes(criterion)));
}

function checkGroup(
  check: Check,
  group: readonly PlacedCriterion[],
  types: ReturnType<typeof exprTypes>,
  effort: Effort,
): readonly Path[] {
  const texts = [...new Set(group.flatMap(conditionsOf))];
  // A condition by itself has been looked at.
  if (group.every(({ kind }) => kind === 'condition') && group.length === 1) return [];
  const shapes = new Map(texts.map((text) => [text, shapeOf(text, types)]));
  const { definition } = check;
  const fields = new Map(definition.fields.map((field) => [field.id, field]));
  const cases = casesOf([...shapes.values()], fields, (field) => limitsOf(definition, field), effort);
  if (cases === null) return [];
  // In each case every part of every criterion is put together.
  effort.left -= cases.count * group.reduce((sum, criterion) => sum + withParts(criterion).length, 0);
  if (effort.left < 0) return [];
  const opaque = new Set([...shapes].flatMap(([text, shape]) => (opaquePart(shape) === null ? [] : [text])));
  const table = { cases, texts, isOpaque: (of: PlacedCriterion) => conditionsOf(of).some((text) => opaque.has(text)) };
  const found = group.map((criterion) => constancyOfCriterion(criterion, table));
  const parts = found.flatMap(({ parts }) => parts).filter(({ part }) => part.kind !== 'condition');
  for (const { part, holds } of parts) constantCriterion(check, part, holds);
  if (found.every(({ holds }) => holds !== 'never')) checkTogether(check, group, table);
  return parts.flatMap(({ part, holds }) => (holds === 'never' ? [part.raw.path] : []));
}

interface Table {
  readonly cases: Cases;
  /** The conditions whose verdicts the cases give, in their order. */
  readonly texts: readonly string[];
  isOpaque(criterion: PlacedCriterion): boolean;
}

/** What the whole of a criterion does, and the parts of it that are worth saying. */
function constancyOfCriterion(criterion: PlacedCriterion, { cases, texts, isOpaque }: Table) {
  const parts = withParts(criterion);
  const seen = parts.map(() => noneSeen());
  eachCase(cases, texts, (ofCondition) => {
    for (const [n, part] of parts.entries()) seen[n]?.note(verdictOf(part, ofCondition));
  });
  const verdicts = new Map(parts.map((part, n) => [part, seen[n]?.holds(isOpaque(part)) ?? null]));
  const holdsOf = (part: PlacedCriterion) => verdicts.get(part) ?? null;
  return { holds: holdsOf(criterion), parts: constantParts(criterion, ({ of }) => of, holdsOf) };
}

function eachCase(
  cases: Cases,
  texts: readonly string[],
  visit: (ofCondition: (text: string) => number) => void,
): void {
  const places = new Map(texts.map((text, n) => [text, n]));
  cases.each((verdicts) => visit((text) => verdicts[places.get(text) ?? -1] ?? NOT_MET));
}

function constantCriterion(check: Check, { raw, kind }: PlacedCriterion, holds: 'never' | 'always'): void {
  const path = [...raw.path, kind === 'at-least' ? 'of' : kind];
  if (holds === 'never' && kind === 'not') {
    check.atKey('never-holds', path, {
      message: {
        zh: '字段无论取何值，它永远不成立：被否定的总是成立',
        en: 'Whatever values the fields have, this can never hold: what it denies always does',
      },
      remedy: { zh: '请改正被否定的条件', en: 'Correct the condition of what it denies' },
    });
  } else if (holds === 'never') {
    check.atKey('never-holds', path, {
      message: {
        zh: '它的各项放在一起永远不成立',
        en: 'Whatever values the fields have, this can never hold: its parts are at odds',
      },
      remedy: { zh: '请改正其中一项的条件', en: 'Correct the condition of one of its parts' },
    });
  } else {
    check.atKey('always-holds', path, {
      message: { zh: '字段无论取何值，它总是成立', en: 'Whatever values the fields have, this always holds' },
      remedy: { zh: '请改正其中一项的条件，或删除它', en: 'Correct the condition of one of its parts, or delete it' },
    });
  }
}

/** The first criterion that cannot hold where those before it do. */
function checkTogether(check: Check, group: readonly PlacedCriterion[], { cases, texts, isOpaque }: Table): void {
  const opaque = group.map(isOpaque);
  // By the later of two: those with which it may hold; and how far from the first on all may hold at once.
  const together = group.map(() => new Set<number>());
  let furthest = 0;
  eachCase(cases, texts, (ofCondition) => {
    const may = group.map((criterion, n) => {
      const verdict = verdictOf(criterion, ofCondition);
      return verdict === MET || (verdict !== NOT_MET && opaque[n] === true);
    });
    const first = may.indexOf(false);
    furthest = Math.max(furthest, first === -1 ? group.length : first);
    for (const [later, set] of together.entries())
      if (may[later] === true) for (let n = 0; n < later; n++) if (may[n] === true) set.add(n);
  });
  const shut = group[furthest];
  if (shut === undefined) return;
  const other = group.slice(0, furthest).find((_criterion, n) => together[furthest]?.has(n) !== true);
  const [name, before] = [nameOf(shut), other === undefined ? null : nameOf(other)];
  check.atKey('criteria-exclude', shut.raw.path, {
    message:
      before === null
        ? {
            zh: `${name} 与前面的条件项不能同时成立，关口永远打不开`,
            en: `${name} cannot hold together with the criteria before it: the gate never opens`,
          }
        : {
            zh: `${name} 与 ${before} 不能同时成立，关口永远打不开`,
            en: `${name} and ${before} cannot both hold: the gate never opens`,
          },
    remedy: { zh: '请改正其中一个；若只需其一，请写 any', en: 'Correct one of them; if one is enough, write any' },
  });
}

function nameOf({ raw }: PlacedCriterion): string {
  return String(raw.path.at(-1));
}
