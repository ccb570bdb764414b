import { shapeOf } from '../expr/index.ts';
import { casesOf, type Effort, NOT_MET, UNKNOWN } from './cases.ts';
import type { Check } from './check.ts';
import { eachStep } from './each-step.ts';
import { limitsOf } from './field-limits.ts';
import { exprTypes } from './field-types.ts';
import { opaquePart } from './survey.ts';

/** How much of the cases of all routes of a file is looked at, in parts of conditions. */
const EFFORT = 1_000_000;

/** Steps all of whose routes have conditions, unless in every case one of them holds: where none does nobody gets on. */
export function checkRouteGaps(check: Check): void {
  const effort = { left: EFFORT };
  for (const { step, path } of eachStep(check.definition)) {
    const conditions = step.next.flatMap(({ when }) => when ?? []);
    if (conditions.length === 0 || conditions.length < step.next.length) continue;
    if (isExhaustive(check, conditions, effort)) continue;
    check.atKey('route-missing', [...path, 'next', conditions.length - 1, 'when'], {
      message: {
        zh: `所有去向都有条件：都不成立时 ${step.id} 无法离开`,
        en: `Every route has a condition: where none holds, ${step.id} cannot be left`,
      },
      remedy: { zh: '请在最后加上一条没有 when 的去向', en: 'Add a last route without `when`' },
    });
  }
}

/** Certain where true: of what the cases do not tell, any may be not met. */
function isExhaustive({ definition }: Check, conditions: readonly string[], effort: Effort): boolean {
  const types = exprTypes(definition.fields);
  const shapes = conditions.map((text) => shapeOf(text, types));
  const fields = new Map(definition.fields.map((field) => [field.id, field]));
  const cases = casesOf(shapes, fields, (field) => limitsOf(definition, field), effort);
  if (cases === null) return false;
  const opaque = shapes.map((shape) => opaquePart(shape) !== null);
  let hasGap = false;
  cases.each((verdicts) => {
    if (verdicts.every((verdict, n) => verdict === NOT_MET || (verdict === UNKNOWN && opaque[n]))) hasGap = true;
  });
  return !hasGap;
}
