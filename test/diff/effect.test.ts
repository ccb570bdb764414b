import { describe, expect, it } from 'vitest';
import { readProcess } from '../../src/definition/index.ts';
import { type Change, diffProcesses } from '../../src/diff/index.ts';

const process = `process: p
title: { zh: 流, en: P }
subject: deal
roles:
  rep: { title: { zh: 甲, en: Rep } }
  manager: { title: { zh: 乙, en: Manager } }
fields:
  amount: { type: integer, min: 0 }
  cls: { type: choice, of: [A, B] }
  due_on: { type: date }
outcomes:
  won: { title: { zh: 赢, en: Won } }
phases:
  one:
    title: { zh: 一, en: One }
    steps:
      a:
        title: { zh: 甲, en: A }
        owner: rep
        sla: { within: 10 days }
        activities:
          fill: { title: { zh: 填, en: Fill }, supplies: [amount, cls, due_on] }
      b:
        title: { zh: 乙, en: B }
        owner: rep
        activities:
          sign: { title: { zh: 签, en: Sign } }
        approvals:
          ok: { title: { zh: 批, en: Ok }, by: manager }
        milestone: won
`;

type Edit = readonly [from: string, to: string];

const edited = (edits: readonly Edit[]): string =>
  edits.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  }, process);

function definitionOf(edits: readonly Edit[]) {
  const { definition, problems } = readProcess(edited(edits), 'p.yaml');
  if (definition === null) throw new Error(JSON.stringify(problems.map(({ message }) => message.en)));
  return definition;
}

/** What the second edit says otherwise than the first. */
function changes(before: readonly Edit[], after: readonly Edit[]): readonly Change[] {
  const [from, to] = [definitionOf(before), definitionOf(after)];
  return diffProcesses({ definition: from, lineOf: null }, { definition: to, lineOf: null }).changes;
}

const told = (before: readonly Edit[], after: readonly Edit[]) =>
  changes(before, after).map(({ effect, summary }) => `${effect}: ${summary.en}`);

/** The effects there and back. */
const effects = (before: readonly Edit[], after: readonly Edit[]) =>
  [changes(before, after), changes(after, before)].map((found) => found.map(({ effect }) => effect));

describe('the target of an SLA', () => {
  const sla = (target: string): readonly Edit[] => [['within: 10 days', target]];
  const byClass = 'targets: [{ when: cls == "A", within: 5 days }, { within: 7 days }]';

  it('is longer or shorter though it is of another kind, and the new word says so', () => {
    expect(told(sla(byClass), sla('within: 30 days'))).toEqual([
      'loosened: step a: sla.within (none) → 30 days',
      'neutral: step a: sla.targets [{ when: cls == "A", within: 5 days }, { within: 7 days }] → []',
    ]);
    expect(told(sla('within: 30 days'), sla(byClass))).toEqual([
      'neutral: step a: sla.within 30 days → (none)',
      'tightened: step a: sla.targets [] → [{ when: cls == "A", within: 5 days }, { within: 7 days }]',
    ]);
    expect(effects(sla(byClass), sla('within: 5 days'))).toEqual([
      ['tightened', 'neutral'],
      ['neutral', 'loosened'],
    ]);
    expect(effects(sla(byClass), sla('within: 6 days'))).toEqual([
      ['neutral', 'neutral'],
      ['neutral', 'neutral'],
    ]);
  });

  it('is no limit where no condition of targets holds', () => {
    expect(effects(sla('within: 5 days'), sla('targets: [{ when: cls == "A", within: 5 days }]'))).toEqual([
      ['neutral', 'loosened'],
      ['tightened', 'neutral'],
    ]);
  });

  it('cannot be compared with the value of a field', () => {
    expect(effects(sla('within: 10 days'), sla('due: due_on'))).toEqual([
      ['neutral', 'neutral'],
      ['neutral', 'neutral'],
    ]);
  });

  it('is compared one by one where the conditions of targets are the same', () => {
    const targets = (first: string, last: string) =>
      sla(`targets: [{ when: cls == "A", ${first} }, { when: cls == "B", due: due_on }, { ${last} }]`);
    const before = targets('within: 5 days', 'within: 7 days');
    expect(effects(before, targets('within: 3 days', 'within: 7 days'))).toEqual([['tightened'], ['loosened']]);
    expect(effects(before, targets('within: 3 days', 'within: 8 days'))).toEqual([['neutral'], ['neutral']]);
    expect(effects(before, targets('within: 3 working days', 'within: 7 days'))).toEqual([['neutral'], ['neutral']]);
  });
});

describe('a condition of being needed', () => {
  const words = { activity: 'sign: { title: { zh: 签, en: Sign }', approval: 'by: manager' };
  const when = (of: keyof typeof words, condition: string, more = ''): readonly Edit[] => {
    return [[words[of], `${words[of]}, when: ${JSON.stringify(condition)}${more}`]];
  };

  it.each(['activity', 'approval'] as const)('of an %s lets through what it does not ask for', (of) => {
    const large = when(of, 'amount > 10');
    expect(effects([], large)).toEqual([['loosened'], ['tightened']]);
    expect(effects(large, when(of, 'amount > 5'))).toEqual([['tightened'], ['loosened']]);
    expect(effects(large, when(of, 'amount > 10 && cls == "A"'))).toEqual([['loosened'], ['tightened']]);
  });

  it.each(['activity', 'approval'] as const)('of an %s keeps the exit shut while it is not known', (of) => {
    const large = when(of, 'amount > 10');
    expect(effects(large, when(of, '!known(amount) || amount > 10'))).toEqual([['neutral'], ['neutral']]);
    expect(effects(large, when(of, 'known(amount) && amount > 10'))).toEqual([['loosened'], ['tightened']]);
  });

  it('is nothing to the exit where the activity is optional, and told by that word where it becomes so', () => {
    const optional: readonly Edit[] = [[words.activity, `${words.activity}, optional: true`]];
    const both = when('activity', 'amount > 10', ', optional: true');
    expect(effects(optional, both)).toEqual([['neutral'], ['neutral']]);
    expect(told(when('activity', 'amount > 10'), optional)).toEqual([
      'neutral: activity sign: when amount > 10 → (none)',
      'loosened: activity sign: optional false → true',
    ]);
  });
});

