import { describe, expect, it } from 'vitest';
import { explain } from '../../src/engine/index.ts';
import type { Actor } from '../../src/engine/types.ts';
import { actor, compiled, failing, NOW, run } from './process.ts';

const PROCESS = compiled(`
process: waived
title: { zh: 免做, en: Waived }
subject: case
roles:
  clerk: { title: { zh: 职员, en: Clerk } }
  boss:  { title: { zh: 主管, en: Boss } }
fields:
  price: { type: integer }
outcomes:
  done: { title: { zh: 完成, en: Done } }
phases:
  work:
    title: { zh: 办理, en: Work }
    order: any
    steps:
      test:
        title: { zh: 检验, en: Test }
        owner: clerk
        skip: { approval: no-test, by: [clerk, boss] }
        activities:
          weigh: { title: { zh: 称重, en: Weigh }, by: clerk, may_supply: [price], skip: { approval: no-weighing } }
          stamp: { title: { zh: 盖章, en: Stamp }, by: clerk }
        approvals:
          sign: { title: { zh: 签批, en: Sign-off }, by: boss, when: price > 900 }
          no-test: { title: { zh: 免检, en: No test }, by: boss, exclude: [requester] }
          no-weighing: { title: { zh: 免称, en: No weighing }, by: boss, when: price >= 100, voids_on: [price] }
      pack:
        title: { zh: 包装, en: Pack }
        milestone: done
      label: { title: { zh: 贴标, en: Label }, optional: true }
`);

const CLERK = actor('carla', 'clerk');
const BOSS = actor('bo', 'boss');
const OTHER = actor('ben', 'boss');

function atTest(price: number | null = 500) {
  const it = run(PROCESS, price === null ? {} : { price });
  it.do('enter', { step: 'test' }, CLERK);
  return it;
}

const WEIGH = { activity: 'weigh', reason: 'weighed by the supplier' };
const TEST = { step: 'test', reason: 'tested by the supplier' };

describe('a required activity that an approval lets be skipped', () => {
  it('is not skipped before; asking to skip it requests the approval, with the reason', () => {
    const it = atTest();
    const before = it.instance;
    const refusal = it.refuse('skip', WEIGH, CLERK);
    expect([refusal.code, failing(refusal)]).toEqual(['approval-requested', ['no-weighing']]);
    expect(refusal.missing.map(({ kind, id, roles }) => [kind, id, roles])).toEqual([
      ['approval', 'no-weighing', ['boss']],
    ]);
    expect(refusal.entries.map(({ type, accepted }) => [type, accepted])).toEqual([
      ['skip', false],
      ['request-approval', true],
    ]);
    expect(refusal.instance?.approvals['no-weighing']).toMatchObject({
      status: 'requested',
      requestedBy: 'carla',
      comment: 'weighed by the supplier',
    });
    expect(refusal.instance?.activities).toEqual(before.activities);
  });

  it('is skipped once it is given, and the exit asks neither for it nor for the approval', () => {
    const asked = atTest().refuse('skip', WEIGH, CLERK).instance;
    const it = run(PROCESS, {}, asked);
    expect(it.refuse('skip', WEIGH, CLERK).code).toBe('gate-shut');
    it.do('approve', { approval: 'no-weighing' }, BOSS);
    it.do('skip', WEIGH, CLERK);
    expect(it.instance.activities.weigh).toMatchObject({ status: 'skipped', reason: 'weighed by the supplier' });
    expect(failing(it.refuse('advance', { step: 'test' }, CLERK))).toEqual(['stamp']);
    it.do('complete', { activity: 'stamp' }, CLERK);
    it.do('advance', { step: 'test' }, CLERK);
  });

  it('is not skipped after a no, or after what the approval covers has changed', () => {
    const it = run(PROCESS, {}, atTest().refuse('skip', WEIGH, CLERK).instance);
    it.do('approve', { approval: 'no-weighing' }, BOSS);
    it.do('set', { fields: { price: 600 } }, CLERK);
    expect(it.instance.approvals['no-weighing']?.status).toBe('void');
    const again = run(PROCESS, {}, it.refuse('skip', WEIGH, CLERK).instance);
    again.do('reject', { approval: 'no-weighing', comment: 'weigh it' }, BOSS);
    const refusal = again.refuse('skip', WEIGH, CLERK);
    expect([refusal.code, refusal.entries.length]).toEqual(['gate-shut', 1]);
  });

  it('needs no approval where the approval is not needed, and the facts that say whether it is', () => {
    const free = atTest(50);
    free.do('skip', WEIGH, CLERK);
    const refusal = atTest(null).refuse('skip', WEIGH, CLERK);
    expect([refusal.code, refusal.missing.map(({ kind, id }) => [kind, id])]).toEqual([
      'gate-shut',
      [['field', 'price']],
    ]);
  });

  it('is done as ever by who does not want to skip it: its approval is no criterion of the exit', () => {
    const it = atTest();
    it.do('complete', { activity: 'weigh' }, CLERK);
    it.do('complete', { activity: 'stamp' }, CLERK);
    it.do('advance', { step: 'test' }, CLERK);
  });

  it('can be asked for by hand before', () => {
    const it = atTest();
    it.do('request-approval', { approval: 'no-weighing' }, CLERK);
    it.do('approve', { approval: 'no-weighing' }, BOSS);
    it.do('skip', WEIGH, CLERK);
  });
});

