import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  atLeastVerdict,
  compileCondition,
  type ExprType,
  everyVerdict,
  type Fact,
  opposite,
  someVerdict,
  type Verdict,
} from '../../src/expr/index.ts';

const types: ReadonlyMap<string, ExprType> = new Map<string, ExprType>([
  ['a', 'boolean'],
  ['b', 'boolean'],
  ['c', 'boolean'],
  ['n', 'number'],
  ['m', 'number'],
  ['s', 'text'],
]);
type Truth = boolean | undefined;
type Facts = Readonly<Record<string, Fact | undefined>>;

/** A condition with what an independent reading of it says; `&&` etc. by the laws of Kleene's logic over min and max. */
interface Sample {
  readonly text: string;
  readonly value: (facts: Facts) => Truth;
}

const rank = (truth: Truth): number => (truth === true ? 1 : truth === false ? -1 : 0);
const truth = (n: number): Truth => (n > 0 ? true : n < 0 ? false : undefined);

const leaf = fc.oneof(
  fc
    .constantFrom('a', 'b', 'c')
    .map((f): Sample => ({ text: f, value: (facts) => (facts[f] === undefined ? undefined : facts[f] === true) })),
  fc.constantFrom('>', '<=', '==').map(
    (op): Sample => ({
      text: `n ${op} m`,
      value: ({ n, m }) => {
        if (typeof n !== 'number' || typeof m !== 'number') return undefined;
        return op === '>' ? n > m : op === '<=' ? n <= m : n === m;
      },
    }),
  ),
  fc.constant<Sample>({
    text: 'n / m > 1',
    value: ({ n, m }) => (typeof n !== 'number' || typeof m !== 'number' || m === 0 ? undefined : n / m > 1),
  }),
  fc.constant<Sample>({ text: 's == "x"', value: ({ s }) => (s === undefined ? undefined : s === 'x') }),
);
const knownLeaf = fc
  .constantFrom('a', 'n', 's')
  .map((f): Sample => ({ text: `known(${f})`, value: (facts) => facts[f] !== undefined }));

const conditions = (leaves: fc.Arbitrary<Sample>): fc.Arbitrary<Sample> =>
  fc.letrec<{ tree: Sample }>((tie) => {
    const part = tie('tree');
    return {
      tree: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        leaves,
        part.map((x) => ({ text: `!(${x.text})`, value: (f: Facts) => truth(-rank(x.value(f))) })),
        fc.tuple(part, part).map(([x, y]) => ({
          text: `(${x.text}) && (${y.text})`,
          value: (f: Facts) => truth(Math.min(rank(x.value(f)), rank(y.value(f)))),
        })),
        fc.tuple(part, part).map(([x, y]) => ({
          text: `(${x.text}) || (${y.text})`,
          value: (f: Facts) => truth(Math.max(rank(x.value(f)), rank(y.value(f)))),
        })),
        fc.tuple(part, part, part).map(([t, x, y]) => ({
          text: `(${t.text}) ? (${x.text}) : (${y.text})`,
          value: (f: Facts) => {
            const test = t.value(f);
            if (test !== undefined) return test ? x.value(f) : y.value(f);
            return x.value(f) === y.value(f) ? x.value(f) : undefined;
          },
        })),
      ),
    };
  }).tree;

const numbers = fc.integer({ min: -2, max: 2 });
const factsArb: fc.Arbitrary<Facts> = fc.record(
  { a: fc.boolean(), b: fc.boolean(), c: fc.boolean(), n: numbers, m: numbers, s: fc.constantFrom('x', 'y') },
  { requiredKeys: [] },
);

function verdictOf(text: string, facts: Facts): Verdict | 'too-large' {
  const compiled = compileCondition(text, types);
  if (compiled.ok) return compiled.condition.explain((field) => facts[field]).verdict;
  expect(compiled.errors.map((e) => e.code)).toEqual(['condition-too-large']);
  return 'too-large';
}

const spoken = (value: Truth): Verdict => (value === undefined ? 'unknown' : value ? 'met' : 'not-met');

describe('conditions as a logic of three values', () => {
  it('agree with an independent evaluation', () => {
    fc.assert(
      fc.property(conditions(fc.oneof(leaf, knownLeaf)), factsArb, ({ text, value }, facts) => {
        const verdict = verdictOf(text, facts);
        if (verdict !== 'too-large') expect(verdict).toBe(spoken(value(facts)));
      }),
      { numRuns: 2000 },
    );
  });

  it('never go back on an answer when one more fact becomes known', () => {
    fc.assert(
      fc.property(conditions(leaf), factsArb, factsArb, ({ text }, facts, more) => {
        const before = verdictOf(text, facts);
        if (before === 'unknown' || before === 'too-large') return;
        expect(verdictOf(text, { ...more, ...facts })).toBe(before);
      }),
      { numRuns: 1000 },
    );
  });

  it('answer whatever the facts are, even of the wrong type', () => {
    const anything = fc.dictionary(fc.constantFrom(...types.keys()), fc.anything());
    fc.assert(
      fc.property(conditions(fc.oneof(leaf, knownLeaf)), anything, ({ text }, facts) => {
        expect(['met', 'not-met', 'unknown', 'too-large']).toContain(verdictOf(text, facts as Facts));
      }),
      { numRuns: 1000 },
    );
  });

  it('are refused with places inside the text, or compile, whatever the text', () => {
    const pieces = fc.constantFrom(
      'a',
      'n',
      's',
      'known(',
      'count(',
      ')',
      '(',
      '&&',
      '||',
      '!',
      '"',
      "'",
      '[',
      ']',
      '.',
      '?',
      ':',
      '1',
      '-',
      '/',
      '%',
      '\\',
      '\ud800',
      '中',
      ' in ',
      '{',
      'has(',
      '==',
      '\n',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(pieces, { maxLength: 30 }).map((p) => p.join('')),
        ),
        (text) => {
          const compiled = compileCondition(text, types);
          if (compiled.ok) return;
          expect(compiled.errors.length).toBeGreaterThan(0);
          for (const { offset, length } of compiled.errors) {
            expect(offset).toBeGreaterThanOrEqual(0);
            expect(length).toBeGreaterThanOrEqual(0);
            expect(offset + length).toBeLessThanOrEqual(text.length);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});

const verdicts = fc.constantFrom<Verdict>('met', 'not-met', 'unknown');

describe('the laws of verdicts', () => {
  it('holds De Morgan', () => {
    fc.assert(
      fc.property(fc.array(verdicts), (of) => {
        expect(opposite(everyVerdict(of))).toBe(someVerdict(of.map(opposite)));
      }),
    );
  });

  it('counts: at least one is any, at least all is all', () => {
    fc.assert(
      fc.property(fc.array(verdicts, { minLength: 1 }), (of) => {
        expect(atLeastVerdict(1, of)).toBe(someVerdict(of));
        expect(atLeastVerdict(of.length, of)).toBe(everyVerdict(of));
      }),
    );
  });
});
