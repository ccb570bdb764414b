import { describe, expect, test } from 'vitest';
import { decide, nextTimer, start } from '../../src/engine/index.ts';
import type { Actor, Instance } from '../../src/engine/types.ts';
import { ADMIN, accepted, actor, command, compiled, environment, failing } from './process.ts';

const REP = actor('rita', 'rep');
const CHIEF = actor('chen', 'chief');

/** Two steps in a row, a phase of two that may be done in any order, and an approval. */
const process = compiled(`
process: courses
title: { zh: 时限, en: Courses }
subject: deal
roles:
  rep: { title: { zh: 代表, en: Rep } }
  chief: { title: { zh: 主管, en: Chief } }
fields:
  big: { type: boolean }
outcomes:
  won: { title: { zh: 赢单, en: Won } }
  lost: { title: { zh: 丢单, en: Lost }, from: any, reasons: [late] }
reopen: { within: 30 days, by: rep }
sla: { within: 30 days }
phases:
  sell:
    title: { zh: 销售, en: Sell }
    sla: { within: 6 days, breach: { raise: chief } }
    steps:
      quote:
        title: { zh: 报价, en: Quote }
        owner: rep
        sla: { within: 4 days }
        activities: { draft: { title: { zh: 起草, en: Draft }, by: rep, optional: true, may_supply: [big], sla: { within: 1 day, breach: { raise: chief } } } }
      agree:
        title: { zh: 商定, en: Agree }
        owner: rep
        sla: { within: 2 days }
        rework: { to: [quote] }
        approvals:
          price: { title: { zh: 价格, en: Price }, when: big, by: rep, sla: { within: 1 day, breach: { raise: chief } } }
  serve:
    title: { zh: 服务, en: Serve }
    order: any
    sla: { within: 10 days }
    steps:
      install: { title: { zh: 安装, en: Install }, owner: rep, sla: { within: 3 days } }
      train: { title: { zh: 培训, en: Train }, owner: rep, milestone: won }
`);

/** Days and hours after Monday 2 February 2026, 00:00 UTC. */
const at = (days: number, hours = 0) => new Date(Date.UTC(2026, 1, 2 + days, hours)).toISOString();

function begun(big = false) {
  const fields = { big };
  let { instance } = accepted(start(process, 1, command('start', { fields }, REP), environment(at(0))));
  return {
    get instance(): Instance {
      return instance;
    },
    clock: (id: string) => instance.clocks[id],
    do(now: string, type: string, input: Record<string, unknown> = {}, by: Actor = REP) {
      instance = accepted(decide(process, instance, command(type, input, by), environment(now))).instance;
    },
    refused(now: string, type: string, input: Record<string, unknown>, by: Actor) {
      const answer = decide(process, instance, command(type, input, by), environment(now));
      if (answer.ok) throw new Error(`${type} was accepted`);
      return [answer.code, failing(answer)];
    },
    /** What is due by then, one after the other. */
    tick(now: string): readonly string[] {
      const next = nextTimer(process, instance);
      if (next === null || next.due > now) return [];
      const order = { ...command(next.what, {}, ADMIN, next.due), internal: true as const };
      instance = accepted(decide(process, instance, order, environment(now))).instance;
      return [next.of, ...this.tick(now)];
    },
  };
}

const QUOTE = 'step/quote';
const AGREE = 'step/agree';
const SELL = 'phase/sell';

