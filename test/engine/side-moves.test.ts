import { describe, expect, it } from 'vitest';
import { roundsOf } from '../../src/engine/index.ts';
import type { Instance } from '../../src/engine/types.ts';
import { BOSS, CLERK, failing, NOW, run } from './process.ts';
import { atCheck, side } from './side.ts';

// Taking back, reopening and overriding where steps wait, come again and lead elsewhere.

const standing = ({ position, waiting }: Instance) =>
  [position, waiting].map((places) => places.map(({ step }) => step));

describe('recall', () => {
  it('lets a step wait again that was entered', () => {
    const it = run(side, { score: 50 });
    it.do('enter', { step: 'ask' }, CLERK);
    it.do('complete', { activity: 'call', choices: ['mail'] }, CLERK);
    const { entries } = it.do('recall', {}, CLERK);
    expect(standing(it.instance)).toEqual([[], ['ask', 'look', 'read']]);
    expect(entries[0]?.changes).toMatchObject({
      position: { to: [] },
      steps: { ask: { round: 0 } },
      activities: { call: { to: 'open' } },
    });
    expect(it.instance.steps.ask).toMatchObject({ round: 0 });
    expect(roundsOf(it.instance, 'ask')).toEqual([]);
    expect(it.instance.activities.call).toMatchObject({ count: 0, completions: [] });
  });

  it('opens again what a join had left, and counts a route as not taken', () => {
    const it = run(side, { score: 50, urgent: false });
    for (const step of ['ask', 'look', 'read']) it.do('enter', { step });
    it.do('complete', { activity: 'skim' });
    it.do('advance', { step: 'read' });
    const before = it.instance;
    it.do('advance', { step: 'look' });
    it.do('recall');
    expect(it.instance).toMatchObject({ marking: before.marking, position: before.position, steps: before.steps });
    const back = atCheck(30);
    back.do('advance');
    back.do('recall');
    expect(back.instance.steps.check).toMatchObject({ round: 1, routes: {} });
    expect(roundsOf(back.instance, 'check')).toEqual([]);
  });
});

describe('reopen', () => {
  it('goes on in a phase where nothing was open', () => {
    const it = run(side);
    it.do('close', { outcome: 'early', reason: 'x' });
    const { entries } = it.do('reopen', { reason: 'they came back' }, BOSS);
    expect(standing(it.instance)).toEqual([[], ['ask', 'look', 'read']]);
    expect(it.instance).toMatchObject({ status: 'active', outcome: null });
    expect(entries[0]?.changes).toMatchObject({ status: 'active', waiting: { from: [] } });
  });

  it('goes on with the round that closing had ended', () => {
    const it = atCheck(60);
    it.do('close', { outcome: 'dropped', reason: 'x' });
    expect(roundsOf(it.instance, 'check')).toEqual([
      { round: 1, enteredAt: NOW, leftAt: NOW, ended: 'closed', activities: [] },
    ]);
    it.do('reopen', { reason: 'after all' });
    expect(it.instance.steps.check).toMatchObject({ round: 1, leftAt: null });
    expect(roundsOf(it.instance, 'check')).toEqual([]);
  });
});

describe('override', () => {
  it('lets gates count as met, of the step and of what follows, not the question where a step leads', () => {
    const it = atCheck(60, { urgent: true });
    const wrong = it.refuse('override', { step: 'check', criteria: ['route-known'], reason: 'x' });
    expect(wrong.problems.map(({ pointer }) => pointer)).toEqual(['/criteria']);
    it.do('set', { fields: { budget: 1, score: 42 } });
    expect(failing(it.refuse('advance'))).toEqual(['good']);
    it.do('override', { step: 'check', criteria: ['good'], reason: 'the board wants it' }, BOSS);
    it.do('advance');
    expect(standing(it.instance)).toEqual([['pack', 'insure'], []]);
  });

  it('counts for another round too, and for it alone', () => {
    const it = run(side, { score: 50 });
    it.do('enter', { step: 'ask' });
    it.do('override', { step: 'ask', criteria: ['call'], reason: 'nobody answers' });
    it.do('repeat', { step: 'ask' });
    expect(failing(it.refuse('repeat', { step: 'ask' }))).toEqual(['call']);
  });

  it('opens an activity of which it is not known whether it is needed', () => {
    const it = run(side, { score: 50 });
    it.do('enter', { step: 'look' });
    it.do('override', { step: 'look', criteria: ['visit'], reason: 'urgent enough' });
    it.do('advance');
    expect(roundsOf(it.instance, 'look')).toMatchObject([{ ended: 'done', activities: [] }]);
  });
});

describe('an approval', () => {
  it('is asked for each round of a step', () => {
    const it = run(side, { score: 90 });
    it.do('enter', { step: 'ask' }, CLERK);
    it.do('complete', { activity: 'call', choices: ['mail'] }, CLERK);
    expect(failing(it.refuse('repeat', { step: 'ask' }, CLERK))).toEqual(['terms']);
    it.do('request-approval', { approval: 'terms' }, CLERK);
    it.do('approve', { approval: 'terms' }, BOSS);
    it.do('repeat', { step: 'ask' }, CLERK);
    it.do('complete', { activity: 'call', choices: ['mail'] }, CLERK);
    expect(failing(it.refuse('repeat', { step: 'ask' }, CLERK))).toEqual(['terms']);
  });
});
