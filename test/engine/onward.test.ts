import { describe, expect, it } from 'vitest';
import { roundsOf } from '../../src/engine/index.ts';
import { compiled, failing, NOW, run } from './process.ts';
import { atCheck } from './side.ts';

const LOOP = `
process: loop
title: { zh: 循环, en: Loop }
subject: case
roles: { clerk: { title: { zh: 职员, en: Clerk } } }
fields: { again: { type: boolean } }
outcomes: { done: { title: { zh: 完成, en: Done } } }
phases:
  only:
    title: { zh: 唯一, en: Only }
    steps:
      one: { title: { zh: 一, en: One }, optional: true, activities: { ask: { title: { zh: 问, en: Ask }, optional: true, may_supply: [again] } }, next: [{ when: "!again", to: zero }, { to: two }] }
      zero: { title: { zh: 零, en: Zero } }
      two:
        title: { zh: 二, en: Two }
        activities: { tell: { title: { zh: 说, en: Tell }, optional: true, supplies: [again] } }
        next: [{ when: again, to: one }, { to: end }]
        milestone: done
`;

const stands = (it: ReturnType<typeof run>) =>
  [...it.instance.position, ...it.instance.waiting].map(({ step }) => step);

describe('routes', () => {
  it('lead where the first condition that holds says: to a phase, a step, the end, or else', () => {
    const low = atCheck(15);
    low.do('advance');
    expect(stands(low)).toEqual(['ask', 'look', 'read']);
    const middle = atCheck(30);
    middle.do('advance');
    expect(stands(middle)).toEqual(['draft']);
    const rich = atCheck(60, { urgent: true, budget: 6 });
    rich.do('advance');
    expect(rich.instance).toMatchObject({ status: 'closed', outcome: null, closedAt: NOW });
    const other = atCheck(60);
    other.do('advance');
    expect(stands(other)).toEqual(['pack', 'insure']);
    expect(other.instance.steps.polish).toBeUndefined();
  });

  it('wait for a fact that a condition before the one that holds may need', () => {
    const it = atCheck(60, { urgent: true });
    const refusal = it.refuse('advance');
    expect(failing(refusal)).toEqual(['route-known']);
    expect(refusal).toMatchObject({
      code: 'gate-shut',
      missing: [{ kind: 'field', id: 'budget', activities: ['write'] }],
      reasons: { verdict: 'unknown' },
    });
    it.do('set', { fields: { budget: 1 } });
    it.do('advance');
    expect(stands(it)).toEqual(['pack', 'insure']);
  });

  it('ask the exit of the phase they leave and the entry of the place they lead to', () => {
    expect(failing(atCheck(42).refuse('advance'))).toEqual(['good']);
    expect(failing(atCheck(77).refuse('advance'))).toEqual(['settled']);
    expect(failing(atCheck(77, { urgent: true, budget: 9 }).refuse('advance'))).toEqual(['settled']);
    // Within the phase neither is asked.
    const back = atCheck(77);
    back.do('set', { fields: { score: 30 } });
    back.do('advance');
    expect(stands(back)).toEqual(['draft']);
  });

  it('end a loop at its limit, and say so', () => {
    const it = atCheck(30);
    for (const round of [2, 3]) {
      it.do('advance');
      expect(it.instance.steps.draft?.round).toBe(round);
      it.do('skip', { step: 'draft', reason: 'not again' });
    }
    expect(it.instance.steps.check?.routes).toEqual({ draft: 2 });
    const refusal = it.refuse('advance');
    expect(refusal).toMatchObject({ code: 'not-allowed-now', detail: { en: expect.stringContaining('2 times') } });
    expect(failing(refusal)).toEqual(['route-limit']);
    it.do('set', { fields: { score: 50 } });
    it.do('advance');
    expect(stands(it)).toEqual(['pack', 'insure']);
  });

  it('go back a hundred times at most where no limit is written, and forward as often as work comes by', () => {
    const it = run(compiled(LOOP), { again: true });
    for (let round = 1; round <= 100; round += 1) {
      it.do('advance', { step: 'one' });
      it.do('advance', { step: 'two' });
    }
    it.do('advance', { step: 'one' });
    expect(failing(it.refuse('advance'))).toEqual(['route-limit']);
    expect(it.instance.steps.one?.routes).toEqual({});
    expect(it.instance.steps.two).toMatchObject({ round: 101, routes: { one: 100 } });
    expect(roundsOf(it.instance, 'two')).toHaveLength(10);
    expect(
      roundsOf(it.instance, 'one')
        .map(({ round }) => round)
        .slice(0, 2),
    ).toEqual([92, 93]);
    it.do('set', { fields: { again: false } });
    it.do('advance');
    expect(it.instance.status).toBe('closed');
  });

  it('are taken by a skip as by an advance', () => {
    const it = run(compiled(LOOP), { again: true });
    it.do('skip', { step: 'one', reason: 'known already' });
    expect(stands(it)).toEqual(['two']);
    expect(it.instance.steps.zero).toBeUndefined();
    expect(failing(it.refuse('skip', { step: 'two', reason: 'x' }))).toEqual(['step-optional']);
  });
});

it('work is never sent past an entry gate to a step that was only ever skipped, however often', () => {
  const process = compiled(`
process: looping
title: { zh: 循环, en: Looping }
subject: case
roles: { clerk: { title: { zh: 职员, en: Clerk } } }
fields: { again: { type: boolean }, score: { type: integer } }
outcomes: { done: { title: { zh: 完成, en: Done } } }
phases:
  gather:
    title: { zh: 收集, en: Gather }
    order: any
    steps:
      look:
        title: { zh: 查看, en: Look }
        optional: true
        entry: { scored: known(score) }
        activities: { visit: { title: { zh: 走访, en: Visit } } }
      ask:
        title: { zh: 询问, en: Ask }
        activities: { call: { title: { zh: 致电, en: Call }, may_supply: [again, score] } }
  judge:
    title: { zh: 评判, en: Judge }
    steps:
      check:
        title: { zh: 检查, en: Check }
        activities: { weigh: { title: { zh: 衡量, en: Weigh }, optional: true } }
        rework: { to: [look] }
        next: [{ when: again, to: gather }, { to: end }]
        milestone: done
`);
  const it = run(process, { again: true });
  for (let time = 1; time <= 12; time += 1) {
    it.do('enter', { step: 'ask' });
    it.do('complete', { activity: 'call' });
    it.do('skip', { step: 'look', reason: 'x' });
    it.do('advance', { step: 'ask' });
    if (time < 12) it.do('advance');
  }
  expect(it.instance.steps.look).toMatchObject({ round: 12, skips: 12 });
  expect(failing(it.refuse('rework', { to: 'look', reason: 'x' }))).toEqual(['scored']);
});
