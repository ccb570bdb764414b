import { describe, expect, it } from 'vitest';
import { type Wait, waitsAlike, waitsOf, workOf } from '../../src/engine/index.ts';
import type { Actor, Instance } from '../../src/engine/types.ts';
import { people, play } from './deal.ts';
import { COLLEAGUE, FINANCE, guarded, MANAGER, REP } from './guarded.ts';
import { ADMIN, actor, BOSS, CLERK, DEPUTY, NOW, run } from './process.ts';
import { atCheck, side } from './side.ts';
import { atMake, FORM, small } from './small.ts';

const LATER = '2026-02-13T10:20:00.000Z';
type Process = Parameters<typeof waitsOf>[0];

/** `step who`, and since when where it is not since the start. */
const said = (waits: readonly Wait[]) =>
  waits.map(({ step, who, since }) => `${step} ${who}${since === NOW ? '' : ` ${since}`}`);
const waits = (process: Process, instance: Instance) => said(waitsOf(process, instance));
const work = (process: Process, instance: Instance, by: Actor, step: string, now = NOW) =>
  workOf({ process, instance, actor: by, at: now, now }, step);

const none = { activities: [], approvals: [], advance: false, enter: false };

describe('whom an instance waits for', () => {
  it('is who may do what is open in its open steps', () => {
    const it = run(small);
    expect(waitsOf(small, it.instance)).toEqual([
      { step: 'intake', who: 'role:clerk', since: NOW, due: null },
      { step: 'papers', who: 'role:clerk', since: NOW, due: null },
      { step: 'papers', who: 'role:boss', since: NOW, due: null },
    ]);
  });

  it('goes on while one of several activities is open, and ends with the step', () => {
    const it = run(small, { ready: true, limit: 100000 });
    const before = waits(small, it.instance);
    it.do('complete', FORM, CLERK);
    expect(waits(small, it.instance)).toEqual(before);
    it.do('complete', { activity: 'pick', choices: ['a', 'c'] }, CLERK);
    it.do('complete', { activity: 'copy' }, CLERK);
    expect(waits(small, it.instance)).toEqual(['intake role:clerk']);
    it.do('advance', { step: 'intake' }, CLERK);
    expect(waits(small, it.instance)).toEqual(['make role:clerk', 'make role:boss']);
  });

  it('is who moves the step on once what others do in it is done', () => {
    const it = run(guarded);
    const owned = { ...it.instance, owner: 'ren', team: 'east' };
    const next = run(guarded, {}, owned);
    next.do('complete', { activity: 'form', with: { amount: 5 } });
    expect(waits(guarded, next.instance)).toEqual(['apply role:finance']);
    next.do('complete', { activity: 'credit', with: { rating: 3 } });
    // The gate is shut, and it is the owner who can see to that.
    expect(waits(guarded, next.instance)).toEqual(['apply actor:ren']);
    expect(work(guarded, next.instance, REP, 'apply')).toEqual(none);
    next.do('undo', { activity: 'credit' });
    next.do('complete', { activity: 'credit', with: { rating: 5 } });
    expect(work(guarded, next.instance, REP, 'apply')).toEqual({ ...none, advance: true });
    next.do('advance');
    expect(waits(guarded, next.instance)).toEqual(['decide role:manager']);
  });

  it('is nobody on hold or closed, and the same as before when it goes on', () => {
    const it = run(small);
    const before = waitsOf(small, it.instance);
    it.do('hold', { reason: 'x' }, BOSS);
    expect(waits(small, it.instance)).toEqual([]);
    expect(work(small, it.instance, ADMIN, 'intake')).toBeNull();
    it.do('resume', {}, BOSS);
    expect(waitsOf(small, it.instance)).toEqual(before);
    it.do('close', { outcome: 'dropped', reason: 'cost' });
    expect(waits(small, it.instance)).toEqual([]);
    it.do('reopen', { reason: 'x' }, BOSS);
    expect(waitsOf(small, it.instance)).toEqual(before);
  });

  it('is whoever may enter a step that nobody has begun, since the work came there', () => {
    const it = run(side, { score: 50, urgent: true });
    expect(waits(side, it.instance)).toEqual([
      'ask role:clerk',
      'look role:clerk',
      'look role:boss',
      'read role:clerk',
      'read role:boss',
    ]);
    it.do('enter', { step: 'ask' }, CLERK);
    expect(waits(side, it.instance)[0]).toBe('ask role:clerk');
    const again = atCheck(10);
    again.do('advance', { step: 'check' }, ADMIN, LATER, LATER);
    expect(again.instance.waiting.map(({ step }) => step)).toEqual(['ask', 'look', 'read']);
    expect(waits(side, again.instance)[0]).toBe(`ask role:clerk ${LATER}`);
  });

  it('leaves out an activity that is not needed, and keeps one of which that is not known', () => {
    const it = run(side, { score: 50 });
    it.do('enter', { step: 'look' });
    const looks = () => waitsOf(side, it.instance).filter(({ step }) => step === 'look').length;
    expect([work(side, it.instance, CLERK, 'look')?.activities, looks()]).toEqual([['visit'], 2]);
    it.do('set', { fields: { urgent: false } });
    expect(work(side, it.instance, CLERK, 'look')).toEqual({ ...none, advance: true });
  });

  it('is the owner where the file says so, and the administrators where there is none', () => {
    const it = run(guarded, {}, null);
    const owned = { ...it.instance, owner: 'ren', team: 'east' };
    expect(waits(guarded, owned)).toEqual(['apply actor:ren', 'apply role:finance']);
    const nobodys = { ...it.instance, owner: null };
    expect(waits(guarded, nobodys)).toEqual(['apply role:admin', 'apply role:finance']);
    expect(work(guarded, owned, REP, 'apply')).toEqual({ ...none, activities: ['form'] });
    expect(work(guarded, owned, FINANCE, 'apply')).toEqual({ ...none, activities: ['credit'] });
    expect(work(guarded, owned, COLLEAGUE, 'apply')).toBeNull();
    expect(work(guarded, owned, MANAGER, 'apply')).toBeNull();
  });

  it('is who moves on what somebody has let pass', () => {
    const begun = run(guarded, {}, { ...run(guarded).instance, owner: 'ren', team: 'east' });
    const { instance } = begun.do('complete', { activity: 'form', with: { amount: 5 } });
    expect(waits(guarded, instance)).toEqual(['apply role:finance']);
    const passed = { step: 'apply', round: 1, criteria: ['credit'], reason: 'x', by: 'ma', at: NOW, recordedAt: NOW };
    const allowed = { ...instance, overrides: { 9: passed } };
    expect(waits(guarded, allowed)).toEqual(['apply role:finance', 'apply actor:ren']);
    expect(waits(guarded, { ...instance, overrides: { 9: { ...passed, round: 2 } } })).toEqual(['apply role:finance']);
    expect(waitsAlike(guarded, instance, allowed)).toBe(false);
    const it = atMake();
    it.do('complete', { activity: 'build', choices: ['fast'] }, CLERK);
    expect(waits(small, it.instance)).toEqual(['make role:boss']);
    const other = atMake();
    other.do('override', { criteria: ['build'], reason: 'agreed' }, BOSS);
    expect(waits(small, other.instance)).toEqual(['make role:clerk', 'make role:boss']);
    expect(work(small, other.instance, BOSS, 'make')).toEqual({
      ...none,
      activities: ['build', 'budget'],
      advance: true,
    });
  });
});

