import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exprTypes, readProcess } from '../../src/definition/index.ts';
import type { Criterion, Field } from '../../src/definition/types.ts';
import { compareCriteria } from '../../src/diff/verdicts.ts';
import {
  atLeastVerdict,
  compileCondition,
  everyVerdict,
  type Fact,
  opposite,
  someVerdict,
  type Verdict,
} from '../../src/expr/index.ts';

const fields = fieldsOf();
const types = exprTypes(fields);
const values: Readonly<Record<string, readonly (Fact | undefined)[]>> = {
  n: [undefined, 0, 1, 2, 3, 4],
  m: [undefined, 0, 1, 2],
  c: [undefined, 'A', 'B', 'C'],
  b: [undefined, true, false],
};

function fieldsOf(): readonly Field[] {
  const { definition } = readProcess(
    `process: p
title: { zh: 一, en: P }
subject: s
roles: { r: { title: { zh: 一, en: R } } }
fields:
  n: { type: integer, min: 0, max: 4 }
  m: { type: integer, min: 0, max: 2 }
  c: { type: choice, of: [A, B, C] }
  b: { type: boolean }
outcomes: { done: { title: { zh: 一, en: D } } }
phases: { a: { title: { zh: 一, en: A }, steps: { s: { title: { zh: 一, en: S }, activities: { t: { title: { zh: 一, en: T }, supplies: [n, m, c, b] } }, milestone: done } } } }
`,
    'p.yaml',
  );
  if (definition === null) throw new Error('the test reads no process');
  return definition.fields;
}

const leaf = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('n', 'm'),
      fc.constantFrom('<', '<=', '==', '!=', '>=', '>'),
      fc.integer({ min: -1, max: 5 }),
    )
    .map((parts) => parts.join(' ')),
  fc.constantFrom('b', 'c == "A"', 'c in ["A", "B"]', 'known(n)', 'known(c)', 'known(b)', '!b', 'n > m'),
);
const condition = fc.oneof(
  leaf,
  fc.tuple(leaf, fc.constantFrom('&&', '||'), leaf).map(([a, op, b]) => `(${a}) ${op} (${b})`),
);
const criterion: fc.Arbitrary<Criterion> = fc.letrec<{ node: Criterion }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 2 },
    condition.map((text): Criterion => ({ kind: 'condition', text })),
    fc
      .tuple(fc.constantFrom('all' as const, 'any' as const), fc.array(tie('node'), { minLength: 1, maxLength: 3 }))
      .map(([kind, of]): Criterion => ({ kind, of })),
    tie('node').map((of): Criterion => ({ kind: 'not', of })),
    fc
      .tuple(fc.array(tie('node'), { minLength: 2, maxLength: 4 }), fc.nat())
      .map(([of, n]): Criterion => ({ kind: 'at-least', n: 1 + (n % of.length), of })),
  ),
})).node;

function verdict(own: Criterion, facts: (field: string) => Fact | undefined): Verdict {
  switch (own.kind) {
    case 'condition': {
      const compiled = compileCondition(own.text, types);
      if (!compiled.ok) throw new Error(own.text);
      return compiled.condition.explain(facts).verdict;
    }
    case 'not':
      return opposite(verdict(own.of, facts));
    case 'at-least':
      return atLeastVerdict(
        own.n,
        own.of.map((part) => verdict(part, facts)),
      );
    case 'all':
      return everyVerdict(own.of.map((part) => verdict(part, facts)));
    case 'any':
      return someVerdict(own.of.map((part) => verdict(part, facts)));
  }
}

/** Every way that the facts can be. */
const everyFacts = Object.entries(values).reduce<readonly Readonly<Record<string, Fact | undefined>>[]>(
  (all, [field, of]) => all.flatMap((facts) => of.map((value) => ({ ...facts, [field]: value }))),
  [{}],
);

it('says that a criterion holds in fewer or in more cases exactly when it does', { timeout: 120_000 }, () => {
  let told = 0;
  fc.assert(
    fc.property(criterion, criterion, (before, after) => {
      const compared = compareCriteria(before, after, fields, { left: 4_000_000 });
      const seen = { fewer: false, more: false };
      for (const facts of everyFacts) {
        const [was, is] = [before, after].map((own) => verdict(own, (field) => facts[field]) === 'met');
        if (was && !is) seen.fewer = true;
        if (is && !was) seen.more = true;
      }
      const truth = seen.fewer && seen.more ? null : seen.fewer ? 'fewer' : seen.more ? 'more' : 'same';
      const opaque = JSON.stringify([before, after]).includes('n > m');
      // One field against another may be anything: what is told is never too much.
      if (opaque) expect(compared === null || truth === 'same' || compared === truth).toBe(true);
      else expect(compared).toBe(truth);
      if (compared !== null) told++;
    }),
    { numRuns: 300 },
  );
  expect(told).toBeGreaterThan(100);
});
