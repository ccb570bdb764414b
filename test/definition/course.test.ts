import { describe, expect, it } from 'vitest';
import { readProcess } from '../../src/definition/index.ts';

/** A file with these phases; every field is supplied by the step of its letter (`a` by `step-a`). */
function read(phases: string) {
  const text = `process: course
title: { zh: 流程, en: Course }
subject: case
roles: { clerk: { title: { zh: 职员, en: Clerk } } }
fields: { a: { type: boolean }, b: { type: boolean }, c: { type: boolean } }
outcomes: { done: { title: { zh: 完成, en: Done }, from: any } }
phases:
${phases}`;
  const { definition, problems } = readProcess(text, 'course.yaml');
  return { definition, codes: problems.map(({ code, severity }) => `${severity} ${code}`), problems };
}

const phase = (id: string, words: string, ...steps: readonly string[]) =>
  `  ${id}:\n    title: { zh: 阶段, en: Phase }\n${words === '' ? '' : `    ${words}\n`}    steps:\n${steps.join('')}`;

const step = (letter: string, words = '') =>
  `      step-${letter}:\n        title: { zh: 环节, en: Step }\n        activities: { do-${letter}: { title: { zh: 做, en: Do }, supplies: [${letter}] } }\n${words === '' ? '' : `        ${words}\n`}${letter === 'c' ? '        milestone: done\n' : ''}`;

describe('the words about the course of work', () => {
  it('are read with their defaults', () => {
    const { definition, codes } = read(
      phase(
        'one',
        'order: any\n    join: { at_least: 2 }',
        step('a', 'optional: true'),
        step('b', 'repeatable: true'),
      ) +
        phase(
          'two',
          '',
          step('c', 'repeatable: { max: 3 }\n        next: [{ when: a, to: one, limit: 4 }, { to: end }]'),
        ),
    );
    expect(codes).toEqual([]);
    const [one, two] = definition?.phases ?? [];
    expect(one).toMatchObject({ order: 'any', join: { atLeast: 2 } });
    expect(one?.steps.map(({ optional, repeatable, next }) => [optional, repeatable, next])).toEqual([
      [true, null, []],
      [false, { max: 100 }, []],
    ]);
    expect(two).toMatchObject({ order: 'sequence', join: 'all' });
    expect(two?.steps[0]).toMatchObject({
      repeatable: { max: 3 },
      next: [
        { when: 'a', to: 'one', limit: 4 },
        { when: null, to: 'end', limit: null },
      ],
    });
  });

  it.each([
    ['join: any', { atLeast: 1 }],
    ['join: all', 'all'],
    ['join: { at_least: 1 }', { atLeast: 1 }],
  ])('reads %s', (words, join) => {
    const { definition } = read(phase('one', `order: parallel\n    ${words}`, step('a'), step('b'), step('c')));
    expect(definition?.phases[0]?.join).toEqual(join);
  });
});

describe('fields that are read before the step written for them', () => {
  it.each([
    ['in a row', phase('one', '', step('a', 'exit: { x: c }'), step('b'), step('c'))],
    [
      'where the only way there passes the gate',
      phase(
        'one',
        '',
        step('a', 'exit: { x: c }\n        next: [{ to: step-c }]'),
        step('b', 'rework: { to: [step-a] }'),
        step('c', 'rework: { to: [step-b] }'),
      ),
    ],
    [
      'at the entry of the phase itself',
      phase('one', 'order: any\n    entry: { x: a }', step('a'), step('b'), step('c')),
    ],
    [
      'at the entry of a neighbour that begins with it',
      phase('one', 'order: parallel', step('a', 'entry: { x: b }'), step('b'), step('c')),
    ],
    [
      'by a route that asks for what it leads to',
      phase('one', '', step('a', 'next: [{ when: c, to: step-c }, { to: step-b }]'), step('b'), step('c')),
    ],
  ])('are an error %s', (_, phases) => {
    expect(read(phases).codes).toEqual(['error gate-reads-later']);
  });

  it.each([
    [
      'of a gate',
      step('a', 'exit: { x: c }'),
      'error: No activity before step-c supplies c, and without it the gate does not open',
      'step-c 之前没有细则填写 c，而没有它关口打不开',
    ],
    [
      'of a route',
      step('a', 'next: [{ when: c, to: step-c }, { to: step-b }]'),
      'error: No activity before step-c supplies c, and without it nothing can be decided here',
      'step-c 之前没有细则填写 c，而没有它这里无法判断',
    ],
    [
      'of a gate that may open without it',
      step('a', 'exit: { x: { any: [c, a] } }'),
      'warning: No activity before step-c supplies c, so it may not be known here yet',
      'step-c 之前没有细则填写 c，此时可能还不知道',
    ],
  ])('are told %s, without saying that nobody can give them', (_, first, en, zh) => {
    const { problems } = read(phase('one', '', first, step('b'), step('c')));
    expect(problems.map(({ severity, message }) => [`${severity}: ${message.en}`, message.zh])).toEqual([[en, zh]]);
  });

  it.each([
    [
      'where a route leads there first',
      phase(
        'one',
        '',
        step('a', 'next: [{ to: step-c }]'),
        step('b', 'exit: { x: c }\n        next: [{ to: end }]'),
        step('c', 'next: [{ to: step-b }]'),
      ),
    ],
    [
      'at the entry of a step of any order',
      phase('one', 'order: any', step('a', 'entry: { x: c }'), step('b'), step('c')),
    ],
    [
      'where the step may be skipped and work comes back',
      phase(
        'one',
        '',
        step('a', 'optional: true\n        exit: { x: c }'),
        step('b'),
        step('c', 'next: [{ when: a, to: step-a }, { to: end }]'),
      ),
    ],
    [
      'where the phase may be left without the step',
      phase('one', 'order: parallel\n    join: any', step('a', 'exit: { x: c }'), step('b')) +
        phase('two', '', step('c', 'next: [{ when: b, to: one }, { to: end }]')),
    ],
    [
      'where only the answer must be known',
      phase('one', '', step('a', 'next: [{ when: known(c), to: step-c }, { to: step-b }]'), step('b'), step('c')),
    ],
  ])('are no error %s', (_, phases) => {
    expect(read(phases).codes.filter((code) => code.startsWith('error'))).toEqual([]);
  });
});

describe('steps that routes pass by', () => {
  it('may be reached by rework alone', () => {
    expect(
      read(
        phase(
          'one',
          '',
          step('a', 'next: [{ to: step-c }]'),
          step('b'),
          step('c', 'rework: { to: [step-b], limit: 2 }'),
        ),
      ).codes,
    ).toEqual([]);
  });

  it('are named where nothing leads to them', () => {
    const { problems } = read(phase('one', '', step('a', 'next: [{ to: step-c }]'), step('b'), step('c')));
    expect(problems.map(({ code, line, message }) => [code, line, message.en])).toEqual([
      ['step-unreachable', 15, 'Nothing leads to the step step-b'],
    ]);
  });
});
