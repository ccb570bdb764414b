import { describe, expect, it } from 'vitest';
import { readProcess } from '../../src/definition/index.ts';

/** A process whose one table sets `result`, with what is said about that table in English. */
function problemsOf(table: string, result = '{ type: choice, of: [A, B, C] }'): readonly string[] {
  const { problems } = readProcess(
    `
process: rated
title: { zh: 评级, en: Rated }
subject: case
roles: { clerk: { title: { zh: 职员, en: Clerk } } }
fields:
  staff:   { type: integer, min: 1 }
  score:   { type: percent }
  growth:  { type: number }
  budget:  { type: money, currency: CNY, min: 0 }
  limit:   { type: money, currency: CNY, min: 0 }
  class:   { type: choice, of: [A, B, C] }
  urgent:  { type: boolean }
  city:    { type: text }
  due:     { type: date }
  seen_at: { type: datetime }
  tags:    { type: list, of: [red, blue] }
  level:   { type: integer }
  result:  ${result}
tables:
  levels:
    sets: level
    rules: [{ when: growth > 0.5, then: 3 }, { then: 7 }]
  rating:
    sets: result
${table
  .trim()
  .split('\n')
  .map((line) => `    ${line.trim()}`)
  .join('\n')}
outcomes: { done: { title: { zh: 完成, en: Done } } }
phases:
  work:
    title: { zh: 办理, en: Work }
    steps:
      take:
        title: { zh: 受理, en: Take }
        activities:
          form: { title: { zh: 表单, en: Form }, may_supply: [staff, score, growth, budget, limit, class, urgent, city, due, seen_at, tags] }
        milestone: done
`,
    'rated.yaml',
  );
  return problems.map(({ code, severity, message }) => `${severity} ${code}: ${message.en}`);
}

const rules = (...whens: readonly (string | null)[]) =>
  `rules: [${whens.map((when) => (when === null ? '{ then: A }' : `{ when: '${when}', then: A }`)).join(', ')}]`;
const gap = (where: string) => `warning table-gap: No rule holds: ${where}`;

describe('gaps of a decision table', () => {
  it.each<readonly [readonly string[], string | null]>([
    // Whole numbers have nothing between neighbours; others have.
    [['staff <= 50', 'staff >= 51'], null],
    [['staff < 50', 'staff > 50'], 'staff == 50'],
    [['staff <= 50', 'staff >= 52'], 'staff == 51'],
    [['staff <= 50', 'staff >= 60'], 'staff > 50 && staff < 60'],
    [['staff >= 10'], 'staff < 10'],
    [['staff >= 1'], null],
    [['staff >= 4.5', 'staff < 4.5'], null],
    [['growth <= 50', 'growth >= 51'], 'growth > 50 && growth < 51'],
    [['budget <= 100', 'budget >= 100.01'], null],
    [['budget <= 100', 'budget >= 100.02'], 'budget == 100.01'],
    [['score >= 0 && score < 50', 'score >= 50 && score <= 100'], null],
    [['score > 0'], 'score == 0'],
    [['score < 40', 'score > 60'], 'score >= 40 && score <= 60'],
    [['-5 < growth'], 'growth <= -5'],
    // Closed sets
    [['class == "A"', 'class in ["B"]'], 'class == "C"'],
    [['class == "A"'], 'class in ["B", "C"]'],
    [['class != "A"', 'class == "A"'], null],
    [['urgent'], '!urgent'],
    [['urgent == false'], 'urgent'],
    [['urgent', '!urgent'], null],
    // Open ones
    [['city == "Wuhan"', 'city in ["Xian", "Jinan"]'], '!(city in ["Wuhan", "Xian", "Jinan"])'],
    [['city == "Wuhan"'], 'city != "Wuhan"'],
    [['city != "Wuhan"'], 'city == "Wuhan"'],
    // Days and instants
    [['due < timestamp("2026-03-01")', 'due > timestamp("2026-03-01")'], 'due == timestamp("2026-03-01")'],
    [['due <= timestamp("2026-03-01")', 'due >= timestamp("2026-03-02")'], null],
    [
      ['seen_at < timestamp("2026-03-01T08:00:00Z")', 'seen_at >= timestamp("2026-03-01T09:00:00Z")'],
      'seen_at >= timestamp("2026-03-01T08:00:00.000Z") && seen_at < timestamp("2026-03-01T09:00:00.000Z")',
    ],
    // Several fields
    [['staff <= 200 && budget >= 50000', 'staff <= 200 && budget < 50000'], 'staff > 200'],
    [['staff <= 200 || budget >= 50000'], 'staff > 200 && budget < 50000'],
    [['staff <= 200', 'budget >= 50000 && urgent'], 'staff > 200 && budget < 50000; staff > 200 && !urgent'],
    [['urgent ? staff > 5 : staff > 9'], 'staff <= 5; !urgent && staff <= 9'],
    // A fact that is missing leaves the field empty anyway; where it is asked for, its absence counts.
    [['known(staff) && staff > 5', 'staff <= 5'], null],
    [['known(staff)', '!known(staff)'], null],
    [['known(city) && urgent'], '!urgent'],
    [['known(tags)', '!known(tags) && staff > 5'], null],
    // What another table sets has the values of its rules.
    [['level == 3', 'level > 6'], null],
    [['level == 3'], 'level == 7'],
    // What cannot be told is left alone.
    [['limit <= budget', 'limit > budget'], null],
    [['score * 2 > 50'], null],
    [['city.startsWith("W")'], null],
    [['"red" in tags'], null],
    [['limit <= budget && urgent'], '!urgent'],
    [['true'], null],
    [['false'], 'whatever the values are'],
  ])('%j: %s', (whens, where) => {
    expect(problemsOf(rules(...whens)).filter((problem) => problem.includes('table-gap'))).toEqual(
      where === null ? [] : [gap(where)],
    );
  });

  it('are none where the last rule takes all the rest', () => {
    expect(problemsOf(rules('staff > 5', null))).toEqual([]);
  });

  it('are said three at a time', () => {
    expect(problemsOf(rules('staff in [2, 4, 6, 8]', 'staff > 9', 'staff == 1 && urgent'))).toEqual([
      gap('staff in [3, 5, 7, 9]; staff in [1, 3, 5, 7, 9] && !urgent'),
    ]);
    expect(
      problemsOf(
        rules(
          'staff > 4',
          'staff == 1 && urgent',
          'staff == 2 && class == "A"',
          'staff == 3 && score > 1',
          'staff == 4 && growth > 1',
        ),
      ),
    ).toEqual([gap('staff == 3 && score <= 1; staff == 4 && growth <= 1; staff == 1 && !urgent; and more')]);
  });
});