it('asks for another approval at the exit, unless it is one that skipping asks for', () => {
  const other: Edit = [
    '          ok: {',
    '          leave: { title: { zh: 免, en: Leave }, by: manager }\n          ok: {',
  ];
  const skip = (of: string): Edit => [of, `${of}, skip: { approval: leave }`];
  const ofActivity = skip('en: Sign }');
  const ofStep: Edit = ['        milestone: won', '        skip: { approval: leave }\n        milestone: won'];
  expect(told([], [other])).toEqual(['tightened: approval leave is added']);
  for (const skipping of [ofActivity, ofStep]) {
    expect(effects([], [other, skipping])).toEqual([
      ['loosened', 'neutral'],
      ['tightened', 'neutral'],
    ]);
    expect(effects([other], [other, skipping])).toEqual([['loosened'], ['tightened']]);
  }
});

describe('a list of choices', () => {
  const lists: Readonly<Record<string, (choices: string) => Edit>> = {
    field: (choices) => ['of: [A, B]', `of: ${choices}`],
    activity: (choices) => ['en: Sign }', `en: Sign }, any: ${choices}`],
    outcome: (choices) => [
      'phases:',
      `  lost: { title: { zh: 输, en: Lost }, from: any, reasons: ${choices} }\nphases:`,
    ],
    hold: (choices) => ['phases:', `hold: { reasons: ${choices} }\nphases:`],
  };
  const choices = '{ A: { zh: 甲, en: AA }, B: { zh: 乙, en: BB } }';

  it.each(Object.keys(lists))('(%s) with other titles and nothing else differs for readers alone', (of) => {
    const list = (words: string) => lists[of]?.(words) ?? ['', ''];
    const read = (after: string) =>
      changes([list(choices)], [list(after)]).map(({ topic, effect }) => topic === 'text' && effect === 'text');
    expect(read('{ A: { zh: 甲, en: AX }, B: { zh: 乙, en: BB } }')).toEqual([true]);
    expect(read('[A, B]')).toEqual([true]);
    expect(read('{ B: { zh: 乙, en: BB }, A: { zh: 甲, en: AA } }')).toEqual([false]);
    expect(read('{ A: { zh: 甲, en: AX }, B: { zh: 乙, en: BB }, C: { zh: 丙, en: CC } }')).toEqual([false]);
  });

  it('is no text where more has changed than titles', () => {
    const atLeast = (n: number): Edit => ['en: Sign }', `en: Sign }, at_least: { n: ${n}, of: ${choices} }`];
    expect(effects([atLeast(1)], [atLeast(2)])).toEqual([['neutral'], ['neutral']]);
    const more = '{ A: { zh: 甲, en: AX }, B: { zh: 乙, en: BB }, C: { zh: 丙, en: CC } }';
    expect(told([['of: [A, B]', `of: ${choices}`]], [['of: [A, B]', `of: ${more}`]])).toEqual([
      'loosened: field cls: of [{ id: A, title: AA }, { id: B, title: BB }] → [{ id: A, title: AX }, { id: B, title: BB }, { id: C, title: CC }]',
    ]);
  });
});

describe('who may override criteria of a step', () => {
  const ofProcess: Edit = ['phases:', 'override: { by: [manager, rep] }\nphases:'];
  const ofStep = (by: string): Edit => [
    '        milestone: won',
    `        override: { by: ${by} }\n        milestone: won`,
  ];

  it('is whom the process names, until the step names others in their place', () => {
    expect(told([ofProcess], [ofProcess, ofStep('manager')])).toEqual([
      'tightened: step b: override (none) → { by: [manager] }',
    ]);
    expect(effects([ofProcess], [ofProcess, ofStep('manager')])).toEqual([['tightened'], ['loosened']]);
    expect(effects([ofProcess], [ofProcess, ofStep('[rep, manager]')])).toEqual([['neutral'], ['neutral']]);
    expect(effects([ofProcess, ofStep('manager')], [ofProcess, ofStep('rep')])).toEqual([['neutral'], ['neutral']]);
  });

  it('is nobody where neither names anybody', () => {
    expect(effects([], [ofStep('manager')])).toEqual([['loosened'], ['tightened']]);
    expect(effects([], [ofProcess])).toEqual([['loosened'], ['tightened']]);
  });

  it('is compared under new names', () => {
    const boss: readonly Edit[] = [
      ['  manager: { title', '  boss: { was: manager, title'],
      ['by: manager', 'by: boss'],
      ['phases:', 'override: { by: [boss, rep] }\nphases:'],
    ];
    expect(told([ofProcess], [...boss, ofStep('[boss, rep]')])).toEqual([
      'neutral: role manager is renamed boss',
      'neutral: step b: override (none) → { by: [boss, rep] }',
    ]);
  });
});
