import { describe, expect, it } from 'vitest';
import { ADMIN, actor } from '../engine/process.ts';
import { messaging } from './messaging.ts';
import { type Behaviour, receiver } from './receiver.ts';
import { databases, refusal, request } from './setup.ts';

const MINUTE = 60_000;

/** A credit check that a service does, beside which somebody writes an offer. */
const LOAN = `
process: loan
title: { zh: 贷款, en: Loan }
subject: loan
roles: { rep: { title: { zh: 代表, en: Rep } }, clerk: { title: { zh: 职员, en: Clerk } } }
fields:
  sum: { type: integer, title: { zh: 金额, en: Sum } }
  score: { type: integer, min: 0, max: 100, title: { zh: 评分, en: Score } }
  name: { type: text, personal: true, title: { zh: 姓名, en: Name } }
outcomes: { granted: { title: { zh: 已批准, en: Granted } } }
phases:
  all:
    title: { zh: 全部, en: All }
    steps:
      ask:
        title: { zh: 申请, en: Ask }
        owner: rep
        rework: { to: [ask] }
        activities:
          form: { title: { zh: 表单, en: Form }, supplies: [sum], may_supply: [name] }
      rate:
        title: { zh: 评级, en: Rate }
        owner: rep
        rework: { to: [ask] }
        activities:
          credit:
            title: { zh: 信用查询, en: Credit check }
            by: [clerk]
            supplies: [score]
            call: { service: credit, sends: [sum], timeout: 10 minutes, tries: 3, wait: 2 minutes }
          offer: { title: { zh: 报价, en: Offer }, by: [rep] }
        milestone: granted
`.replace('        rework: { to: [ask] }\n        activities:\n          form', '        activities:\n          form');

const REP = actor('rita', 'rep');
const CLERK = actor('carl', 'clerk');

async function lending(database: string | undefined, behave?: Behaviour) {
  const made = await messaging(database);
  const { url, received } = await receiver(behave);
  await made.service.publish(LOAN, ADMIN);
  const { secret } = await made.service.subscribe({ url, services: ['credit'] }, ADMIN);
  const { service, clock } = made;
  const id = (await service.start({ process: 'loan', fields: { name: 'Otto Private' } }, request())).instance.id;
  const send = (type: string, members: object = {}, as = ADMIN) => service.send(id, { type, ...members }, request(as));
  const pass = async (minutes: number) => {
    clock.move(minutes * MINUTE);
    while ((await service.fireTimers(100)).fired > 0);
    await made.deliver();
  };
  /** As far as the service's part. */
  const ask = async () => {
    await send('complete', { activity: 'form', with: { sum: 500 } });
    await send('advance', { step: 'ask' });
    await made.deliver();
  };
  const record = async () => (await service.getInstance(id, ADMIN)).records.calls.credit;
  const callback = (n = -1) => received.at(n)?.body.data.call.callback.replace('/v1/callbacks/', '') ?? '';
  const answer = (body: object, token = callback()) => service.answerCallback(token, { ...body }, 'req-9');
  const work = async (as = CLERK) =>
    (await service.listWork({ role: null, actor: null, process: null, cursor: null, limit: 10 }, as)).work.map(
      ({ activities }) => activities.map((one) => one.id),
    );
  const incidents = async (as = ADMIN) =>
    (await service.listIncidents({ process: null, cursor: null, limit: 10 }, as)).incidents;
  return { ...made, id, url, received, secret, send, pass, ask, record, callback, answer, work, incidents };
}

