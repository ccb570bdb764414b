import { describe, expect, it } from 'vitest';
import { explain, roundsOf } from '../../src/engine/index.ts';
import type { Instance } from '../../src/engine/types.ts';
import { ADMIN, BOSS, CLERK, compiled, failing, NOW, run } from './process.ts';
import { atCheck, side } from './side.ts';

const steps = (places: Instance['position']) => places.map(({ step }) => step);
const standing = ({ position, waiting }: Instance) => [steps(position), steps(waiting)];
const allowed = (instance: Instance, type: string) =>
  explain({ process: side, instance, actor: ADMIN, at: NOW, now: NOW })
    .filter((action) => action.type === type && action.allowed)
    .map((action) => action.step ?? action.activity);

describe('a phase of any order', () => {
  it('opens nothing by itself, and any step that is entered', () => {
    const it = run(side, { score: 50 });
    expect(standing(it.instance)).toEqual([[], ['ask', 'look', 'read']]);
    expect(it.instance).toMatchObject({ status: 'active', marking: { gather: { ask: 'waiting' } }, steps: {} });
    expect(allowed(it.instance, 'enter')).toEqual(['ask', 'look', 'read']);
    const { entries } = it.do('enter', { step: 'read' });
    expect(entries[0]?.changes).toEqual({
      position: { from: [], to: [{ phase: 'gather', step: 'read' }] },
      waiting: {
        from: ['ask', 'look', 'read'].map((step) => ({ phase: 'gather', step })),
        to: ['ask', 'look'].map((step) => ({ phase: 'gather', step })),
      },
      steps: { read: { round: 1, reworks: 0, skips: 0, routes: {} } },
    });
    it.do('enter', { step: 'ask' });
    expect(standing(it.instance)).toEqual([['ask', 'read'], ['look']]);
  });

  it('asks the entry of a step when it is entered, and refuses one that does not wait', () => {
    const it = run(side);
    const refusal = it.refuse('enter', { step: 'read' });
    expect(refusal).toMatchObject({ code: 'gate-shut', missing: [{ kind: 'field', id: 'score' }] });
    expect(failing(refusal)).toEqual(['scored']);
    it.do('enter', { step: 'ask' }, CLERK);
    expect(it.refuse('enter', { step: 'ask' })).toMatchObject({ code: 'not-allowed-now' });
    expect(failing(it.refuse('enter', { step: 'ask' }))).toEqual(['step-waiting']);
    expect(failing(it.refuse('enter', { step: 'draft' }))).toEqual(['step-waiting']);
    expect(it.refuse('enter', { step: 'asc' }).problems[0]?.message.en).toContain('did you mean ask?');
    expect(failing(it.refuse('advance', { step: 'look' }))).toEqual(['step-open', 'visit']);
    expect(it.refuse('enter', { step: 'ask' }, BOSS).code).toBe('role-required');
  });

  it('may be closed from, while nothing is open', () => {
    const it = run(side);
    it.do('close', { outcome: 'early', reason: 'no need' });
    expect(it.instance).toMatchObject({ status: 'closed', outcome: 'early', position: [], waiting: [] });
    expect(failing(it.refuse('enter', { step: 'ask' }))).toEqual(['instance-open', 'step-waiting']);
  });
});

describe('a join of some steps', () => {
  it('leaves the phase with the last one that it needs, and with what is open or waiting', () => {
    const it = run(side, { score: 50, urgent: false });
    it.do('enter', { step: 'ask' });
    it.do('enter', { step: 'look' });
    it.do('enter', { step: 'read' });
    it.do('complete', { activity: 'skim' });
    it.do('advance', { step: 'read' });
    expect(standing(it.instance)).toEqual([['ask', 'look'], []]);
    it.do('advance', { step: 'look' });
    expect(standing(it.instance)).toEqual([['draft'], []]);
    expect(roundsOf(it.instance, 'ask')).toEqual([
      { round: 1, enteredAt: NOW, leftAt: NOW, ended: 'left', activities: [] },
    ]);
    expect(roundsOf(it.instance, 'read')).toMatchObject([{ ended: 'done', activities: ['skim'] }]);
  });

  it('asks the exit of the phase and what follows of the step that completes it, of no other', () => {
    const it = run(side, { score: 5 });
    it.do('enter', { step: 'read' });
    it.do('complete', { activity: 'skim' });
    it.do('advance', { step: 'read' });
    it.do('enter', { step: 'ask' });
    it.do('complete', { activity: 'call', choices: ['mail'] });
    const refusal = it.refuse('advance', { step: 'ask' });
    expect(failing(refusal)).toEqual(['urgency-known', 'not-low']);
    expect(standing(refusal.instance ?? it.instance)).toEqual([['ask'], ['look']]);
    it.do('set', { fields: { urgent: false, score: 10 } });
    it.do('advance', { step: 'ask' });
    expect(standing(it.instance)).toEqual([['draft'], []]);
  });

  it('does not count a step that was skipped, but leaves when nothing else is left', () => {
    const it = run(
      compiled(`
process: few
title: { zh: 少, en: Few }
subject: case
roles: { clerk: { title: { zh: 职员, en: Clerk } } }
outcomes: { done: { title: { zh: 完成, en: Done } } }
phases:
  some:
    title: { zh: 若干, en: Some }
    order: any
    join: { at_least: 2 }
    steps:
      one: { title: { zh: 一, en: One }, optional: true }
      two: { title: { zh: 二, en: Two }, optional: true }
      three: { title: { zh: 三, en: Three }, optional: true, milestone: done }
`),
    );
    it.do('skip', { step: 'one', reason: 'not needed' });
    it.do('enter', { step: 'three' });
    it.do('advance', { step: 'three' });
    expect(standing(it.instance)).toEqual([[], ['two']]);
    const { entries } = it.do('skip', { step: 'two', reason: 'nor this' });
    expect(it.instance).toMatchObject({ status: 'closed', outcome: 'done', waiting: [] });
    expect(entries[0]?.changes?.waiting).toEqual({ from: [{ phase: 'some', step: 'two' }], to: [] });
    expect(roundsOf(it.instance, 'two')).toEqual([
      { round: 1, enteredAt: NOW, leftAt: NOW, ended: 'skipped', activities: [] },
    ]);
  });
});

