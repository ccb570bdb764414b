import picocolors from 'picocolors';
import { expect, test } from 'vitest';
import { problemLines } from '../../src/cli/refusal-text.ts';

const plain = picocolors.createColors(false);

test('opens what does not hold, marks what is unknown, and says who set what was read', () => {
  const reasons = {
    kind: 'all',
    verdict: 'not-met',
    of: [
      { kind: 'state', id: 'step-open', verdict: 'met', say: { zh: '环节进行中', en: 'the step is open' } },
      {
        kind: 'any',
        id: 'budget-or-reason',
        verdict: 'unknown',
        say: { zh: '报价超出预算', en: 'The quote exceeds the budget' },
        of: [
          {
            kind: 'condition',
            text: 'quote <= budget',
            verdict: 'not-met',
            reads: [
              {
                field: 'quote',
                value: { amount: 9_000_050, currency: 'CNY' },
                by: 'rep.a',
                at: '2026-01-01T00:00:00.000Z',
              },
              { field: 'budget', value: { amount: 8_000_000, currency: 'CNY' }, by: null, at: null },
            ],
          },
          {
            kind: 'condition',
            text: "over_budget_reason != 'x'",
            verdict: 'unknown',
            reads: [{ field: 'over_budget_reason', value: null, by: null, at: null }],
            missing: ['over_budget_reason'],
          },
        ],
      },
    ],
  };
  const missing = [
    {
      kind: 'field',
      id: 'over_budget_reason',
      title: { zh: '超预算理由', en: 'Why it is over budget' },
      activities: ['quote'],
      roles: ['rep', 'manager'],
    },
  ];
  const possible = [
    { type: 'complete', activity: 'quote', title: { zh: '完成：报价', en: 'Complete: Quote' }, roles: [] },
  ];
  const problem = {
    code: 'gate-shut',
    title: '关口条件未满足',
    detail: '1 项条件未满足',
    errors: [],
    extra: { reasons, missing, possible },
  } as const;
  expect(problemLines(problem, 'zh', plain)).toEqual([
    '✗ 关口条件未满足 (gate-shut)',
    '  1 项条件未满足',
    '  ✓ step-open  环节进行中',
    '  ? budget-or-reason  报价超出预算',
    '      ✗ quote <= budget  quote = CNY 90,000.50 (rep.a), budget = CNY 80,000.00',
    "      ? over_budget_reason != 'x'  over_budget_reason: 未知",
    '',
    '  还缺：',
    '    · 字段 over_budget_reason  超预算理由 ← quote  [rep, manager]',
    '',
    '  现在可做：',
    '    · complete quote  完成：报价',
  ]);
});

test('shows members it cannot read as if they were not there', () => {
  const problem = {
    code: null,
    title: 'Teapot',
    detail: 'short and stout',
    errors: [{ pointer: '/x', message: { zh: '错', en: 'wrong' } }],
    extra: { reasons: 'none', missing: [1], possible: { type: 'x' } },
  };
  expect(problemLines(problem, 'en', plain)).toEqual(['✗ Teapot', '  short and stout', '  ✗ /x  wrong']);
});
