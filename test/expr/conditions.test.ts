import { describe, expect, it } from 'vitest';
import { compileCondition, type Explanation, type ExprType, type Fact } from '../../src/expr/index.ts';

const types: ReadonlyMap<string, ExprType> = new Map<string, ExprType>([
  ['class', 'text'],
  ['budget', 'number'],
  ['quote', 'number'],
  ['signed', 'boolean'],
  ['paid', 'boolean'],
  ['pains', 'text-list'],
  ['scores', 'number-list'],
  ['due', 'time'],
]);
const choices = new Map([['class', ['smb', 'enterprise', 'C']]]);

function explain(text: string, facts: Record<string, Fact> = {}): Explanation {
  const compiled = compileCondition(text, types, choices);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.errors));
  return compiled.condition.explain((field) => facts[field]);
}

const verdict = (text: string, facts: Record<string, Fact> = {}) => explain(text, facts).verdict;

function errors(text: string) {
  const compiled = compileCondition(text, types, choices);
  return compiled.ok ? [] : compiled.errors.map((e) => [e.code, text.slice(e.offset, e.offset + e.length)]);
}

const remedy = (text: string) => {
  const compiled = compileCondition(text, types, choices);
  return compiled.ok ? null : compiled.errors[0]?.remedy.en;
};

describe('a condition that is right', () => {
  it.each<[string, Record<string, Fact>, string]>([
    ['budget >= 100000', { budget: 100000 }, 'met'],
    ['budget >= 100000', { budget: 99999.99 }, 'not-met'],
    ['budget + 1 * 2 == 7', { budget: 5 }, 'met'],
    ['(budget + 1) * 2 == 12', { budget: 5 }, 'met'],
    ['budget - 1 == -(-4)', { budget: 5 }, 'met'],
    ['budget % 2 == 1', { budget: 5 }, 'met'],
    ['budget / 2 == 2.5', { budget: 5 }, 'met'],
    ['budget == 1e21', { budget: 1e21 }, 'met'],
    ['class in ["smb", "C"]', { class: 'C' }, 'met'],
    ['class != "smb"', { class: 'smb' }, 'not-met'],
    ['class.startsWith("en") && class.endsWith("se") && class.contains("rp")', { class: 'enterprise' }, 'met'],
    ['"slow" in pains', { pains: ['slow'] }, 'met'],
    ['count(pains) >= 2', { pains: ['slow'] }, 'not-met'],
    ['count(scores + [1, 2]) == 3 && 7 in scores', { scores: [7] }, 'met'],
    ['due < timestamp("2026-03-01")', { due: new Date('2026-02-28T23:59:59Z') }, 'met'],
    ['due >= timestamp("2026-03-01T08:00:00+08:00")', { due: new Date('2026-03-01T00:00:00Z') }, 'met'],
    ['signed ? budget > 1 : budget > 9', { signed: true, budget: 5 }, 'met'],
    ['(signed ? 1 : 9) < budget', { signed: false, budget: 5 }, 'not-met'],
    ['signed == !paid', { signed: true, paid: false }, 'met'],
    ['(signed && paid) == false', { signed: true, paid: false }, 'met'],
    ['true', {}, 'met'],
  ])('%s with %o is %s', (text, facts, expected) => {
    expect(verdict(text, facts)).toBe(expected);
  });

  it('lists every field it reads once, in order of first appearance', () => {
    const compiled = compileCondition('quote <= budget || known(class) && budget > 0', types);
    expect(compiled.ok && compiled.condition.reads).toEqual(['quote', 'budget', 'class']);
  });
});

describe('three values', () => {
  it('leaves a comparison unknown and names every field it misses', () => {
    expect(explain('quote <= budget', { quote: 1 })).toEqual({
      kind: 'condition',
      text: 'quote <= budget',
      verdict: 'unknown',
      reads: ['quote', 'budget'],
      missing: ['budget'],
      of: [],
    });
  });

  it.each<[string, Record<string, Fact>, string]>([
    ['signed && paid', { signed: false }, 'not-met'],
    ['signed && paid', { signed: true }, 'unknown'],
    ['signed || paid', { paid: true }, 'met'],
    ['signed || paid', { paid: false }, 'unknown'],
    ['!signed', {}, 'unknown'],
    ['signed ? paid : paid', { paid: true }, 'met'],
    ['signed ? paid : budget > 1', { paid: true }, 'unknown'],
    ['known(class)', {}, 'not-met'],
    ['!known(class)', {}, 'met'],
    ['known(class)', { class: 'C' }, 'met'],
  ])('%s with %o is %s', (text, facts, expected) => {
    expect(verdict(text, facts)).toBe(expected);
  });

  it('takes null for unknown', () => {
    const compiled = compileCondition('known(budget) || budget > 1', types);
    const nothing = JSON.parse('null');
    expect(compiled.ok && compiled.condition.explain(() => nothing).verdict).toBe('unknown');
  });

  it.each([
    ['budget / quote > 1', { budget: 1, quote: 0 }],
    ['budget % quote > 1', { budget: 1, quote: 0 }],
  ])('cannot say when %s divides by zero', (text, facts) => {
    expect(explain(text, facts)).toMatchObject({ verdict: 'unknown', missing: [] });
  });

  it('divides where the condition itself avoids zero', () => {
    expect(verdict('(quote == 0 ? 0 : budget / quote) > 1', { budget: 4, quote: 0 })).toBe('not-met');
    expect(verdict('(quote == 0 ? 0 : budget / quote) > 1', { budget: 4, quote: 2 })).toBe('met');
  });

  it('explains as a tree of its parts, each with its own text', () => {
    const shape = ({ kind, text, verdict: is, of }: Explanation): unknown[] => [kind, text, is, ...of.map(shape)];
    expect(
      shape(explain('known(class) && (signed || ((budget) > 5)) && !(paid)', { class: 'C', budget: 1, paid: false })),
    ).toEqual([
      'all',
      'known(class) && (signed || ((budget) > 5)) && !(paid)',
      'unknown',
      ['condition', 'known(class)', 'met'],
      [
        'any',
        'signed || ((budget) > 5)',
        'unknown',
        ['condition', 'signed', 'unknown'],
        ['condition', '(budget) > 5', 'not-met'],
      ],
      ['not', '!(paid)', 'met', ['condition', 'paid', 'not-met']],
    ]);
  });
});

