import { expect, it } from 'vitest';
import { mappingOf } from '../../src/diff/index.ts';
import { activity, approval, definition, field, outcome, phase, step } from '../compile/build-definition.ts';

const before = definition(
  [
    phase('sell', [
      step('quote', { activities: [activity('offer'), activity('call')], approvals: [approval('discount')] }),
      step('brief', { activities: [activity('explain')] }),
      step('sign'),
    ]),
    phase('serve', [step('visit')]),
  ],
  { fields: [field('rebate'), field('note')], outcomes: [outcome('won', 'any')] },
);

const after = definition(
  [
    phase('sales', [
      step('offer', {
        was: ['quote', 'estimate'],
        activities: [activity('call'), { ...activity('price'), was: ['offer'] }],
        approvals: [{ ...approval('price-cut'), was: ['discount'] }],
      }),
      step('sign'),
    ]),
    phase('serve', [step('visit')]),
  ].map((part, n) => (n === 0 ? { ...part, was: ['sell'] } : part)),
  {
    fields: [{ ...field('discount'), was: ['rebate'] }, field('remark')],
    outcomes: [outcome('won', 'any')],
    retired: [
      { id: 'brief', moveTo: 'sign', note: null },
      { id: 'gone-long-ago', moveTo: 'nowhere', note: null },
    ],
  },
);

it('follows ids and what the newer version says that they were', () => {
  expect(mappingOf(before, after)).toEqual({
    phases: new Map([
      ['sell', 'sales'],
      ['serve', 'serve'],
    ]),
    steps: new Map([
      ['quote', 'offer'],
      ['sign', 'sign'],
      ['visit', 'visit'],
    ]),
    activities: new Map([
      ['offer', 'price'],
      ['call', 'call'],
    ]),
    approvals: new Map([['discount', 'price-cut']]),
    fields: new Map([['rebate', 'discount']]),
    roles: new Map(),
    outcomes: new Map([['won', 'won']]),
    retired: new Map([['brief', 'sign']]),
  });
});

it('leads back to the version before by the same words', () => {
  const { steps, activities, approvals, fields, phases, retired } = mappingOf(after, before);
  expect([...phases, ...steps, ...activities, ...approvals, ...fields]).toEqual([
    ['sales', 'sell'],
    ['serve', 'serve'],
    ['offer', 'quote'],
    ['sign', 'sign'],
    ['visit', 'visit'],
    ['call', 'call'],
    ['price', 'offer'],
    ['price-cut', 'discount'],
    ['discount', 'rebate'],
  ]);
  expect([...retired]).toEqual([]);
});

it('maps every element of a version to itself in the same version', () => {
  const { steps, activities, fields } = mappingOf(after, after);
  expect([...steps, ...activities, ...fields].filter(([from, to]) => from !== to)).toEqual([]);
  expect(steps.size).toBe(3);
});
