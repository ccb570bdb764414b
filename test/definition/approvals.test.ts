import { describe, expect, it } from 'vitest';
import { readProcess } from '../../src/definition/index.ts';
import { problemsOf } from './marked-file.ts';

/** A step with one approval, who holds the roles, and who may ask: the role `rep`. */
function file(approval: string, { rep = '', manager = '', director = '' } = {}): string {
  const role = (words: string) => `{ title: { zh: 角色, en: Role }${words === '' ? '' : `, ${words}`} }`;
  return `process: deal
title: { zh: 商机, en: Deal }
subject: deal
roles: { rep: ${role(rep)}, manager: ${role(manager)}, director: ${role(director)} }
fields: { discount: { type: percent } }
outcomes: { won: { title: { zh: 赢单, en: Won } } }
phases:
  sell:
    title: { zh: 销售, en: Sell }
    steps:
      quote:
        title: { zh: 报价, en: Quote }
        owner: rep
        activities: { offer: { title: { zh: 报价, en: Offer }, supplies: [discount] } }
        approvals: { price: { title: { zh: 价格审批, en: Approval of the price }, ${approval} } }
        milestone: won
access: { see: [rep, manager, director] }
`;
}

const impossible = [['approval-impossible', 15]];

describe('four eyes', () => {
  it.each([
    ['one manager who asks himself', 'by: rep, exclude: [requester]', { rep: 'holders: 1' }, impossible],
    ['two reps: one asks, the other agrees', 'by: rep, exclude: [requester]', { rep: 'holders: 2' }, []],
    ['nobody excluded', 'by: rep', { rep: 'holders: 1' }, []],
    ['any number of reps', 'by: rep, exclude: [requester]', {}, []],
    [
      'the only asker is the named approver',
      'by: { actor: anna }, exclude: [requester]',
      { rep: 'held_by: anna' },
      impossible,
    ],
    ['another may ask', 'by: { actor: anna }, exclude: [requester]', { rep: 'held_by: [anna, ben]' }, []],
    [
      'one person in both places, who must be two',
      'by: [manager, director], mode: all, exclude: [earlier-approvers]',
      { manager: 'held_by: mei', director: 'held_by: mei' },
      impossible,
    ],
    [
      'one person in both places, who may agree twice',
      'by: [manager, director], mode: all, exclude: [requester]',
      { manager: 'held_by: mei', director: 'held_by: mei' },
      [],
    ],
    [
      'the named person gives way to another holder of the role',
      'by: [manager, { actor: mei }], mode: all, exclude: [earlier-approvers]',
      { manager: 'held_by: [mei, max]' },
      [],
    ],
    [
      'three places and two people, asked one after the other',
      'by: [manager, director, { actor: mei }], order: sequence, exclude: [earlier-approvers]',
      { manager: 'held_by: [mei, max]', director: 'held_by: [mei, max]' },
      impossible,
    ],
    [
      'two of three places for two people',
      'by: [manager, director, { actor: mei }], mode: { at_least: 2 }, exclude: [earlier-approvers]',
      { manager: 'held_by: [mei, max]', director: 'held_by: [mei, max]' },
      [],
    ],
    [
      'one band of two',
      'of: discount, bands: [{ up_to: 20, by: manager }, { by: rep }], exclude: [requester]',
      { rep: 'holders: 1' },
      impossible,
    ],
  ])('%s', (_case, approval, holders, expected) => {
    expect(problemsOf(file(approval, holders)).map(([code, line]) => [code, line])).toEqual(expected);
  });

  it('names who is left out and what to do', () => {
    const { problems } = readProcess(
      file('by: [rep, { actor: anna }], mode: all, exclude: [requester]', { rep: 'held_by: anna' }),
      'x.yaml',
    );
    expect(problems.map(({ message }) => message.en)).toEqual([
      'price needs 2 to agree, and with these excluded too few are left: rep (anna); anna',
    ]);
  });
});

describe('bands', () => {
  it.each([
    ['the last takes all the rest', '[{ up_to: 20, by: manager }, { by: director }]', []],
    ['the last ends where the field does', '[{ up_to: 20, by: manager }, { up_to: 100, by: director }]', []],
    [
      'a gap at the end',
      '[{ up_to: 20, by: manager }, { up_to: 99, by: director }]',
      ['No band takes discount above 99 up to 100'],
    ],
    [
      'falling limits',
      '[{ up_to: 20, by: manager }, { up_to: 10, by: rep }, { by: director }]',
      ['Band 1 already takes every value up to 20'],
    ],
    [
      'a band behind the end',
      '[{ up_to: 100, by: manager }, { by: director }]',
      ['Band 1 already takes every value up to 100'],
    ],
    [
      'a band behind one without a limit',
      '[{ by: manager }, { up_to: 10, by: director }]',
      ['Band 1 has no limit and takes every value'],
    ],
  ])('%s', (_case, bands, expected) => {
    const { problems } = readProcess(file(`of: discount, bands: ${bands}`), 'x.yaml');
    expect(problems.map(({ message }) => message.en)).toEqual(expected);
  });
});

it('builds what a band leaves out from the approval, and what both leave out from the order', () => {
  const words = 'of: discount, order: sequence, bands: [{ up_to: 20, by: manager }, { by: [manager, director] }, ]';
  const { definition } = readProcess(file(words), 'x.yaml');
  expect(definition?.phases[0]?.steps[0]?.approvals).toEqual([
    {
      id: 'price',
      title: { zh: '价格审批', en: 'Approval of the price' },
      source: null,
      assumed: false,
      note: null,
      when: null,
      of: 'discount',
      bands: [
        { upTo: 20, by: [{ kind: 'role', id: 'manager' }], mode: 'all', n: 1, order: 'sequence' },
        {
          upTo: null,
          by: [
            { kind: 'role', id: 'manager' },
            { kind: 'role', id: 'director' },
          ],
          mode: 'all',
          n: 2,
          order: 'sequence',
        },
      ],
      exclude: [],
      voidsOn: [],
      was: [],
      sla: null,
    },
  ]);
});

it('says of a band without a limit that others follow, and what to do about that one', () => {
  const { problems } = readProcess(
    file('of: discount, bands: [{ by: manager }, { up_to: 10, by: director }]'),
    'x.yaml',
  );
  expect(problems.map(({ remedy }) => remedy)).toEqual([
    { zh: '请给第 1 档写 up_to，或把它移到最后', en: 'Give band 1 an up_to, or move it to the end' },
  ]);
});
