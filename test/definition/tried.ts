import fc from 'fast-check';
import { exprTypes, readProcess } from '../../src/definition/index.ts';
import { compileCondition } from '../../src/expr/index.ts';
import type { Fact, Verdict } from '../../src/expr/types.ts';

// Conditions over fields with few values, so that every combination can be tried.

/** A process of these fields and the one step that supplies them; what is given is whole lines. */
export const triedFile = ({ fields = '', tables = '', exit = '' }: Readonly<Record<string, string>> = {}) => `
process: tried
title: { zh: 试, en: Tried }
subject: case
roles: { clerk: { title: { zh: 职员, en: Clerk } } }
fields:
  n:     { type: integer, min: 0, max: 5 }
  money: { type: money, currency: CNY, min: 0, max: 0.03 }
  class: { type: choice, of: [A, B, C] }
  yes:   { type: boolean }
${fields}${tables}
outcomes: { done: { title: { zh: 完成, en: Done } } }
phases:
  work:
    title: { zh: 办理, en: Work }
    steps:
      take:
        title: { zh: 受理, en: Take }
        activities: { form: { title: { zh: 表单, en: Form }, may_supply: [n, money, class, yes] } }
${exit}        milestone: done
`;

const values: Readonly<Record<string, readonly (Fact | undefined)[]>> = {
  n: [0, 1, 2, 3, 4, 5, undefined],
  money: [0, 0.01, 0.02, 0.03, undefined],
  class: ['A', 'B', 'C', undefined],
  yes: [true, false, undefined],
};

type Facts = Readonly<Record<string, Fact | undefined>>;

/** Every combination of the fields' values. */
export const everything: readonly Facts[] = Object.entries(values).reduce<readonly Facts[]>(
  (all, [field, some]) => all.flatMap((facts) => some.map((value) => ({ ...facts, [field]: value }))),
  [{}],
);

const compare = fc.constantFrom('==', '!=', '<', '<=', '>', '>=');
const test = fc.oneof(
  fc.tuple(compare, fc.constantFrom('-1', '0', '1', '2', '2.5', '4', '5', '7')).map(([op, n]) => `n ${op} ${n}`),
  fc.tuple(compare, fc.constantFrom('0', '0.01', '0.015', '0.02', '0.03')).map(([op, n]) => `${n} ${op} money`),
  fc.constantFrom('class == "A"', 'class != "B"', 'class in ["B", "C"]', 'class in ["A", "B", "C"]', 'yes', '!yes'),
  fc.constantFrom('known(n)', 'known(class)', '!known(yes)', 'n in [1, 3]', 'n in [6, 7]', 'yes == false'),
);

/** A condition's text, short enough to be well within the limits of a condition. */
export const condition = fc
  .letrec<{ any: string }>((tie) => ({
    any: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      test,
      fc.tuple(tie('any'), fc.constantFrom('&&', '||'), tie('any')).map(([a, op, b]) => `(${a}) ${op} (${b})`),
      tie('any').map((a) => `!(${a})`),
      fc.tuple(tie('any'), tie('any'), tie('any')).map(([a, b, c]) => `(${a}) ? (${b}) : (${c})`),
    ),
  }))
  .any.filter((text) => text.length < 150);

const types = exprTypes(readProcess(triedFile(), 'tried.yaml').definition?.fields ?? []);

/** What a condition comes to for every combination of values. */
export function verdicts(text: string): readonly Verdict[] {
  const compiled = compileCondition(text, types);
  if (!compiled.ok) throw new Error(`${text}: ${JSON.stringify(compiled.errors)}`);
  return everything.map((facts) => compiled.condition.explain((field) => facts[field]).verdict);
}
