import { describe, expect, it } from 'vitest';
import type { Actor } from '../../src/engine/types.ts';
import type { Difference, ReplayInput } from '../../src/service/types.ts';
import { ADMIN, actor } from '../engine/process.ts';
import { databases, refusal, request, setup } from './setup.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const LOAN = `process: loan
title: { zh: 贷款, en: Loan }
subject: loan
key: number
roles:
  clerk: { title: { zh: 柜员, en: Clerk } }
  chief: { title: { zh: 主管, en: Chief } }
fields:
  number: { type: text }
  amount: { type: integer, min: 0 }
  score: { type: integer, min: 0, max: 100 }
  grade: { type: choice, of: [good, poor] }
  name: { type: text, personal: true }
tables:
  grading: { sets: grade, rules: [{ when: score >= 60, then: good }, { then: poor }] }
outcomes:
  paid: { title: { zh: 已放款, en: Paid } }
  dropped: { title: { zh: 放弃, en: Dropped }, from: any, reasons: [late, other] }
phases:
  work:
    title: { zh: 办理, en: Work }
    steps:
      apply:
        title: { zh: 申请, en: Apply }
        owner: clerk
        sla: { within: 2 days, breach: { raise: chief } }
        activities:
          form: { title: { zh: 表单, en: Form }, supplies: [amount], may_supply: [name, score] }
          call: { title: { zh: 致电, en: Call }, optional: true }
        exit:
          graded: grade == "good" || amount < 100
      check:
        title: { zh: 审核, en: Check }
        owner: chief
        activities:
          look: { title: { zh: 查看, en: Look } }
        approvals:
          big: { title: { zh: 大额, en: Big }, when: amount > 500, by: chief, exclude: [requester] }
      pay:
        title: { zh: 放款, en: Pay }
        activities:
          send: { title: { zh: 汇款, en: Send } }
        milestone: paid
