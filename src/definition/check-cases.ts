import { type Shape, shapeOf } from '../expr/index.ts';
import { describeCases } from './case-text.ts';
import { type Cases, casesOf, type Effort } from './cases.ts';
import type { Check } from './check.ts';
import { checkCollected } from './check-collected.ts';
import { isRight, limitsOf } from './field-limits.ts';
import { exprTypes } from './field-types.ts';
import type { Path } from './outline.ts';
import type { ProblemCode } from './problem-codes.ts';
import type { Advice } from './report.ts';
import { opaquePart, type Survey, survey } from './survey.ts';
import { tableReads } from './table-reads.ts';
import type { DecisionTable } from './table-types.ts';

const ALWAYS: Shape = { kind: 'constant', verdict: 'met', start: 0, end: 0 };

/**
 * The cases that the conditions of a right table tell apart: values for which no rule holds, rules that are never
 * reached or never hold, rules that hold at once where they may not, and results that do not fit the field.
 */
export function checkCases(check: Check, table: DecisionTable, effort: Effort): void {
  const { fields } = check.definition;
  const field = fields.find(({ id }) => id === table.sets);
  const readsRight = tableReads(check, table).every((id) => isRight(check.definition, check, id));
  if (field === undefined || !readsRight) return;
  const types = exprTypes(fields);
  const shapes = table.rules.map(({ when }) => (when === null ? ALWAYS : shapeOf(when, types)));
  if (shapes.every((shape) => shape === ALWAYS) && table.hit === 'first') return;
  const byId = new Map(fields.map((each) => [each.id, each]));
  const cases = casesOf(shapes, byId, (each) => limitsOf(check.definition, each), effort);
  const path: Path = ['tables', table.id, 'rules'];
  if (cases === null) {
    check.atKey('table-unchecked', path, {
      message: {
        zh: '条件区分的情形太多，没有检查遗漏和重叠',
        en: 'The conditions tell too many cases apart to look for gaps and overlaps',
      },
      remedy: { zh: '请把它拆成几张决策表', en: 'Divide it into several tables' },
    });
    return;
  }
  const found = survey(cases, shapes);
  for (const n of table.rules.keys()) checkRule(check, table, n, found);
  if (table.hit === 'unique') checkOverlaps(check, table, cases, shapes, found);
  // Of several values, none is an answer too: the sum of nothing is 0.
  if (table.hit !== 'all' || table.collect === 'max' || table.collect === 'min') checkGaps(check, path, cases, found);
  checkCollected(check, table, field, cases);
}

/** At the condition of a rule, or at its value where it has none. */
function atRule(check: Check, code: ProblemCode, { id, rules }: DecisionTable, n: number, advice: Advice): void {
  const path: Path = ['tables', id, 'rules', n];
  if (rules[n]?.when === null) check.atKey(code, [...path, 'then'], advice);
  else check.atValue(code, [...path, 'when'], advice);
}

function checkRule(check: Check, table: DecisionTable, n: number, { possible, covered }: Survey): void {
  if (!possible.has(n)) {
    atRule(check, 'rule-never-holds', table, n, {
      message: {
        zh: '字段的任何值都不能使这条规则成立',
        en: 'No values that the fields may have make this rule hold',
      },
      remedy: { zh: '请改正条件，或删除这条规则', en: 'Correct its condition, or delete the rule' },
    });
    return;
  }
  const before = table.hit === 'first' ? covered.get(n) : undefined;
  if (before === undefined) return;
  const numbers = [...before].map((rule) => rule + 1).sort((a, b) => a - b);
  atRule(check, 'rule-never-read', table, n, {
    // A last rule for all the rest is a good habit even where there is no rest.
    severity: table.rules[n]?.when === null ? 'hint' : 'warning',
    message: {
      zh: `凡这条规则成立时，第 ${numbers.join('、')} 条规则已先成立`,
      en: `Wherever this rule holds, ${numbers.length === 1 ? 'rule' : 'one of the rules'} ${numbers.join(', ')} holds before it`,
    },
    remedy: { zh: '请把它移到前面、改正条件，或删除', en: 'Move it up, correct its condition, or delete it' },
  });
}

/** Overlaps that are told of one table: putting a case into words takes longer than finding it. */
const MOST_OVERLAPS = 10;

function checkOverlaps(
  check: Check,
  table: DecisionTable,
  cases: Cases,
  shapes: readonly Shape[],
  { overlaps, doubtful }: Survey,
): void {
  for (const [n, { earlier, at }] of [...overlaps].slice(0, MOST_OVERLAPS)) {
    const where = describeCases(cases, at, at);
    atRule(check, 'table-overlap', table, n, {
      message: {
        zh: `第 ${earlier + 1} 条规则与这一条同时成立：${where.zh}`,
        en: `Rule ${earlier + 1} and this one both hold: ${where.en}`,
      },
      remedy: {
        zh: '请改正其中一条的条件；若应由先写的决定，请写 hit: first',
        en: 'Correct the condition of one; if the first of them shall decide, write hit: first',
      },
    });
  }
  const shape = doubtful === null ? undefined : shapes[doubtful];
  if (doubtful === null || shape === undefined || overlaps.size > 0) return;
  const part = opaquePart(shape) ?? '';
  atRule(check, 'table-unchecked', table, doubtful, {
    message: {
      zh: `无法判断这条规则是否会与别的规则同时成立：${part} 不是字段与常数的比较`,
      en: `Whether this rule can hold together with another cannot be told: ${part} does not compare a field with a constant`,
    },
    remedy: {
      zh: '请自行确认不会同时成立；若有两条同时成立，字段为空',
      en: 'Make sure that they cannot; where two hold, the field stays empty',
    },
  });
}

function checkGaps(check: Check, path: Path, cases: Cases, { gaps, empty }: Survey): void {
  if (gaps.length === 0) return;
  const where = describeCases(cases, gaps, empty);
  check.atKey('table-gap', path, {
    message: { zh: `没有规则成立：${where.zh}`, en: `No rule holds: ${where.en}` },
    remedy: {
      zh: '请为这些值加一条规则，或在最后加一条没有 when 的规则；否则字段为空',
      en: 'Add a rule for these values, or a last one without `when`; otherwise the field stays empty',
    },
  });
}