describe('an approval', () => {
  const cases: readonly (readonly [what: string, words: string, moves: string, expected: readonly string[]])[] = [
    ['not asked for waits for who asks', 'by: manager', 'anna note text=x → none', ['role:rep']],
    ['asked for waits for its approver', 'by: manager', 'asked', ['role:rep', 'role:manager']],
    ['by name', 'by: { actor: wang }', 'asked', ['role:rep', 'actor:wang']],
    ['any of several', 'by: [manager, director]', 'asked', ['role:rep', 'role:manager', 'role:director']],
    ['in sequence, the first', 'by: [manager, director], order: sequence', 'asked', ['role:rep', 'role:manager']],
    [
      '… then the next',
      'by: [manager, director], order: sequence',
      'asked; mei approve → requested',
      ['role:rep', 'role:director'],
    ],
    ['reassigned', 'by: manager', 'asked; mei reassign to=wang → requested', ['role:rep', 'actor:wang']],
    [
      'added',
      'by: manager',
      'asked; mei add-approver actor=lea → requested',
      ['role:rep', 'role:manager', 'actor:lea'],
    ],
    ['given', 'by: manager', 'asked; mei approve → approved', ['role:rep']],
    ['rejected', 'by: manager', 'asked; mei reject comment=no → rejected', ['role:rep']],
    ['withdrawn', 'by: manager', 'asked; anna withdraw → withdrawn', ['role:rep']],
    ['void', 'by: manager, when: discount > 10', 'asked; anna set discount=20 → void', ['role:rep']],
  ];
  it.each(cases)('%s', (_what, words, moves, expected) => {
    const { instance, process, found } = play(words, moves);
    expect(found).toBe(moves);
    expect(waitsOf(process, instance).map(({ who }) => who)).toEqual(expected);
  });

  it('keeps the step from who moves it on, until it is decided or no longer needed', () => {
    const it = atMake();
    it.do('set', { fields: { due: '2026-03-01', staff: 40 } }, ADMIN);
    it.do('complete', { activity: 'build', choices: ['fast'] }, CLERK);
    it.do('skip', { activity: 'budget', reason: 'x' }, BOSS);
    expect(waits(small, it.instance)).toEqual(['make role:boss']);
    it.do('request-approval', { approval: 'sign-off' }, ADMIN, LATER, LATER);
    expect(waits(small, it.instance)).toEqual([`make role:boss ${LATER}`, `make role:clerk ${LATER}`]);
    expect(work(small, it.instance, CLERK, 'make')).toEqual({ ...none, approvals: ['sign-off'] });
    expect(work(small, it.instance, DEPUTY, 'make')).toEqual({ ...none, approvals: ['sign-off'] });
    // Whoever asked does not approve, and the rest is for others.
    expect(work(small, it.instance, ADMIN, 'make')).toBeNull();
    it.do('approve', { approval: 'sign-off' }, CLERK, LATER, LATER);
    expect(waits(small, it.instance)).toEqual(['make role:boss']);
    expect(work(small, it.instance, BOSS, 'make')).toEqual({ ...none, advance: true });
    expect(work(small, it.instance, CLERK, 'make')).toBeNull();
  });

  it('waits for a substitute of its approver, on their days', () => {
    const top = 'substitutes: [{ for: mei, by: wang, from: 2026-02-10, until: 2026-02-20 }]';
    const { instance, process } = play('by: manager', 'asked', { top });
    expect(waitsOf(process, instance).map(({ who }) => who)).toEqual(['role:rep', 'role:manager', 'actor:wang']);
    const on = (day: string) => work(process, instance, people.wang, 'quote', `2026-02-${day}T09:30:00.000Z`);
    expect([on('09'), on('10'), on('20'), on('21')]).toEqual([
      null,
      { ...none, approvals: ['price'] },
      { ...none, approvals: ['price'] },
      null,
    ]);
  });
});

describe('what does not change whom it waits for', () => {
  it('is a note, and a fact that no activity depends on', () => {
    const it = run(small);
    const before = it.instance;
    it.do('note', { text: 'x' });
    it.do('set', { fields: { limit: 5, seen_at: '2026-02-13T09:00:00Z' } });
    expect(waitsAlike(small, before, it.instance)).toBe(true);
    it.do('complete', FORM, CLERK);
    expect(waitsAlike(small, before, it.instance)).toBe(false);
  });

  it('is not a fact that one depends on', () => {
    const it = run(side, { score: 50 });
    it.do('enter', { step: 'look' });
    const before = it.instance;
    it.do('set', { fields: { urgent: false } });
    expect(waitsAlike(side, before, it.instance)).toBe(false);
    expect(work(side, it.instance, actor('x'), 'look')).toBeNull();
  });
});