`;
const CLERK = actor('carla', 'clerk');
const CHIEF = actor('cho', 'chief');
const OTHER = actor('cy', 'chief');

describe.each(databases)('replaying on %s', (_, url) => {
  async function loans() {
    const made = await setup(await url());
    const { service, clock } = made;
    await service.publish(LOAN, ADMIN);
    const send = async (id: string, type: string, input: object = {}, by: Actor = CLERK) => {
      clock.move(HOUR);
      await service.send(id, { type, ...input }, request(by)).catch(() => {});
    };
    const begin = async (number: string) => {
      clock.move(HOUR);
      return (await service.start({ process: 'loan', fields: { number } }, request(CLERK))).instance.id;
    };
    const form = (amount: number, more: object = {}) => ({ activity: 'form', with: { amount, ...more } });
    const replay = async (yaml: string, more: Partial<ReplayInput> = {}) => {
      const found: Difference[] = [];
      const input = { yaml, name: 'loan.yaml', calendars: [], since: '2026-01-01', until: null, most: null, ...more };
      const watch = { progress() {}, differs: (difference: Difference) => found.push(difference) };
      const result = await service.replay(input, watch, ADMIN);
      return {
        result,
        found,
        kinds: found.map((each) => `${each.kind} ${each.key} ${'seq' in each ? each.seq : each.clock}`),
      };
    };
    return { ...made, send, begin, form, replay };
  }

  it('goes on from what really happened behind each difference', async () => {
    const { send, begin, form, replay } = await loans();
    const id = await begin('L-1');
    await send(id, 'complete', form(600, { name: 'Li', score: 70 }));
    await send(id, 'advance');
    await send(id, 'complete', { activity: 'look' }, CHIEF);
    await send(id, 'advance', {}, CHIEF);
    await send(id, 'approve', { approval: 'big' }, OTHER);
    await send(id, 'advance', {}, CHIEF);
    await send(id, 'complete', { activity: 'send' }, CHIEF);
    await send(id, 'advance', {}, CHIEF);
    expect((await replay(LOAN)).found).toEqual([]);
    const both = LOAN.replace('score >= 60', 'score >= 80').replace('amount > 500', 'amount > 700');
    const { found, result, kinds } = await replay(both);
    // What was asked for really was, and its approval is judged as it then stood.
    expect(kinds).toEqual(['refused L-1 3', 'accepted L-1 5']);
    expect(found[0]).toMatchObject({ step: 'apply', findings: [{ id: 'graded', of: 'apply' }], actor: 'carla' });
    expect(found[1]).toMatchObject({ dropped: ['big'], added: [] });
    expect(result).toMatchObject({ instances: 1, commands: 9, same: 7, version: null });
    expect(result.approvals).toEqual([{ approval: 'big', added: 0, dropped: 1 }]);
  });

  it('begins in the middle of a history and ends before its end', async () => {
    const { send, begin, form, replay, clock } = await loans();
    const id = await begin('L-1');
    await send(id, 'complete', form(600, { name: 'Li', score: 70 }));
    clock.move(DAY);
    const since = clock.now();
    await send(id, 'advance');
    await send(id, 'complete', { activity: 'look' }, CHIEF);
    clock.move(DAY);
    const until = clock.now();
    await send(id, 'advance', {}, CHIEF);
    const stricter = LOAN.replace('score >= 60', 'score >= 80').replace('amount > 500', 'amount > 700');
    const { result, kinds } = await replay(stricter, { since, until });
    // What was derived before is what it was: the period begins with it.
    expect(kinds).toEqual([]);
    expect(result).toMatchObject({ instances: 1, commands: 2, same: 2 });
    expect((await replay(LOAN.replace('amount < 100', 'amount < 800'), { since, until })).found).toEqual([]);
    expect((await replay(LOAN.replace('grade == "good"', 'score > 90'), { since, until })).kinds).toEqual([
      'refused L-1 3',
    ]);
    expect((await replay(LOAN, { since: '2027-01-01' })).result).toMatchObject({ instances: 0, commands: 0 });
  });

  it('tells what is gone, what leads elsewhere and where an instance stands nowhere', async () => {
    const { send, begin, form, replay } = await loans();
    const id = await begin('L-1');
    await send(id, 'complete', { activity: 'call' });
    await send(id, 'complete', form(50));
    await send(id, 'advance');
    await send(id, 'complete', { activity: 'look' }, CHIEF);
    await send(id, 'advance', {}, CHIEF);
    const without = LOAN.replace(/ {10}call: .*\n/, '');
    expect((await replay(without)).found).toMatchObject([{ kind: 'gone', seq: 2, step: 'apply', command: 'complete' }]);
    const renamed = LOAN.replaceAll('check:', 'audit:');
    const { result, found } = await replay(renamed);
    expect(found).toMatchObject([{ kind: 'elsewhere', seq: 4, led: { from: 'check', to: 'audit' } }]);
    expect(result.incomparable).toMatchObject({ nowhere: 2 });
    const swapped = LOAN.replace(
      'owner: clerk\n',
      'owner: clerk\n        next: [{ when: amount < 60, to: pay }, { to: check }]\n',
    );
    expect((await replay(swapped)).found[0]).toMatchObject({ kind: 'elsewhere', led: { from: 'check', to: 'pay' } });
  });

  it('reckons SLAs as if the file had been there from the start of each, and keeps what was raised', async () => {
    const { service, send, begin, form, replay, clock } = await loans();
    const late = await begin('LATE');
    const soon = await begin('SOON');
    await send(soon, 'complete', form(50));
    await send(soon, 'advance');
    clock.move(3 * DAY);
    expect((await service.fireTimers(10)).failed).toEqual([]);
    // By the role that the breach has raised.
    await send(late, 'complete', form(50));
    await send(late, 'advance', {}, CHIEF);
    expect((await replay(LOAN)).found).toEqual([]);
    expect((await replay(LOAN.replace('within: 2 days', 'within: 4 days'))).kinds).toEqual(['saved LATE step/apply']);
    expect((await replay(LOAN.replace('within: 2 days', 'within: 1 hour'))).kinds).toEqual([
      'breached SOON step/apply',
    ]);
    const { kinds, result } = await replay(
      LOAN.replace('owner: chief\n', 'owner: chief\n        sla: { within: 1 day }\n'),
    );
    expect(kinds).toEqual(['breached SOON step/check']);
    expect(result.slas).toEqual([{ clock: 'step/check', breached: 1, saved: 0 }]);
    // Without the SLA there is none that has raised the role.
    const none = LOAN.replace(/ {8}sla: .*\n/, '');
    expect((await replay(none)).kinds).toEqual(['refused LATE 4', 'saved LATE step/apply']);
  });

  it('reads a history of any length part by part, and every personal value that was replaced since', async () => {
    const { send, begin, form, replay } = await loans();
    const id = await begin('LONG');
    for (let n = 0; n < 270; n += 1) {
      await send(id, 'complete', form(50 + n, n % 3 === 0 ? { name: `Name ${n}` } : { score: n % 100 }));
      await send(id, 'undo', { activity: 'form' });
    }
    await send(id, 'complete', form(700, { score: 10 }));
    await send(id, 'advance');
    expect((await replay(LOAN)).result).toMatchObject({ instances: 1, entries: 543, commands: 543, same: 543 });
    expect((await replay(LOAN.replace('amount < 100', 'amount < 800'))).kinds).toEqual(['accepted LONG 543']);
  }, 60_000);

  it('decides each part of a history by the version that it was of, and no going over from one to another', async () => {
    const { service, send, begin, form, replay, clock } = await loans();
    const id = await begin('L-1');
    await send(id, 'complete', form(50));
    clock.move(HOUR);
    const since = clock.now();
    const newer = LOAN.replace('amount > 500', 'amount > 300');
    await service.publish(newer, ADMIN);
    const choices = { moves: {}, instances: {}, only: null };
    const { plan } = await service.plan('loan', { of: { version: 2 }, ...choices }, ADMIN);
    clock.move(HOUR);
    expect(await service.applyPlan('loan', plan, { moved: 'refuse', cursor: null }, ADMIN)).toMatchObject({ done: 1 });
    await send(id, 'advance');
    await send(id, 'complete', { activity: 'look' }, CHIEF);
    for (const yaml of [LOAN, newer]) {
      expect((await replay(yaml)).found).toEqual([]);
      expect((await replay(yaml)).result).toMatchObject({ commands: 4, same: 4 });
      // The period may begin with it.
      expect((await replay(yaml, { since })).result).toMatchObject({ commands: 2, same: 2 });
    }
    expect((await replay(newer.replace('amount < 100', 'amount < 10'))).kinds).toEqual(['refused L-1 4']);
  });

  it('is for operators alone, and refuses more than it is asked to read', async () => {
    const { service, begin, replay } = await loans();
    await begin('L-1');
    const input = { yaml: LOAN, name: 'x', calendars: [], since: '2026-01-01', until: null, most: 0 };
    const watch = { progress() {}, differs() {} };
    expect((await refusal(service.replay(input, watch, CHIEF))).code).toBe('role-required');
    expect((await refusal(service.replay(input, watch, ADMIN))).extra).toEqual({ found: 1, most: 0 });
    expect((await refusal(replay(LOAN.replace('process: loan', 'process: lone')))).code).toBe('not-found');
    expect((await refusal(replay('process: loan'))).code).toBe('definition-invalid');
  });
});