describe('a join of all', () => {
  it('does not wait for optional steps', () => {
    const it = atCheck(60);
    it.do('advance');
    expect(standing(it.instance)).toEqual([['pack', 'insure'], []]);
    it.do('advance', { step: 'pack' });
    expect(it.instance).toMatchObject({ status: 'closed', outcome: 'done' });
    expect(roundsOf(it.instance, 'insure')).toMatchObject([{ ended: 'left' }]);
  });

  it('waits for required ones, whatever the optional ones are', () => {
    const it = atCheck(60);
    it.do('advance');
    it.do('skip', { step: 'insure', reason: 'no goods' });
    expect(standing(it.instance)).toEqual([['pack'], []]);
  });
});

describe('skip of a step', () => {
  it('leaves its exit unasked, asks what follows, and keeps the reason', () => {
    const it = run(side, { score: 50, urgent: false });
    it.do('enter', { step: 'look' });
    it.do('skip', { step: 'look', reason: 'nothing to see' });
    expect(it.instance.marking).toEqual({ gather: { ask: 'waiting', look: 'skipped', read: 'waiting' } });
    expect(failing(it.refuse('skip', { step: 'look', reason: 'again' }))).toEqual(['step-open']);
    expect(failing(it.refuse('skip', { step: 'read', reason: 'x' }))).toEqual(['step-optional']);
  });

  it('takes one thing at a time, with a reason', () => {
    const it = run(side);
    expect(it.refuse('skip', { step: 'look' }).problems.map((p) => p.pointer)).toEqual(['/reason']);
    expect(it.refuse('skip', { step: 'look', activity: 'visit', reason: 'x' }).problems).toMatchObject([
      { pointer: '/activity', message: { en: expect.stringContaining('give step or activity') } },
    ]);
    expect(it.refuse('skip', { reason: 'x' }).problems[0]?.pointer).toBe('/activity');
  });

  it('moves a sequence on without its milestone', () => {
    const it = atCheck(60);
    expect(roundsOf(it.instance, 'draft')).toMatchObject([{ ended: 'skipped', activities: [] }]);
    expect(it.instance).toMatchObject({ outcome: null, position: [{ step: 'check' }] });
  });
});

describe('rework to a step that work was only led past', () => {
  it('asks its entry, since nobody has passed it', () => {
    const it = atCheck(60);
    it.do('advance');
    expect(it.instance.steps.polish).toBeUndefined();
    it.do('set', { fields: { budget: 5 } });
    expect(failing(it.refuse('rework', { step: 'pack', to: 'polish', reason: 'shine' }))).toEqual(['cheap', 'plain']);
    it.do('set', { fields: { budget: 50 } });
    const { entries } = it.do('rework', { step: 'pack', to: 'polish', reason: 'shine' });
    // It advances by itself.
    expect(entries.map(({ type }) => type)).toEqual(['rework', 'advance']);
    it.do('set', { fields: { budget: 5 } });
    expect(failing(it.refuse('rework', { step: 'pack', to: 'polish', reason: 'again' }))).toEqual(['rework-limit']);
  });
});

describe('rework into a phase of any order', () => {
  it('opens the one step, and its end joins the phase again', () => {
    const it = atCheck(60);
    it.do('rework', { to: 'look', reason: 'look again' });
    expect(standing(it.instance)).toEqual([['look'], []]);
    expect(roundsOf(it.instance, 'check')).toMatchObject([{ ended: 'reworked' }]);
    it.do('advance');
    expect(standing(it.instance)).toEqual([['draft'], []]);
  });
});
