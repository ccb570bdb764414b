import { describe, expect, it } from 'vitest';
import { changedConditions } from '../../src/scenario/changed-conditions.ts';
import { catchMutants } from '../../src/scenario/index.ts';
import { LOAN, loan, loanFile, read } from './loan.ts';

/** Changes that one scenario leaves unnoticed, as `line: from → to`. */
function survivorsOf(scenarios: string, text = LOAN): readonly string[] {
  const process = loan(text);
  const { survivors } = catchMutants(process, text, read(loanFile(scenarios), process));
  return survivors.map(({ place, from, to }) => `${place.line}: ${from} → ${to}`);
}

const lineOf = (word: string): number => LOAN.split('\n').findIndex((line) => line.includes(word)) + 1;

describe('a condition', () => {
  it.each([
    ['a >= 10', ['a > 10', 'a >= 9', 'a >= 11']],
    [
      'a < 0.5 && b == "x >= 3"',
      ['a <= 0.5 && b == "x >= 3"', 'a < 1.5 && b == "x >= 3"', 'a < 0.5 || b == "x >= 3"', 'a < 0.5 && b != "x >= 3"'],
    ],
    ["!(a1 != 'it\\'s 5')", ["!(a1 == 'it\\'s 5')"]],
    ['known(field_2)', []],
  ])('is changed by a little: %s', (text, changed) => {
    expect(changedConditions(text)).toEqual(changed);
  });
});