describe('recall', () => {
  test('of a move lets the clocks go on as if it had not been, and ends those that it began', () => {
    const it = begun();
    const before = it.instance.clocks;
    it.do(at(1), 'advance', { step: 'quote' });
    expect(it.clock(QUOTE)?.ended).toMatchObject({ at: at(1), how: 'done' });
    expect(it.clock(AGREE)).toMatchObject({ begun: at(1), due: at(3), ended: null });
    it.do(at(2), 'recall');
    const { [AGREE]: agree, ...others } = it.instance.clocks;
    expect(others).toEqual(before);
    expect(agree?.ended).toEqual({ at: at(2), recordedAt: at(2), how: 'left' });
    // Entered again, it is timed from then on.
    it.do(at(3), 'advance', { step: 'quote' });
    expect(it.clock(AGREE)).toMatchObject({ round: 1, begun: at(3), due: at(5), ended: null });
    expect(it.clock(AGREE)?.earlier).toEqual([{ round: 1, startedAt: at(1), due: at(3), endedAt: at(2), how: 'left' }]);
  });

  test('of a rework lets the round that it ended go on, with what it had used', () => {
    const it = begun();
    it.do(at(1), 'advance', { step: 'quote' });
    const agree = it.clock(AGREE);
    const ended = it.clock(QUOTE);
    it.do(at(2), 'rework', { to: 'quote', reason: 'again' });
    expect(it.clock(QUOTE)).toMatchObject({ round: 2, begun: at(2), due: at(6), ended: null });
    expect(it.clock(AGREE)?.ended).toMatchObject({ at: at(2) });
    it.do(at(2, 6), 'recall');
    expect(it.clock(AGREE)).toEqual(agree);
    expect(it.clock(QUOTE)).toMatchObject({ round: 2, ended: { at: at(2, 6), how: 'left' } });
    expect(it.clock(QUOTE)?.earlier).toMatchObject([{ round: 1, endedAt: ended?.ended?.at, how: 'done' }]);
    it.do(at(2, 8), 'rework', { to: 'quote', reason: 'again' });
    expect(it.clock(QUOTE)).toMatchObject({ round: 2, begun: at(2, 8), ended: null });
  });
});

describe('reopen', () => {
  test('goes on with what was left when it was closed: the time between is a pause', () => {
    const it = begun();
    it.tick(at(2));
    it.do(at(2), 'close', { outcome: 'lost', reason: 'late' });
    for (const id of ['process', SELL, QUOTE, 'activity/draft']) {
      expect(it.clock(id)?.ended).toEqual({ at: at(2), recordedAt: at(2), how: id === 'process' ? 'done' : 'closed' });
    }
    expect(nextTimer(process, it.instance)).toBeNull();
    it.do(at(9), 'reopen', { reason: 'they came back' });
    const pauses = [{ from: at(2), to: at(9), why: 'closed', reason: null }];
    expect(it.clock('process')).toMatchObject({ due: at(37), ended: null, pauses });
    expect(it.clock(SELL)).toMatchObject({ startedAt: at(0), due: at(13), ended: null, pauses });
    expect(it.clock(QUOTE)).toMatchObject({ round: 1, startedAt: at(0), due: at(11), ended: null, pauses });
    // What was told stays told, and who was raised may do it again.
    expect(it.clock('activity/draft')).toMatchObject({ marks: [{ firedAt: at(2) }], raised: ['chief'], ended: null });
    expect(nextTimer(process, it.instance)).toMatchObject({ due: at(11), of: `${QUOTE}/breach` });
  });
});

describe('a phase', () => {
  test('is timed from its first step to its last, whatever is gone back to within it', () => {
    const it = begun();
    it.do(at(1), 'advance', { step: 'quote' });
    expect(it.clock(SELL)).toMatchObject({ round: 1, startedAt: at(0), due: at(6), ended: null });
    it.do(at(2), 'rework', { to: 'quote', reason: 'again' });
    it.do(at(3), 'advance', { step: 'quote' });
    expect(it.clock(SELL)).toMatchObject({ round: 1, startedAt: at(0), due: at(6), ended: null });
    it.do(at(4), 'advance', { step: 'agree' });
    expect(it.clock(SELL)?.ended).toMatchObject({ at: at(4), how: 'done' });
  });

  test('whose steps wait to be begun is timed from when it was come to', () => {
    const it = begun();
    it.do(at(1), 'advance', { step: 'quote' });
    it.do(at(2), 'advance', { step: 'agree' });
    expect(it.instance.position).toEqual([]);
    expect(it.clock('phase/serve')).toMatchObject({ startedAt: at(2), due: at(12), ended: null });
    expect(it.clock('step/install')).toBeUndefined();
    it.do(at(5), 'enter', { step: 'install' });
    expect(it.clock('phase/serve')).toMatchObject({ startedAt: at(2), due: at(12) });
    expect(it.clock('step/install')).toMatchObject({ startedAt: at(5), due: at(8) });
    it.do(at(6), 'recall');
    expect(it.clock('phase/serve')).toMatchObject({ startedAt: at(2), due: at(12), ended: null });
    expect(it.clock('step/install')?.ended).toMatchObject({ at: at(6), how: 'left' });
  });
});