describe('a required step that an approval lets be skipped', () => {
  it('is left past its exit once somebody else than who asked has agreed, and settles the join', () => {
    const it = run(PROCESS, {}, atTest().refuse('skip', TEST, BOSS).instance);
    expect(it.refuse('approve', { approval: 'no-test' }, BOSS).code).toBe('approval-own-request');
    it.do('approve', { approval: 'no-test' }, OTHER);
    it.do('skip', TEST, CLERK);
    expect(it.instance.steps.test?.skips).toBe(1);
    it.do('enter', { step: 'pack' }, CLERK);
    it.do('advance', { step: 'pack' }, CLERK);
    // The optional step that still waits is not waited for.
    expect([it.instance.status, it.instance.outcome]).toEqual(['closed', 'done']);
  });

  it('is skipped by those whom it names, and only once it is entered', () => {
    expect(atTest().refuse('skip', TEST, actor('nina')).code).toBe('role-required');
    const waiting = run(PROCESS, { price: 5 });
    const refusal = waiting.refuse('skip', TEST, CLERK);
    expect([refusal.code, failing(refusal)]).toEqual(['not-allowed-now', ['step-open', 'no-test']]);
    expect(waiting.refuse('skip', { step: 'pack', reason: 'x' }, CLERK).code).toBe('not-allowed-now');
  });

  it('is explained as decided: who may skip, what is missing, and when it is open', () => {
    const it = atTest();
    const skips = (who: Actor) =>
      explain({ process: PROCESS, instance: it.instance, actor: who, at: NOW, now: NOW })
        .filter(({ type }) => type === 'skip')
        .map(({ step, activity, allowed, roles, missing }) => [
          step ?? activity,
          allowed,
          roles,
          missing.map(({ id }) => id),
        ]);
    expect(skips(CLERK)).toEqual([
      ['weigh', false, ['clerk'], ['no-weighing']],
      ['test', false, ['clerk', 'boss'], ['no-test']],
      ['label', true, ['clerk', 'boss'], []],
    ]);
    it.do('request-approval', { approval: 'no-test' }, CLERK);
    it.do('approve', { approval: 'no-test' }, BOSS);
    expect(skips(BOSS).map(([id, allowed]) => [id, allowed])).toEqual([
      ['weigh', false],
      ['test', true],
      ['label', true],
    ]);
  });
});