describe('small changes of a process', () => {
  const none = '  - { name: start, start: { as: clerk } }\n';

  it('are all that decides, each with its line: nothing is noticed by a scenario that looks at nothing', () => {
    const grading = lineOf('grading');
    const ask = lineOf('within: 2 working days');
    const good = lineOf('good:');
    const large = lineOf('large:');
    const signed = lineOf('signed:');
    const start = lineOf('starts:');
    const called = lineOf('service: bureau');
    expect(survivorsOf(none)).toEqual([
      ...[`!(score >= 60)`, 'score > 60', 'score >= 59', 'score >= 61'].map((to) => `${grading}: score >= 60 → ${to}`),
      `${lineOf('record:')}: 3 months → 2 months`,
      `${lineOf('record:')}: 3 months → 4 months`,
      `${lineOf('rated:')}: clerk → boss`,
      `${lineOf('hold:')}: clerk → boss`,
      `${lineOf('reopen:')}: 30 days → 29 days`,
      `${lineOf('reopen:')}: 30 days → 31 days`,
      `${lineOf('reopen:')}: boss → clerk`,
      `${lineOf('override:')}: boss → clerk`,
      `${ask - 1}: clerk → boss`,
      `${ask}: 2 working days → 1 working day`,
      `${ask}: 2 working days → 3 working days`,
      `${ask}: 50% → 40%`,
      `${ask}: 50% → 60%`,
      `${ask}: boss → clerk`,
      ...['!(amount > 1000)', 'amount >= 1000', 'amount > 999', 'amount > 1001'].map(
        (to) => `${start}: amount > 1000 → ${to}`,
      ),
      `${called}: 1 hour → 2 hours`,
      `${called}: 1 → 2`,
      `${good}: good → –`,
      `${good}: good → not good`,
      ...['score > 60', 'score >= 59', 'score >= 61'].map((to) => `${good}: score >= 60 → ${to}`),
      `${lineOf('sign:') + 2}: clerk → boss`,
      `${lineOf('rework:')}: 1 → 0`,
      `${lineOf('rework:')}: 1 → 2`,
      `${lineOf('papers:')}: 1 → 2`,
      ...['!(amount > 5000)', 'amount >= 5000', 'amount > 4999', 'amount > 5001'].map(
        (to) => `${large}: amount > 5000 → ${to}`,
      ),
      `${large}: boss → clerk`,
      `${signed}: signed → –`,
      `${signed}: signed → not signed`,
      `${signed}: amount <= 9000 → –`,
      `${signed}: known(paid_on) → –`,
      ...['amount < 9000', 'amount <= 8999', 'amount <= 9001'].map((to) => `${signed}: amount <= 9000 → ${to}`),
      `${lineOf('transfer:') + 2}: clerk → boss`,
    ]);
  });

  it('are noticed where a scenario tries both sides of a limit', () => {
    const both = `  - name: limit
    start: { as: clerk, amount: 1 }
    do:
      - { complete: form }
      - { signal: rated, with: { score: 59 }, expect: { fields: { grade: low } } }
      - { answer-call: rate }
      - { as: clerk, advance: true, refused: [good] }
      - { set: { score: 60 }, expect: { fields: { grade: high } } }
      - { advance: true }
`;
    const left = survivorsOf(both);
    for (const line of [lineOf('grading'), lineOf('good:')])
      expect(left.filter((each) => each.startsWith(`${line}:`))).toEqual([]);
  });

  it('are not made where they say the same of every value that the fields may have', () => {
    const text = LOAN.replace('score >= 60, say', 'score == 0, say');
    const good = lineOf('good:');
    const made = survivorsOf(none, text).filter((each) => each.startsWith(`${good}: score`));
    // `score == -1` is no change that this makes, and of `score <= 0` there is none: a score is 0 or more.
    expect(made).toEqual([`${good}: score == 0 → score != 0`, `${good}: score == 0 → score == 1`]);
    const whole = survivorsOf(none, LOAN.replace('score >= 60, then', 'score >= 0, then'));
    expect(whole.filter((each) => each.startsWith(`${lineOf('grading')}: score`))).toEqual(
      ['!(score >= 0)', 'score > 0', 'score >= 1'].map((to) => `${lineOf('grading')}: score >= 0 → ${to}`),
    );
  });

  it('are not made where they lead to the same, since the first rule, route, target or calendar decides', () => {
    const choices = (to: (n: number) => string) =>
      `[{ when: amount >= 80, ${to(0)} }, { when: amount < 80 && amount >= 50, ${to(1)} }, { ${to(2)} }]`;
    const made = (from: string, to: string) =>
      survivorsOf(none, LOAN.replace(from, to)).flatMap(
        (each) => each.split(/^\d+: amount < 80 && amount >= 50 → /)[1] ?? [],
      );
    // `<= 80` and `< 81` are not among them: what they would take the first has taken.
    const changed = [
      '!(amount < 80 && amount >= 50)',
      'amount < 79 && amount >= 50',
      'amount < 80 || amount >= 50',
      'amount < 80 && amount > 50',
      'amount < 80 && amount >= 49',
      'amount < 80 && amount >= 51',
    ];
    const rules = choices((n) => `then: ${n === 1 ? 'high' : 'low'}`);
    expect(made('[{ when: score >= 60, then: high }, { then: low }]', rules)).toEqual(changed);
    const routes = choices((n) => `to: ${n === 1 ? 'sign' : 'end'}`);
    expect(made('        exit:\n          good', `        next: ${routes}\n        exit:\n          good`)).toEqual(
      changed,
    );
    const targets = choices((n) => `within: ${n + 1} days`);
    expect(made('within: 2 working days', `targets: ${targets}`)).toEqual(changed);
    const calendars = choices((n) => `use: ${n === 1 ? 'germany' : 'china'}`);
    expect(made('calendar: china', `calendar: ${calendars}`)).toEqual(changed);
  });

  it('can be tried in part, always the same ones', () => {
    const process = loan();
    const file = read(loanFile(none), process);
    const whole = catchMutants(process, LOAN, file);
    const part = catchMutants(process, LOAN, file, 5);
    expect(part.tried).toBe(Math.ceil(whole.tried / 5));
    expect(catchMutants(process, LOAN, file, 5)).toEqual(part);
    expect(whole.survivors).toEqual(expect.arrayContaining([...part.survivors]));
  });
});
