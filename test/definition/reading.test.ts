import { describe, expect, it } from 'vitest';
import { choiceValues, exprTypes, formatProblem, parseDuration, readProcess } from '../../src/definition/index.ts';
import { edit, soundFile } from './marked-file.ts';

function setup(text = soundFile) {
  const { definition } = readProcess(text, 'purchase.yaml');
  if (definition === null) throw new Error('the file does not read');
  return definition;
}

const first = (text: string) => {
  const [problem] = readProcess(text, 'purchase.yaml').problems;
  if (problem === undefined) throw new Error('no problem');
  return problem;
};

describe('the definition that is read', () => {
  it('holds an element with everything it says, and what is not written as null, [] or false', () => {
    const [decide] = setup().phases;
    expect(decide?.steps[0]).toEqual({
      id: 'ask',
      title: { zh: '申请', en: 'Ask' },
      source: '1.1',
      assumed: false,
      note: null,
      was: [],
      owner: 'buyer',
      see: [],
      sla: {
        within: '2 working days',
        due: null,
        targets: [],
        from: null,
        calendar: null,
        warn: ['80%', '1 day'],
        breach: null,
        escalate: [],
        pause: [],
        onRework: 'restart',
        onChange: 'keep',
        assumed: false,
        source: null,
      },
      entry: [],
      exit: [
        {
          id: 'approved',
          say: { zh: '须经批准', en: 'Must be approved' },
          source: null,
          assumed: false,
          criterion: {
            kind: 'any',
            of: [
              { kind: 'condition', text: 'amount < 50000' },
              { kind: 'condition', text: 'known(approver)' },
              { kind: 'not', of: { kind: 'condition', text: "class == 'urgent'" } },
            ],
          },
        },
      ],
      activities: [
        {
          id: 'describe',
          title: { zh: '填写', en: 'Describe' },
          source: '1.1.1',
          assumed: false,
          note: null,
          was: [],
          by: [],
          see: [],
          when: null,
          optional: false,
          skip: null,
          repeatable: false,
          choices: null,
          supplies: ['amount', 'due_on'],
          maySupply: ['tags'],
          shared: null,
          call: null,
          sla: null,
          every: null,
        },
        {
          id: 'approve',
          title: { zh: '批准', en: 'Approve' },
          source: '1.1.2',
          assumed: false,
          note: null,
          was: [],
          by: ['manager'],
          see: [],
          when: null,
          optional: true,
          skip: null,
          repeatable: false,
          choices: null,
          supplies: ['approver'],
          maySupply: [],
          shared: null,
          call: null,
          sla: null,
          every: null,
        },
      ],
      optional: false,
      skip: null,
      repeatable: null,
      rework: null,
      starts: [],
      wait: 'all',
      next: [],
      override: null,
      milestone: null,
      approvals: [],
      advance: 'manual',
    });
  });

  it('gives fields their defaults, and lists the type of their items', () => {
    const text = edit(
      '  tags: ',
      '  share: { type: percent }\n  sizes: { type: list, of: integer, max: 3 }\n  tags: ',
    ).replace('may_supply: [tags]', 'may_supply: [tags, share, sizes]');
    const fields = setup(text).fields.filter(({ id }) => ['share', 'sizes', 'tags', 'request_no'].includes(id));
    expect(
      fields.map(({ id, min, max, maxLength, items, choices }) => [id, min, max, maxLength, items, choices.length]),
    ).toEqual([
      ['request_no', null, null, 40, null, 0],
      ['share', 0, 100, 2000, null, 0],
      ['sizes', null, 3, 2000, 'integer', 0],
      ['tags', null, null, 2000, 'choice', 2],
    ]);
  });

  it('keeps the order of the file even for ids that look like numbers', () => {
    const of =
      '{ "10": { zh: 十, en: Ten }, "9": { zh: 九, en: Nine }, urgent: { zh: 急, en: Urgent }, B: { zh: 乙, en: B } }';
    const field = setup(edit('[A, B, urgent]', of)).fields.find(({ id }) => id === 'class');
    expect(field?.choices.map(({ id }) => id)).toEqual(['10', '9', 'urgent', 'B']);
  });

  it('counts the choices of an activity: any is one, all is all, at_least is n', () => {
    const text = edit('any: [mail, phone]', 'all: [mail, phone, visit]');
    const choices = setup(text)
      .phases.flatMap(({ steps }) => steps)
      .flatMap(({ activities }) => activities)
      .flatMap(({ id, choices: found }) =>
        found === null ? [] : [[id, found.atLeast, found.of.map((choice) => choice.id)]],
      );
    expect(choices).toEqual([
      ['collect', 3, ['mail', 'phone', 'visit']],
      ['place', 1, ['mail', 'phone']],
      ['check', 1, ['quantity', 'quality']],
    ]);
  });

  it('takes a missing translation from the other language', () => {
    const text = edit('say: { zh: 至少三份, en: At least three }', 'say: { en: At least three }');
    expect(setup(text).phases[0]?.steps[1]?.exit[0]?.say).toEqual({ zh: 'At least three', en: 'At least three' });
  });

  it('tells conditions the type and the values of each field', () => {
    const { fields } = setup();
    expect(Object.fromEntries(exprTypes(fields))).toEqual({
      request_no: 'text',
      amount: 'number',
      class: 'text',
      tags: 'text-list',
      approver: 'text',
      offers: 'number',
      ordered_at: 'time',
      due_on: 'time',
    });
    expect(Object.fromEntries(choiceValues(fields))).toEqual({ class: ['A', 'B', 'urgent'], tags: ['red', 'blue'] });
  });
});

