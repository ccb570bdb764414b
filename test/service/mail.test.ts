import { describe, expect, it } from 'vitest';
import { createMail } from '../../src/delivery/index.ts';
import { mailServer, readHeader } from '../delivery/mail-server.ts';
import { ADMIN } from '../engine/process.ts';
import { messaging } from './messaging.ts';
import { receiver } from './receiver.ts';
import { databases, refusal, request } from './setup.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const MEI = 'mailto:mei@example.com';

/** Who lets for rent has two working days for an answer, then mei and the boss hear of it. */
const LEASE = `
process: lease
title: { zh: 租赁, en: Lease }
subject: flat
key: flat
calendar: china
roles: { rep: { title: { zh: 代表, en: Rep } }, boss: { title: { zh: 主管, en: Boss } } }
fields:
  flat: { type: text, title: { zh: 房号, en: Flat } }
  tenant: { type: text, personal: true, title: { zh: 租客, en: Tenant } }
outcomes: { let: { title: { zh: 已出租, en: Let } } }
phases:
  all:
    title: { zh: 全部, en: All }
    steps:
      answer:
        title: { zh: 答复租客, en: Answer the tenant }
        owner: rep
        sla: { within: 2 working days, warn: 50%, breach: { notify: [boss, { actor: mei }] } }
        activities: { call: { title: { zh: 致电, en: Call }, may_supply: [flat, tenant] } }
        milestone: let
`;

async function leasing(server: { readonly url: string }, url?: string) {
  const mail = createMail({ server: server.url, from: 'phasegate@corp.example', silentMs: 1_000, totalMs: 300 });
  const made = await messaging(url, {}, mail);
  await made.service.publish(LEASE, ADMIN);
  const start = async (key: string) =>
    (await made.service.start({ process: 'lease', key, fields: { tenant: 'Otto Private' } }, request())).instance.id;
  const pass = async (ms: number) => {
    made.clock.move(ms);
    while ((await made.service.fireTimers(100)).fired > 0);
    await made.deliver();
  };
  return { ...made, start, pass };
}