describe('a condition that is wrong', () => {
  it.each<[string, string[][]]>([
    [
      'budgt > 1 && clas == "C"',
      [
        ['condition-unknown-field', 'budgt'],
        ['condition-unknown-field', 'clas'],
      ],
    ],
    ['known(budgt)', [['condition-unknown-field', 'budgt']]],
    ['class == "smbs"', [['condition-unknown-value', '"smbs"']]],
    ['class in ["smb", "D"]', [['condition-unknown-value', '"D"']]],
    ['"D" != class', [['condition-unknown-value', '"D"']]],
    ['budget > "5"', [['condition-type', 'budget > "5"']]],
    ['budget', [['condition-type', 'budget']]],
    ['budget && signed', [['condition-type', 'budget']]],
    ['!budget', [['condition-type', 'budget']]],
    [
      '-class == "C"',
      [
        ['condition-type', '-class == "C"'],
        ['condition-type', 'class'],
      ],
    ],
    ['due > "2026-01-01"', [['condition-type', 'due > "2026-01-01"']]],
    ['due > timestamp("tomorrow")', [['condition-type', 'timestamp("tomorrow")']]],
    ['due > timestamp("2026-02-30T25:00:00Z")', [['condition-type', 'timestamp("2026-02-30T25:00:00Z")']]],
    ['due > timestamp("2026-02-30")', [['condition-type', 'timestamp("2026-02-30")']]],
    ['count(budget) > 1', [['condition-type', 'budget']]],
    ['pains.contains("x")', [['condition-type', 'pains']]],
    ['budget in [1, "x"]', [['condition-type', '[1, "x"]']]],
    ['class in []', [['condition-type', '[]']]],
    ['signed ? 1 : paid', [['condition-type', 'signed ? 1 : paid']]],
    ['known(class) == true', [['condition-forbidden', 'known(class)']]],
    ['known("class")', [['condition-forbidden', 'known("class")']]],
    ['class == null', [['condition-forbidden', 'null']]],
    ['class.matches("(a+)+")', [['condition-forbidden', 'class.matches("(a+)+")']]],
    ['pains.all(p, p == "x")', [['condition-forbidden', 'pains.all(p, p == "x")']]],
    ['has(class)', [['condition-forbidden', 'has(class)']]],
    ['pains[0] == "x"', [['condition-forbidden', 'pains[0]']]],
    ['class.length > 1', [['condition-forbidden', 'class.length']]],
    ['{"a": signed}.a', [['condition-forbidden', '{"a": signed}.a']]],
    ['budget > 1 // 2', [['condition-forbidden', '// 2']]],
    ['b"x" == class', [['condition-forbidden', 'b"x"']]],
    ['budget > 5u', [['condition-forbidden', '5u']]],
    ['budget = 5', [['condition-syntax', '=']]],
    ['budget >', [['condition-syntax', '']]],
    ['', [['condition-syntax', '']]],
    ['if', [['condition-syntax', 'if']]],
    ['class == "C', [['condition-syntax', '"C']]],
    [`${'('.repeat(30)}signed${')'.repeat(30)}`, [['condition-too-large', `${'('.repeat(14)}signed${')'.repeat(30)}`]]],
    [`signed${' && signed'.repeat(40)}`, [['condition-too-large', `signed${' && signed'.repeat(40)}`]]],
    [`budget > ${'1'.repeat(500)}`, [['condition-too-large', `budget > ${'1'.repeat(500)}`]]],
  ])('%s', (text, expected) => {
    expect(errors(text)).toEqual(expected);
  });

  it.each([
    ['budgt > 1', 'Did you mean budget?'],
    ['class == C', 'If you mean the value, put it in quotes: "C"'],
    ['class == "enterprize"', 'Did you mean "enterprise"? It may be: smb, enterprise, C'],
    ['budget = 5', 'To compare, write =='],
    ['budget => 5', 'Write >='],
    ['budget =< 5', 'Write <='],
    ['signed and paid', 'Write && for "and"'],
    ['signed or paid', 'Write || for "or"'],
    ['not signed', 'Write ! for "not"'],
    ['budget > 100,000', 'Write numbers without separators: 100000'],
    ['budget > 10%', 'Write a percentage as a plain number: 10'],
    ['class == “C”', 'Use the plain ASCII character instead of the full-width one'],
    ['size(pains) > 1', 'For the number of items, write count(list)'],
    ['pains.contains("x")', 'To ask whether a list holds an item, write "x" in list'],
  ])('%s is answered with: %s', (text, expected) => {
    expect(remedy(text)).toBe(expected);
  });
});