describe('rules of a decision table', () => {
  const never = 'warning rule-never-holds: No values that the fields may have make this rule hold';
  const covered = (by: string, severity = 'warning') =>
    `${severity} rule-never-read: Wherever this rule holds, ${by} before it`;

  it.each<readonly [readonly (string | null)[], readonly string[]]>([
    [['staff > 5 && staff < 6', null], [never]],
    [['staff < 1', null], [never]],
    [['score > 100', null], [never]],
    [['known(staff) && !known(staff)', null], [never]],
    [['level == 4', null], [never]],
    [['budget > 100 && budget < 100.01', null], [never]],
    [['staff >= 50', 'staff >= 80', null], [covered('rule 1 holds')]],
    [['staff >= 80', 'staff >= 50', null], []],
    [
      ['staff <= 5', 'staff > 3', 'staff == 4', null],
      [covered('rule 1 holds'), covered('one of the rules 1, 2 holds', 'hint')],
    ],
    [['urgent', '!urgent', null], [covered('one of the rules 1, 2 holds', 'hint')]],
    [['staff > 5', 'limit > budget && staff > 7', null], [covered('rule 1 holds')]],
    [['limit > budget', 'limit > budget && staff > 7', null], []],
    // Where it is not known whether staff > 5, the table waits; where staff is known, rule 1 or 2 holds.
    [['staff > 5', 'staff <= 5', '!known(staff)', null], [covered('one of the rules 1, 2, 3 holds', 'hint')]],
  ])('%j: %j', (whens, found) => {
    expect(problemsOf(rules(...whens)).filter((problem) => !problem.includes('table-gap'))).toEqual(found);
  });

  it('of hit: unique may not hold at once', () => {
    const overlap = (rule: number, where: string) =>
      `error table-overlap: Rule ${rule} and this one both hold: ${where}`;
    expect(problemsOf(`hit: unique\n${rules('staff <= 50', 'staff >= 50')}`)).toEqual([overlap(1, 'staff == 50')]);
    expect(problemsOf(`hit: unique\n${rules('staff < 50', 'staff >= 50')}`)).toEqual([]);
    expect(problemsOf(`hit: unique\n${rules('staff < 50', 'urgent', 'staff >= 50 && !urgent')}`)).toEqual([
      overlap(1, 'staff < 50 && urgent'),
    ]);
    expect(problemsOf(`hit: unique\n${rules('!known(city)', 'staff >= 1')}`)).toEqual([overlap(1, '!known(city)')]);
    expect(problemsOf(`hit: unique\n${rules('staff < 50', null)}`)).toEqual([overlap(1, 'staff < 50')]);
    expect(problemsOf(`hit: unique\n${rules(null)}`)).toEqual([]);
    expect(problemsOf(`hit: unique\n${rules('limit > budget', 'staff >= 1')}`)).toEqual([
      'hint table-unchecked: Whether this rule can hold together with another cannot be told: limit > budget does not compare a field with a constant',
    ]);
    expect(problemsOf(`hit: unique\n${rules('limit > budget && urgent', '!urgent')}`)).toEqual([]);
  });

  it('are looked at in bounded time', () => {
    const many = ['staff', 'score', 'growth', 'budget', 'limit'].map((field) =>
      Array.from({ length: 8 }, (_, n) => `${field} != ${n + 1}`).join(' && '),
    );
    const unchecked = 'hint table-unchecked: The conditions tell too many cases apart to look for gaps and overlaps';
    expect(problemsOf(rules(...many.map((when, n) => `${when} && urgent && growth > ${n}`)))).toEqual([unchecked]);
    const cuts = (field: string, n: number) => `${field} == ${n}`;
    const wide = Array.from({ length: 30 }, (_, n) =>
      ['staff', 'score', 'growth'].map((field) => cuts(field, n + 1)).join(' && '),
    );
    expect(problemsOf(rules(...wide))).toEqual([unchecked]);
    const long = Array.from({ length: 150 }, (_, rule) =>
      Array.from({ length: 14 }, (_each, n) => `staff == ${rule * 14 + n + 1}`).join(' || '),
    );
    const start = performance.now();
    expect(problemsOf(rules(...long))).toEqual([unchecked]);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

describe('what a table collects', () => {
  const all = (collect: string, ...then: readonly (readonly [string | null, unknown])[]) =>
    `hit: all\ncollect: ${collect}\nrules: [${then
      .map(([when, value]) => {
        const words = [...(when === null ? [] : [`when: '${when}'`]), ...(value === null ? [] : [`then: ${value}`])];
        return `{ ${words.join(', ')} }`;
      })
      .join(', ')}]`;
  const beyond = (result: string, range: string, where: string) =>
    `error table-value-unfit: The result may be ${result}, and result takes ${range}: ${where}`;
  const whole = '{ type: integer, min: 0, max: 100 }';

  it.each<readonly [string, string, readonly string[]]>([
    [all('sum', ['staff > 5', 60], ['urgent', 50]), whole, [beyond('110', '0 – 100', 'staff > 5 && urgent')]],
    [all('sum', ['staff > 5', 60], ['staff <= 5', 50]), whole, []],
    [
      all('sum', ['staff > 5', 600], ['staff > 5', -550], ['staff <= 5', -1]),
      whole,
      [beyond('-1', '0 – 100', 'staff <= 5')],
    ],
    [all('sum', [null, 60], ['limit > budget', 60]), whole, []],
    [all('sum', ['staff > 5', 60]), '{ type: percent, min: 10 }', [beyond('0', '10 – 100', 'staff <= 5')]],
    [all('count', ['urgent', null], ['!urgent', null]), '{ type: integer, max: 1 }', []],
    [
      all('count', ['urgent', null], ['staff > 1', null]),
      '{ type: integer, max: 1 }',
      [beyond('2', '−∞ – 1', 'urgent && staff > 1')],
    ],
    [
      all('list', ['urgent', 'a'], ['staff > 1', 'b']),
      '{ type: list, of: [a, b], min: 1 }',
      [beyond('0 items', '1 – 200', '!urgent && staff == 1')],
    ],
    [all('list', ['urgent', 'a'], ['staff > 1', 'a']), '{ type: list, of: [a, b], max: 1 }', []],
    [all('max', ['urgent', 5]), whole, [gap('!urgent')]],
    [all('max', ['urgent', 500]), whole, ['error table-value-unfit: 500 does not fit the field result']],
    [all('sum', ['urgent', 5.5]), whole, ['error table-value-unfit: 5.5 does not fit the field result']],
    [
      all('list', ['urgent', 'c']),
      '{ type: list, of: [a, b] }',
      ['error table-value-unfit: c does not fit the field result'],
    ],
    [all('count', ['urgent', 5]), whole, ['error word-unfit: collect: count counts the rules that hold']],
    [all('count', [null, null]), whole, ['error missing-key: The rule lacks when']],
    [
      all('list', ['urgent', 'a']),
      whole,
      ['error word-unfit: result is a field of type integer, which collect: list does not fit'],
    ],
    [
      all('count', ['urgent', null]),
      '{ type: money, currency: CNY }',
      ['error word-unfit: result is a field of type money, which collect: count does not fit'],
    ],
    [
      'rules: [{ then: 0.001 }]',
      '{ type: money, currency: CNY }',
      ['warning table-value-unfit: 0.001 does not fit the field result'],
    ],
    [
      'rules: [{ then: a }]',
      '{ type: list, of: [a, b] }',
      ['error table-value-unfit: a does not fit the field result'],
    ],
  ])('%s into %s', (table, field, found) => {
    expect(problemsOf(table.replaceAll('{  }', '{ assumed: true }'), field)).toEqual(found);
  });
});