describe('several mistakes', () => {
  it('are all reported, in the order of the file, schema and meaning alike', () => {
    const text = edit('owner: buyer', 'ownr: buyer')
      .replace('offers >= 3', 'ofers >= 3 && clas == "A"')
      .replace('to: [compare]', 'to: [receive]')
      .replace('zh: 采购员, ', '')
      .replace('by: [manager]', 'by: [boss]');
    expect(readProcess(text, 'x.yaml').problems.map(({ code, line }) => [line, code])).toEqual([
      [8, 'missing-translation'],
      [45, 'unknown-key'],
      [49, 'unknown-role'],
      [60, 'condition-unknown-field'],
      [60, 'condition-unknown-field'],
      [71, 'rework-target'],
    ]);
  });

  it.each([
    ['a section that is misspelt', '\nfields:', '\nfeilds:', ['unknown-key']],
    ['a declaration of the wrong type', 'type: integer, min: 0', 'type: intger, min: 0', ['unknown-value']],
    ['supplies that are misspelt', 'supplies: [offers]', 'suplies: [offers]', ['unknown-key']],
    ['a supplied field that is misspelt', 'supplies: [offers]', 'supplies: [ofers]', ['unknown-field']],
    ['a milestone that is misspelt', 'milestone: bought', 'milstone: bought', ['unknown-key']],
  ])('that only follow from %s are not reported', (_what, from, to, expected) => {
    expect(readProcess(edit(from, to), 'x.yaml').problems.map(({ code }) => code)).toEqual(expected);
  });
});

describe('remedies', () => {
  it.each([
    ['owner: buyer', 'ownr: buyer', 'Did you mean owner?'],
    ['owner: buyer', 'owner: buyr', 'Did you mean buyer?'],
    ['    order: parallel', '    milestone: bought\n    order: parallel', 'milestone belongs to a step'],
    ['source: "1.2"', 'source: 1.2', 'Put it in quotes: "1.2"'],
    ['title: { zh: 比价, en: Compare }', 'title: Compare', 'Write it in both languages: { zh: …, en: Compare }'],
    ['by: [manager]', 'by: [1]', 'Put it in quotes: "1"'],
    ['  request_no:', '  requestNo:', 'Did you mean requestNo?'],
    [
      'type: integer',
      'type: integr',
      'Did you mean integer? Write one of: text, integer, number, percent, money, boolean, date, datetime, choice, list',
    ],
    ['from: [decide, compare]', 'from: decide', 'Write one of: any'],
    [
      'compared: known(offers)',
      'compared: !known(offers)',
      'If it is a condition or a text, put all of it in quotes: "!known(offers)"',
    ],
    ['  decide:', '\tdecide:', 'Indent with spaces, not with tabs'],
    ['"class == \'urgent\'"', '"class == urgent"', 'If you mean the value, put it in quotes: "urgent"'],
  ])('%s → %s says: %s', (from, to, remedy) => {
    expect(first(edit(from, to)).remedy.en).toBe(remedy);
  });
});

describe('a problem for a terminal', () => {
  const text = edit('title: { zh: 采购员, en: Buyer } }', 'title: { zh: 采购员, en: Buyer }, asumed: true }');

  it('shows place, line, caret under the word (Chinese characters are two wide) and remedy', () => {
    expect(formatProblem(first(text), text, 'en')).toBe(
      [
        'purchase.yaml:8:45: error unknown-key: asumed is not a word that can stand here',
        '  8 |   buyer:   { title: { zh: 采购员, en: Buyer }, asumed: true }',
        '    |                                                ^^^^^^',
        '  → Did you mean assumed?',
      ].join('\n'),
    );
  });

  it('speaks Chinese', () => {
    expect(formatProblem(first(text), text, 'zh').split('\n')).toEqual([
      'purchase.yaml:8:45: 错误 unknown-key: 这里不能写 asumed',
      expect.any(String),
      expect.any(String),
      '  → 是不是想写 assumed？',
    ]);
  });
});

describe('durations', () => {
  it.each([
    ['2 working days', { amount: 2, unit: 'working days' }],
    ['1 working day', { amount: 1, unit: 'working days' }],
    ['8 working hours', { amount: 8, unit: 'working hours' }],
    ['1 week', { amount: 1, unit: 'weeks' }],
    ['30 minutes', { amount: 30, unit: 'minutes' }],
    ['6 months', { amount: 6, unit: 'months' }],
    ['0 days', null],
    ['two days', null],
    ['2 fortnights', null],
    ['2  days', null],
    ['100000 days', null],
    ['2 dayss', null],
  ])('%s', (words, expected) => {
    expect(parseDuration(words)).toEqual(expected);
  });
});
