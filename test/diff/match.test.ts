import { expect, it } from 'vitest';
import type { ChildStart, NamedCriterion, Phase, Step } from '../../src/definition/types.ts';
import { diffProcesses } from '../../src/diff/index.ts';
import { activity, approval, definition, field, phase, step } from '../compile/build-definition.ts';

const fields = [field('amount')];
const enough = (text: string): NamedCriterion => {
  return { id: 'enough', say: null, source: null, assumed: false, criterion: { kind: 'condition', text } };
};
const child = (process: string): ChildStart => {
  return { id: 'survey', process, when: null, with: {}, onLeave: 'keep', source: null, assumed: false };
};
const b = (words: Partial<Step> = {}): Step =>
  step('b', {
    exit: [enough('amount >= 10')],
    activities: [activity('sign'), activity('more')],
    approvals: [approval('ok')],
    starts: [child('ask')],
    ...words,
  });

function told(before: readonly Phase[], after: readonly Phase[]): readonly string[] {
  const [from, to] = [before, after].map((phases) => ({ definition: definition(phases, { fields }), lineOf: null }));
  if (from === undefined || to === undefined) throw new Error('there are two');
  return diffProcesses(from, to).changes.map(
    ({ kind, effect, path, summary }) => `${kind} ${effect} ${path}: ${summary.en}`,
  );
}

const before = [phase('one', [step('a'), b()]), phase('two', [step('c')])];

it('takes what is inside of a step with it to another phase', () => {
  expect(told(before, [phase('one', [step('a')]), phase('two', [b(), step('c')])])).toEqual([
    'moved neutral /phases/two/steps/b: step b moves from one to two',
  ]);
});

it('compares what is inside of a step that moves, the gate as a gate', () => {
  const moved = b({
    exit: [enough('amount >= 20')],
    activities: [activity('more'), activity('sign')],
    starts: [child('inquire')],
  });
  expect(told(before, [phase('one', [step('a')]), phase('two', [moved, step('c')])])).toEqual([
    'moved neutral /phases/two/steps/b: step b moves from one to two',
    'moved neutral /phases/two/steps/b/activities/more: activity more has another place in the order',
    'changed neutral /phases/two/steps/b/starts/survey/process: child process b/starts/survey: process ask → inquire',
    'changed tightened /phases/two/steps/b/exit/enough/when: criterion b/exit/enough: when amount >= 10 → amount >= 20',
  ]);
});

it('follows a step that moves to a phase and takes another id, as the phase does', () => {
  const after = [
    { ...phase('one', [step('a')]), id: 'first', was: ['one'] },
    { ...phase('two', [step('c'), { ...b(), id: 'd', was: ['b'] }]), id: 'last', was: ['two'] },
  ];
  expect(told(before, after)).toEqual([
    'renamed neutral /phases/first: phase one is renamed first',
    'renamed neutral /phases/last: phase two is renamed last',
    'renamed neutral /phases/last/steps/d: step b is renamed d',
    'moved neutral /phases/last/steps/d: step d moves from one to last',
  ]);
});

it('tells what moves out of a step, though the step moves too', () => {
  const after = [
    phase('one', [step('a', { activities: [activity('more')] })]),
    phase('two', [b({ activities: [activity('sign')] }), step('c')]),
  ];
  expect(told(before, after)).toEqual([
    'moved neutral /phases/one/steps/a/activities/more: activity more moves from b to a',
    'moved neutral /phases/two/steps/b: step b moves from one to two',
  ]);
});