describe('a role that was raised', () => {
  test('to an activity may do it and nothing else, as long as it is open', () => {
    const it = begun();
    const draft = { activity: 'draft' };
    expect(it.refused(at(1), 'complete', draft, CHIEF)).toEqual(['role-required', ['role-held']]);
    expect(it.tick(at(1))).toEqual(['activity/draft/breach']);
    expect(it.refused(at(1), 'advance', { step: 'quote' }, CHIEF)).toEqual(['role-required', ['role-held']]);
    it.do(at(1, 1), 'complete', draft, CHIEF);
    expect(it.refused(at(1, 2), 'undo', draft, CHIEF)).toEqual(['role-required', ['role-held']]);
    it.do(at(1, 2), 'undo', draft);
    it.do(at(1, 2), 'complete', draft, CHIEF);
    it.do(at(1, 3), 'advance', { step: 'quote' });
    it.do(at(1, 4), 'rework', { to: 'quote', reason: 'again' }, ADMIN);
    // A new round is in time again.
    expect(it.refused(at(1, 5), 'complete', draft, CHIEF)).toEqual(['role-required', ['role-held']]);
  });

  test('to a phase may do all that is in it, also what is entered later', () => {
    const it = begun();
    expect(it.tick(at(6))).toEqual(['activity/draft/breach', `${QUOTE}/breach`, `${SELL}/breach`]);
    it.do(at(6), 'advance', { step: 'quote' }, CHIEF);
    it.do(at(7), 'advance', { step: 'agree' }, CHIEF);
    expect(it.refused(at(7), 'enter', { step: 'install' }, CHIEF)).toEqual(['role-required', ['role-held']]);
  });

  test('to an approval may take the turns that are open', () => {
    const it = begun(true);
    it.do(at(1), 'advance', { step: 'quote' });
    it.do(at(1), 'request-approval', { approval: 'price' });
    const price = { approval: 'price' };
    expect(it.clock('approval/price')).toMatchObject({ startedAt: at(1), due: at(2) });
    expect(it.refused(at(1, 1), 'approve', price, CHIEF)).toEqual(['role-required', ['approver']]);
    expect(it.tick(at(2, 1))).toContain('approval/price/breach');
    it.do(at(2, 1), 'approve', price, CHIEF);
    expect(it.clock('approval/price')).toMatchObject({ ended: { at: at(2, 1), how: 'done' }, raised: ['chief'] });
    expect(it.instance.approvals.price).toMatchObject({
      status: 'approved',
      turns: [{ role: 'rep', raised: ['chief'] }],
    });
  });

  test('is asked for anew when the approval is withdrawn and requested once more', () => {
    const it = begun(true);
    it.do(at(1), 'advance', { step: 'quote' });
    it.do(at(1), 'request-approval', { approval: 'price' });
    it.tick(at(2, 1));
    it.do(at(2, 2), 'withdraw', { approval: 'price', comment: 'a mistake' });
    expect(it.clock('approval/price')?.ended).toMatchObject({ at: at(2, 2), how: 'left' });
    it.do(at(3), 'request-approval', { approval: 'price' });
    expect(it.clock('approval/price')).toMatchObject({ round: 2, startedAt: at(3), due: at(4), raised: [] });
    expect(it.refused(at(3, 1), 'approve', { approval: 'price' }, CHIEF)).toEqual(['role-required', ['approver']]);
  });
});
