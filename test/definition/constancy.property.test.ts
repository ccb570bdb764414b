import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readProcess } from '../../src/definition/index.ts';
import type { Verdict } from '../../src/expr/types.ts';
import { condition, everything, triedFile, verdicts } from './tried.ts';

// What the check says of a condition, or of criteria put together, must be what trying every value says.

const file = (gate: string) => triedFile({ exit: `        exit: ${gate}\n` });

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
      if (whole === 'never') expect(problems.map(({ code }) => code)).toContain('never-holds');
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

it('warns of what is denied and always holds that it can never hold', () => {
  const seen = { always: 0, other: 0 };
  const short = condition.filter((text) => text.length < 60);
  fc.assert(
    fc.property(fc.constantFrom('all', 'any'), fc.array(short, { minLength: 1, maxLength: 2 }), (kind, texts) => {
      const tried = texts.map(verdicts);
      const found = everything.map((_facts, at): Verdict => {
        const each = tried.map((one) => one[at] ?? 'unknown');
        const decides = kind === 'all' ? 'not-met' : 'met';
        if (each.includes(decides)) return decides;
        return each.includes('unknown') ? 'unknown' : decides === 'met' ? 'not-met' : 'met';
      });
      const codes = told(`{ c: { not: { ${kind}: [${texts.map(quoted).join(', ')}] } } }`).map(({ code }) => code);
      if (holds(found) === 'always') expect(codes).toContain('never-holds');
      seen[holds(found) === 'always' ? 'always' : 'other'] += 1;
    }),
    { numRuns: 150, seed: 20261128 },
  );
  for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(5);
});
