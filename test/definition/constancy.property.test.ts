import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exprTypes, readProcess } from '../../src/definition/index.ts';
import { compileCondition } from '../../src/expr/index.ts';
import type { Fact, Verdict } from '../../src/expr/types.ts';

// Conditions over fields with few values, so that every combination can be tried: what the check says of a condition, or
// of criteria put together, must be what trying says.

const file = (gate: string) => `
process: tried
title: { zh: 试, en: Tried }
subject: case
roles: { clerk: { title: { zh: 职员, en: Clerk } } }
fields:
  n:     { type: integer, min: 0, max: 5 }
  money: { type: money, currency: CNY, min: 0, max: 0.03 }
  class: { type: choice, of: [A, B, C] }
  yes:   { type: boolean }
outcomes: { done: { title: { zh: 完成, en: Done } } }
phases:
  work:
    title: { zh: 办理, en: Work }
    steps:
      take:
        title: { zh: 受理, en: Take }
        activities: { form: { title: { zh: 表单, en: Form }, may_supply: [n, money, class, yes] } }
        exit: ${gate}
        milestone: done
`;

const values: Readonly<Record<string, readonly (Fact | undefined)[]>> = {
  n: [0, 1, 2, 3, 4, 5, undefined],
  money: [0, 0.01, 0.02, 0.03, undefined],
  class: ['A', 'B', 'C', undefined],
  yes: [true, false, undefined],
};

type Facts = Readonly<Record<string, Fact | undefined>>;

const everything: readonly Facts[] = Object.entries(values).reduce<readonly Facts[]>(
  (all, [field, some]) => all.flatMap((facts) => some.map((value) => ({ ...facts, [field]: value }))),
  [{}],
);

const compare = fc.constantFrom('==', '!=', '<', '<=', '>', '>=');
const test = fc.oneof(
  fc.tuple(compare, fc.constantFrom('-1', '0', '1', '2', '2.5', '4', '5', '7')).map(([op, n]) => `n ${op} ${n}`),
  fc.tuple(compare, fc.constantFrom('0', '0.01', '0.015', '0.02', '0.03')).map(([op, n]) => `${n} ${op} money`),
  fc.constantFrom('class == "A"', 'class != "B"', 'class in ["B", "C"]', 'class in ["A", "B", "C"]', 'yes', '!yes'),
  fc.constantFrom('known(n)', 'known(class)', '!known(yes)', 'n in [1, 3]', 'n in [6, 7]'),
);
const condition = fc
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

const types = exprTypes(readProcess(file('{ c: n > 1 }'), 'tried.yaml').definition?.fields ?? []);

/** What a condition comes to for every combination of values. */
function verdicts(text: string): readonly Verdict[] {
  const compiled = compileCondition(text, types);
  if (!compiled.ok) throw new Error(`${text}: ${JSON.stringify(compiled.errors)}`);
  return everything.map((facts) => compiled.condition.explain((field) => facts[field]).verdict);
}

function holds(found: readonly Verdict[]): 'never' | 'always' | null {
  if (!found.includes('met')) return 'never';
  return found.includes('not-met') ? null : 'always';
}

const told = (gate: string) =>
  readProcess(file(gate), 'tried.yaml').problems.filter(({ code }) => /-holds$|^criteria-exclude$/.test(code));

const quoted = (text: string) => `'${text}'`;

/** The part of the gate's one line that a problem names. */
function named(gate: string, { line, column, length }: { line: number; column: number; length: number }): string {
  return (file(gate).split('\n')[line - 1] ?? '').slice(column - 1, column - 1 + length);
}

it('says of a condition, and of its parts, what trying every value says', () => {
  const seen = { never: 0, always: 0, parts: 0, neither: 0 };
  fc.assert(
    fc.property(condition, (text) => {
      const gate = `{ c: ${quoted(text)} }`;
      const problems = told(gate);
      for (const problem of problems) {
        const part = named(gate, problem);
        expect([part, `${holds(verdicts(part))}-holds`]).toEqual([part, problem.code]);
        if (part !== text) seen.parts += 1;
      }
      // Where the whole is constant something is said: itself, or the part that makes it so.
      const whole = holds(verdicts(text));
      if (whole !== null) expect(problems.length).toBeGreaterThan(0);
      seen[whole ?? 'neither'] += 1;
    }),
    { numRuns: 250, seed: 20261128 },
  );
  for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(5);
});

it('says of the criteria of a gate that they exclude each other where no values meet all of them', () => {
  const seen = { excluding: 0, fitting: 0 };
  // A criterion that never holds by itself is another matter.
  const possible = fc.array(
    condition.filter((text) => holds(verdicts(text)) !== 'never'),
    { minLength: 2, maxLength: 4 },
  );
  fc.assert(
    fc.property(possible, (texts) => {
      const gate = `{ ${texts.map((text, n) => `c${n}: ${quoted(text)}`).join(', ')} }`;
      const tried = texts.map(verdicts);
      const meets = (upTo: number) =>
        everything.some((_facts, at) => tried.slice(0, upTo + 1).every((found) => found[at] === 'met'));
      const problems = told(gate).filter(({ code }) => code === 'criteria-exclude');
      // Of two groups of criteria that read different fields each is told of.
      expect(problems.length > 0).toBe(!meets(texts.length - 1));
      for (const problem of problems) expect(meets(Number(named(gate, problem).slice(1)))).toBe(false);
      seen[problems.length > 0 ? 'excluding' : 'fitting'] += 1;
    }),
    { numRuns: 150, seed: 20261128 },
  );
  for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(5);
});

it('says of criteria that are put together what trying every value says', () => {
  const seen = { never: 0, always: 0, neither: 0 };
  const depends = condition.filter((text) => holds(verdicts(text)) === null && text.length < 60);
  const several = fc.array(depends, { minLength: 2, maxLength: 3 });
  fc.assert(
    fc.property(fc.constantFrom('all', 'any', 'at_least: 2, of'), several, (kind, texts) => {
      const gate = `{ c: { ${kind}: [${texts.map(quoted).join(', ')}] } }`;
      const tried = texts.map(verdicts);
      const found = everything.map((_facts, at): Verdict => {
        const count = (verdict: Verdict) => tried.filter((each) => each[at] === verdict).length;
        const wanted = kind === 'all' ? texts.length : kind === 'any' ? 1 : 2;
        if (count('met') >= wanted) return 'met';
        return count('met') + count('unknown') >= wanted ? 'unknown' : 'not-met';
      });
      const expected = holds(found);
      const keys = ['all', 'any', 'of'];
      const codes = told(gate).flatMap((problem) => (keys.includes(named(gate, problem)) ? [problem.code] : []));
      const inner = told(gate).length > codes.length;
      // What a part of a condition says is said there, and not again.
      if (!inner) expect(codes).toEqual(expected === null ? [] : [`${expected}-holds`]);
      seen[expected ?? 'neither'] += 1;
    }),
    { numRuns: 150, seed: 20261128 },
  );
  for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(5);
});
