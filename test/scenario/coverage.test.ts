import { describe, expect, it } from 'vitest';
import { coverageOf, proposalText, proposeScenarios, readScenarios, runScenarios } from '../../src/scenario/index.ts';
import { compiled } from '../engine/process.ts';
import { loan, loanFile, read } from './loan.ts';

const AT = '2026-03-02T01:00:00.000Z';

describe('coverage', () => {
  it('says what scenarios reached, and each criterion seen met and not met', () => {
    const process = loan();
    const file = read(
      loanFile(`  - name: one
    start: { as: clerk, amount: 1 }
    do:
      - { complete: form }
      - { signal: rated, with: { score: 59 } }
      - { answer-call: rate }
      - { as: clerk, advance: true, refused: [good] }
      - { as: boss, override: good, reason: known }
      - { as: clerk, advance: true }
      - { rework: ask, reason: again }
`),
      process,
    );
    expect(coverageOf(process, runScenarios(process, file))).toEqual({
      steps: [
        { id: 'ask', seen: true },
        { id: 'sign', seen: true },
        { id: 'transfer', seen: false },
      ],
      routes: [{ id: 'sign<ask', seen: true }],
      activities: [
        { id: 'form', seen: true },
        { id: 'rate', seen: true },
        { id: 'papers', seen: false },
        { id: 'gift', seen: false },
        { id: 'transfer', seen: false },
      ],
      outcomes: [
        { id: 'paid', seen: false },
        { id: 'dropped', seen: false },
      ],
      criteria: [
        // Overridden, it still did not hold.
        { id: 'good', gate: { on: 'step', which: 'exit', of: 'ask' }, met: false, notMet: true },
        { id: 'signed', gate: { on: 'phase', which: 'entry', of: 'pay' }, met: false, notMet: false },
      ],
    });
  });

  it('tells routes by where they lead', () => {
    const process = compiled(ROUTED);
    const text = `process: routed
at: 2026-03-02T09:00+08:00
scenarios:
  - { name: back, start: { n: 1 }, do: [{ advance: true }, { advance: true, expect: { step: a } }] }
  - { name: end, start: { n: 3 }, do: [{ advance: true }, { advance: true, expect: { status: closed } }] }
`;
    const { file } = readScenarios(text, 'x', () => process);
    const { routes } = coverageOf(process, runScenarios(process, file ?? { scenarios: [] }));
    expect(routes.map(({ id, seen }) => [id, seen])).toEqual([
      ['b>a', true],
      ['b>c', false],
      ['b>end', true],
    ]);
  });

  it.each([
    ['the midst of a phase', 1, ['a>d']],
    ['where a phase begins, whichever of two leads there', 2, ['a>two', 'a>c']],
    ['a phase of any order', 3, ['a>three']],
  ])('tells routes into %s from others', (_, n, expected) => {
    const process = compiled(PHASED);
    const text = `process: phased
at: 2026-03-02T09:00+08:00
scenarios:
  - { name: one, start: { n: ${n} }, do: [{ advance: true }] }
`;
    const { file } = readScenarios(text, 'x', () => process);
    const { routes } = coverageOf(process, runScenarios(process, file ?? { scenarios: [] }));
    expect(routes.flatMap(({ id, seen }) => (seen ? [id] : []))).toEqual(expected);
  });
});

const PHASED = `process: phased
title: { zh: 阶段, en: Phased }
subject: case
roles: { clerk: { title: { zh: 职员, en: Clerk } } }
fields: { n: { type: integer } }
outcomes: { done: { title: { zh: 完成, en: Done } } }
phases:
  one:
    title: { zh: 一, en: One }
    steps:
      a:
        title: { zh: 甲, en: A }
        activities: { say: { title: { zh: 说, en: Say }, optional: true, may_supply: [n] } }
        next: [{ when: n == 2, to: two }, { when: n > 8, to: c }, { when: n == 1, to: d }, { to: three }]
  two:
    title: { zh: 二, en: Two }
    steps:
      c: { title: { zh: 丙, en: C } }
      d: { title: { zh: 丁, en: D } }
  three:
    title: { zh: 三, en: Three }
    order: any
    steps:
      e: { title: { zh: 戊, en: E }, milestone: done }
`;

const ROUTED = `process: routed
title: { zh: 去向, en: Routed }
subject: case
roles: { clerk: { title: { zh: 职员, en: Clerk } } }
fields: { n: { type: integer } }
outcomes: { done: { title: { zh: 完成, en: Done } } }
phases:
  only:
    title: { zh: 阶段, en: Phase }
    steps:
      a: { title: { zh: 甲, en: A } }
      b:
        title: { zh: 乙, en: B }
        activities: { say: { title: { zh: 说, en: Say }, optional: true, may_supply: [n] } }
        next: [{ when: n == 1, to: a, limit: 2 }, { when: n == 2, to: c }, { to: end }]
      c: { title: { zh: 丙, en: C }, milestone: done }
`;

describe('proposed scenarios', () => {
  it.each([
    ['loan', loan()],
    ['routed', compiled(ROUTED)],
  ])('read, pass, and reach everything of %s that they do not say to be out of reach', (_, process) => {
    const proposals = proposeScenarios(process, coverageOf(process, []), AT);
    const text = proposalText(process, proposals, AT);
    const { file, problems } = readScenarios(text, 'proposed', () => process);
    expect(problems).toEqual([]);
    const results = runScenarios(process, file ?? { scenarios: [] });
    expect(results.flatMap(({ differences }) => differences)).toEqual([]);
    expect(proposals.unreached).toEqual([]);
    const { steps, routes, activities, outcomes, criteria } = coverageOf(process, results);
    expect([...steps, ...routes, ...activities, ...outcomes].filter(({ seen }) => !seen)).toEqual([]);
    expect(criteria.filter(({ met, notMet }) => !met || !notMet)).toEqual([]);
  });

  it('are none where nothing lacks', () => {
    const process = loan();
    const all = proposeScenarios(process, coverageOf(process, []), AT);
    const { file } = readScenarios(proposalText(process, all, AT), 'x', () => process);
    const coverage = coverageOf(process, runScenarios(process, file ?? { scenarios: [] }));
    const none = proposeScenarios(process, coverage, AT);
    expect(none).toEqual({ scenarios: [], unreached: [] });
    expect(proposalText(process, none, AT)).toContain('# 没有要补充的场景 / there is nothing to add\n');
  });
});