describe.each(databases)('letters on %s', (_, database) => {
  it('tell of a warning and of what is late, in both languages, without what is private', async () => {
    const server = await mailServer();
    const { service, start, pass } = await leasing(server, await database());
    await service.subscribe({ url: MEI, types: ['phasegate.sla.warned', 'phasegate.sla.breached'] }, ADMIN);
    const id = await start('A-7');
    await service.send(id, { type: 'note', text: 'a remark' }, request());
    // Friday 17:30: half of it is over on Saturday, which is made up for, and all of it on the 24th.
    await pass(DAY);
    await pass(11 * DAY);
    expect(server.letters.map(({ headers }) => readHeader(headers.subject ?? ''))).toEqual([
      '租赁，A-7，答复租客：时限将到 / Lease, A-7, Answer the tenant: is due soon',
      '租赁，A-7，答复租客：已逾期 / Lease, A-7, Answer the tenant: is late',
    ]);
    expect(server.letters[1]?.text.trimEnd().split('\n')).toEqual([
      '流程：租赁',
      '实例：A-7',
      '事项：答复租客',
      '事件：已逾期',
      '到期：2026-02-24 17:30 (Asia/Shanghai)',
      '已晚：P1D',
      '时间：2026-02-24 17:30 (Asia/Shanghai)',
      `查看：npx phasegate show ${id}，或 GET /v1/instances/${id}`,
      '',
      'Process: Lease',
      'Instance: A-7',
      'What: Answer the tenant',
      'Event: is late',
      'Due: 2026-02-24 17:30 (Asia/Shanghai)',
      'Late by: P1D',
      'At: 2026-02-24 17:30 (Asia/Shanghai)',
      `See: npx phasegate show ${id}, or GET /v1/instances/${id}`,
    ]);
    expect(JSON.stringify(server.letters)).not.toMatch(/Otto|remark/);
  });

  it('go to whom they are for alone, in the language asked for', async () => {
    const server = await mailServer();
    const { service, start, pass } = await leasing(server, await database());
    const { url, received } = await receiver();
    await service.subscribe({ url: MEI, for: { actor: 'mei' }, language: 'zh' }, ADMIN);
    await service.subscribe({ url: 'mailto:boss@example.com', for: { role: 'boss' }, language: 'en' }, ADMIN);
    await service.subscribe({ url: 'mailto:rep@example.com', for: { role: 'rep' } }, ADMIN);
    // Webhooks may be for somebody too.
    await service.subscribe({ url, for: { role: 'boss' } }, ADMIN);
    await start('A-7');
    await pass(DAY);
    expect(server.letters.map(({ to }) => to)).toEqual([['rep@example.com']]);
    await pass(11 * DAY);
    const last = server.letters.slice(1).map(({ to, headers }) => [to[0], readHeader(headers.subject ?? '')]);
    expect(last.sort()).toEqual([
      ['boss@example.com', 'Lease, A-7, Answer the tenant: is late'],
      ['mei@example.com', '租赁，A-7，答复租客：已逾期'],
      ['rep@example.com', '租赁，A-7，答复租客：已逾期 / Lease, A-7, Answer the tenant: is late'],
    ]);
    expect(received.map(({ body }) => body.type)).toEqual(['phasegate.sla.breached']);
  });

  it('are tried again when the server asks for it, with the same id, and never when it refuses for good', async () => {
    const server = await mailServer((to, nth) =>
      to.startsWith('nobody') ? { code: 550 } : nth === 0 ? { code: 451 } : null,
    );
    const { service, begin, deliver, clock } = await leasing(server, await database());
    const { id: subscription } = await service.subscribe({ url: MEI }, ADMIN);
    const id = await begin();
    await deliver();
    expect(server.letters).toEqual([]);
    clock.move(2 * MINUTE);
    await deliver();
    expect(server.letters.map(({ headers }) => headers['message-id'])).toEqual([
      `<${id}-1.${subscription}@corp.example>`,
    ]);

    const { id: other } = await service.subscribe({ url: 'mailto:nobody@example.com' }, ADMIN);
    await service.unsubscribe(subscription, ADMIN);
    await service.send(id, { type: 'note', text: 'x' }, request());
    await deliver();
    const { messages } = await service.deadLetters(other, null, 10, ADMIN);
    expect(messages).toMatchObject([{ id: `${id}-2`, why: 'SMTP 550', attempts: 1 }]);
    // Others of the same address are tried: it may be that one letter that is refused.
    expect((await service.getSubscription(other, ADMIN)).state).toBe('active');
  });

  it('of a server that hangs keep no webhook waiting', async () => {
    const server = await mailServer(() => 'hang');
    const { service, begin, deliver, failures } = await leasing(server, await database());
    const { url, received } = await receiver();
    await service.subscribe({ url: MEI }, ADMIN);
    await service.subscribe({ url }, ADMIN);
    for (let n = 0; n < 3; n++) await begin();
    const delivering = deliver();
    await expect.poll(() => received.length).toBe(3);
    await delivering;
    expect([server.letters, failures]).toEqual([[], []]);
  });
});

it.each([
  [{ url: 'mailto:mei' }, '/url'],
  [{ url: MEI, language: 'fr' }, '/language'],
  [{ url: 'https://example.com/', language: 'zh' }, '/language'],
  [{ url: MEI, for: { role: 'boss', actor: 'mei' } }, '/for'],
  [{ url: MEI, for: { role: 'The boss' } }, '/for'],
  [{ url: MEI, for: 'boss' }, '/for'],
])('a subscription of %j is wrong at %s', async (members, pointer) => {
  const { service } = await leasing({ url: 'smtp://127.0.0.1:9' });
  const { code, extra } = await refusal(service.subscribe(members, ADMIN));
  expect([code, extra.errors]).toEqual(['invalid-input', [{ pointer, message: expect.anything() }]]);
});

it('without a mail server a subscription of letters says what to set', async () => {
  const { service } = await messaging(undefined);
  const { detail } = await refusal(service.subscribe({ url: MEI }, ADMIN));
  expect(detail.en).toContain('set PHASEGATE_SMTP_URL and PHASEGATE_MAIL_FROM');
});