describe.each(databases)('activities done by a service, on %s', (_, database) => {
  it('are asked for as their step opens, answered by the callback, and nobody is waited for meanwhile', async () => {
    const it = await lending(await database());
    await it.deliver();
    expect(it.received).toEqual([]);
    await it.ask();
    expect(it.received.map(({ body }) => [body.type, body.data.actor])).toEqual([
      ['phasegate.call.requested', 'phasegate'],
    ]);
    expect(it.received[0]?.body.data.call).toEqual({
      service: 'credit',
      activity: 'credit',
      round: 1,
      attempt: 1,
      sent: { sum: 500 },
      due: '2026-02-13T09:40:00.000Z',
      callback: expect.stringMatching(/^\/v1\/callbacks\/[\w-]+\.[\w-]{43}$/),
    });
    expect(it.received[0]?.text).not.toContain('Otto');
    expect(await it.work()).toEqual([]);
    expect(await it.work(REP)).toEqual([['offer']]);
    expect((await refusal(it.send('advance', { step: 'rate' }))).code).toBe('gate-shut');

    expect(await it.answer({ with: { score: 71 } })).toMatchObject({ accepted: true });
    expect(await it.record()).toMatchObject({ status: 'done', attempt: 1, due: null });
    const shown = await it.service.getInstance(it.id, ADMIN);
    expect([shown.fields.score, shown.activities.credit]).toEqual([71, 'done']);
    const { entries } = await it.service.history(it.id, 0, 50, ADMIN);
    const taken = entries.filter(({ accepted }) => accepted);
    expect(taken.slice(-2).map(({ type, actor: by, command }) => [type, by, command])).toEqual([
      ['request-call', 'phasegate', { activity: 'credit', because: 3 }],
      ['answer-call', 'service:credit', { activity: 'credit', with: { score: 71 } }],
    ]);
    // A second answer is no news, and does no harm.
    expect((await refusal(it.answer({ with: { score: 1 } }))).code).toBe('gone');
    expect((await it.service.getInstance(it.id, ADMIN)).fields.score).toBe(71);
    await it.pass(60);
    expect(it.received).toHaveLength(1);
    expect(await it.service.verifyAll(null)).toMatchObject({ ok: true });
  });

  it('are asked for again after a failure or no answer, and are an incident in the end, which people see to', async () => {
    const it = await lending(await database());
    await it.ask();
    await it.answer({ failed: 'The register is closed' });
    expect(await it.record()).toMatchObject({ status: 'waiting', attempt: 1, due: '2026-02-13T09:32:00.000Z' });
    await it.pass(1);
    expect(it.received).toHaveLength(1);
    await it.pass(1);
    expect(it.received.map(({ body }) => body.data.call.attempt)).toEqual([1, 2]);
    // A late failure of the first try says nothing of the second.
    expect((await refusal(it.answer({ failed: 'late' }, it.callback(0)))).code).toBe('gone');
    await it.pass(10);
    expect(await it.record()).toMatchObject({ status: 'waiting', attempt: 2, due: '2026-02-13T09:46:00.000Z' });
    await it.pass(4);
    expect(await it.incidents()).toEqual([]);
    await it.pass(10);
    expect(await it.record()).toMatchObject({
      status: 'failed',
      attempt: 3,
      due: null,
      failures: [
        { attempt: 1, why: 'The register is closed' },
        { attempt: 2, why: 'timeout' },
        { attempt: 3, why: 'timeout' },
      ],
    });
    expect(await it.incidents()).toMatchObject([
      {
        instance: { id: it.id },
        step: 'rate',
        calls: [{ activity: 'credit', service: 'credit', attempt: 3 }],
        children: [],
      },
    ]);
    expect(await it.incidents(actor('otto', 'other'))).toEqual([]);
    // Now it is somebody's work.
    expect(await it.work()).toEqual([['credit']]);
    expect(await it.service.verifyAll(null)).toMatchObject({ ok: true });

    // Replace what is sent, then ask again.
    expect((await refusal(it.send('retry-call', { activity: 'credit', reason: 'x' }, actor('x', 'other')))).code).toBe(
      'role-required',
    );
    await it.send('set', { fields: { sum: 400 } });
    await it.send('retry-call', { activity: 'credit', reason: 'The register is open again' }, REP);
    await it.deliver();
    expect(it.received.at(-1)?.body.data.call).toMatchObject({ attempt: 1, sent: { sum: 400 } });
    expect([await it.incidents(), await it.work()]).toEqual([[], []]);
    await it.answer({ with: { score: 50 } });
    expect(await it.record()).toMatchObject({ status: 'done' });
  });

  it('may be done by people at any time, and an answer that comes late is too late', async () => {
    const it = await lending(await database());
    await it.ask();
    await it.send('complete', { activity: 'credit', with: { score: 60 } }, CLERK);
    expect(await it.record()).toMatchObject({ status: 'done' });
    expect((await refusal(it.answer({ with: { score: 1 } }))).code).toBe('gone');
    await it.pass(60);
    expect(it.received).toHaveLength(1);
  });

  it('are asked for anew in a further round, and dropped with a step that is left', async () => {
    const it = await lending(await database());
    await it.ask();
    await it.send('rework', { step: 'rate', to: 'ask', reason: 'another sum' });
    expect(await it.record()).toMatchObject({ status: 'dropped' });
    expect((await refusal(it.answer({ with: { score: 1 } }))).code).toBe('gone');
    await it.send('complete', { activity: 'form', with: { sum: 900 } });
    await it.send('advance', { step: 'ask' });
    await it.deliver();
    expect(it.received.map(({ body }) => [body.data.call.round, body.data.call.sent.sum])).toEqual([
      [1, 500],
      [2, 900],
    ]);
    // The answer of the first round is not one of the second.
    expect((await refusal(it.answer({ with: { score: 1 } }, it.callback(0)))).code).toBe('gone');
    await it.answer({ with: { score: 2 } });
    expect(await it.record()).toMatchObject({ status: 'done', round: 2 });
  });

  it('stand still on hold', async () => {
    const it = await lending(await database());
    await it.ask();
    await it.send('hold', { reason: 'holiday' });
    expect((await refusal(it.answer({ with: { score: 1 } }))).code).toBe('not-allowed-now');
    await it.pass(60);
    expect(await it.record()).toMatchObject({ status: 'requested', attempt: 1 });
    await it.send('resume');
    await it.pass(0);
    expect(await it.record()).toMatchObject({ status: 'waiting', attempt: 1, failures: [{ why: 'timeout' }] });
  });

  it('of an answer that does not fit are told what is wrong, and go on', async () => {
    const it = await lending(await database());
    await it.ask();
    const wrong = await refusal(it.answer({ with: { score: 'high' } }));
    expect([wrong.code, wrong.extra.errors]).toMatchObject(['invalid-input', [{ pointer: '/with/score' }]]);
    for (const more of [{ scor: 5 }, { activity: 'offer' }])
      expect((await refusal(it.answer({ with: { score: 5 }, ...more }))).code).toBe('invalid-input');
    await it.answer({ with: { score: 5 } });
  });

  it('are answered by nobody who was not asked', async () => {
    const it = await lending(await database());
    await it.ask();
    const token = it.callback();
    const [payload = '', signature = ''] = token.split('.');
    const claim = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const forged = (change: (parts: unknown[]) => void) => {
      const parts = [...claim];
      change(parts);
      return `${Buffer.from(JSON.stringify(parts)).toString('base64url')}.${signature}`;
    };
    const other = await it.service.subscribe({ url: it.url, services: ['other'] }, ADMIN);
    for (const bad of [
      '',
      'x',
      `${payload}.`,
      `${payload}.${'A'.repeat(43)}`,
      forged((parts) => (parts[1] = '019c5a3e-7f00-7c1e-9a51-5f3ad1f2b6c4')),
      forged((parts) => (parts[2] = 'offer')),
      forged((parts) => (parts[5] = '2999-01-01T00:00:00.000Z')),
      forged((parts) => (parts[0] = other.id)),
      'e30.'.padEnd(47, 'A'),
    ])
      expect((await refusal(it.answer({ with: { score: 1 } }, bad))).code).toBe('not-found');
    expect(await it.record()).toMatchObject({ status: 'requested' });
    // A month is enough.
    it.clock.move(32 * 24 * 60 * MINUTE);
    expect((await refusal(it.answer({ with: { score: 1 } }))).code).toBe('gone');
  });

  it('go to the subscribers of their service alone; who hears of everything may not answer', async () => {
    const it = await lending(await database());
    const all = await receiver();
    const other = await receiver();
    await it.service.subscribe(
      { url: all.url, types: ['phasegate.call.requested', 'phasegate.incident.opened'] },
      ADMIN,
    );
    await it.service.subscribe({ url: other.url, services: ['other'] }, ADMIN);
    await it.ask();
    expect(all.received.map(({ body }) => [body.type, 'callback' in body.data.call])).toEqual([
      ['phasegate.call.requested', false],
    ]);
    expect(other.received).toEqual([]);
    for (let n = 0; n < 8; n++) await it.pass(10);
    expect(all.received.map(({ body }) => body.type)).toEqual([
      'phasegate.call.requested',
      'phasegate.call.requested',
      'phasegate.call.requested',
      'phasegate.incident.opened',
    ]);
    expect(it.received).toHaveLength(3);
  });
});
