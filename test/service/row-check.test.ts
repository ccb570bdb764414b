import { describe, expect, it } from 'vitest';
import type { Database } from '../../src/store/database.ts';
import { ADMIN } from '../engine/process.ts';
import { databases, request, setup } from './setup.ts';

const ORDERED = `process: ordered
title: { zh: 订货, en: Ordered }
subject: order
key: order_no
roles:
  agent: { title: { zh: 专员, en: Agent } }
fields:
  order_no: { type: text, max_length: 40 }
  waybill:  { type: text, max_length: 40 }
outcomes:
  done: { title: { zh: 完成, en: Done } }
signals:
  shipped:   { title: { zh: 已发货, en: Shipped }, match: order_no, sets: [waybill] }
  delivered: { title: { zh: 已送达, en: Delivered }, match: waybill, sets: [waybill] }
phases:
  ship:
    title: { zh: 发货, en: Ship }
    steps:
      pack:
        title: { zh: 打包, en: Pack }
        owner: agent
        sla: { within: 10 days, warn: 50%, pause: any }
        activities:
          weigh: { title: { zh: 称重, en: Weigh }, optional: true, supplies: [order_no], may_supply: [waybill] }
      send: { title: { zh: 寄出, en: Send }, owner: agent, milestone: done }
`;

/** An order that is timed and found by two values, and one of which nothing waits any more. */
async function written(url: string | undefined) {
  const made = await setup(url);
  await made.service.publish(ORDERED, ADMIN);
  const begin = async (fields: Record<string, unknown>) =>
    (await made.service.start({ process: 'ordered', fields }, request())).instance.id;
  const open = await begin({ order_no: "A-'1\u2028", waybill: 'W-1' });
  const closed = await begin({ order_no: 'A-2' });
  for (const step of ['pack', 'send']) await made.service.send(closed, { type: 'advance', step }, request());
  return { ...made, open, closed };
}

type Tamper = (
  writer: Database['writer'],
  ids: { readonly open: string; readonly closed: string },
) => PromiseLike<unknown>;

const timer = 'its timer is not what the instance gives';
const found = (field: string) => `what signals find it by is not what the instance gives for the field ${field}`;
const again = async (writer: Database['writer'], table: string, from: string, change: object) => {
  const row = await writer(table).where({ instance: from }).first();
  await writer(table).insert({ ...row, ...change });
};

const tampers: readonly (readonly [what: string, why: string, Tamper])[] = [
  [
    'a timer put off',
    timer,
    (writer, { open }) => writer('timers').where({ instance: open }).update({ due: '2027-01-01T00:00:00.000Z' }),
  ],
  [
    'a timer of another kind',
    timer,
    (writer, { open }) => writer('timers').where({ instance: open }).update({ what: 'breach' }),
  ],
  [
    'a timer of another tenant',
    timer,
    (writer, { open }) => writer('timers').where({ instance: open }).update({ tenant: 'acme' }),
  ],
  ['a timer deleted', timer, (writer, { open }) => writer('timers').where({ instance: open }).delete()],
  [
    'a timer of what is closed',
    timer,
    async (writer, { open, closed }) => {
      const { bucket } = await writer('instances').where({ id: closed }).first();
      await again(writer, 'timers', open, { bucket, instance: closed });
    },
  ],
  [
    'a value changed',
    found('waybill'),
    (writer, { open }) => writer('correlations').where({ instance: open, field: 'waybill' }).update({ value: 'W-2' }),
  ],
  [
    'a value that lies elsewhere',
    found('waybill'),
    (writer, { open }) =>
      writer('correlations')
        .where({ instance: open, field: 'waybill' })
        .update({ bucket: writer.raw('(bucket + 1) % 64') }),
  ],
  [
    'a value of another process',
    found('order_no'),
    (writer, { open }) =>
      writer('correlations').where({ instance: open, field: 'order_no' }).update({ process: 'small' }),
  ],
  [
    'a value deleted',
    found('order_no'),
    (writer, { open }) => writer('correlations').where({ instance: open, field: 'order_no' }).delete(),
  ],
  [
    'a value of what is closed',
    found('order_no'),
    (writer, { open, closed }) => again(writer, 'correlations', open, { instance: closed }),
  ],
];

describe.each(databases)('verify on %s', (_name, fresh) => {
  it.each(tampers)('finds %s', async (what, why, tamper) => {
    const made = await written(await fresh());
    const { service, database } = made;
    const id = what.endsWith('closed') ? made.closed : made.open;
    expect(await service.verifyAll(null)).toMatchObject({ ok: true });
    await tamper(database.writer, made);
    const { ok, broken } = await service.verifyInstance(id, ADMIN);
    expect([ok, broken?.instance]).toEqual([false, id]);
    expect(broken?.why.en).toContain(why);
    expect(broken?.why.zh).toMatch(/\p{Script=Han}/u);
    expect((await service.verifyAll(null)).broken).toEqual(broken);
  });

  it('holds a timer that waits, stands still, is told and goes on', async () => {
    const { service, open, clock } = await written(await fresh());
    const holds = async () => expect(await service.verifyInstance(open, ADMIN)).toMatchObject({ ok: true });
    await service.send(open, { type: 'hold', reason: 'x' }, request());
    await holds();
    clock.move(86_400_000);
    await service.send(open, { type: 'resume' }, request());
    await holds();
    clock.move(6 * 86_400_000);
    expect(await service.fireTimers(10)).toMatchObject({ fired: 1, failed: [] });
    await holds();
    await service.send(open, { type: 'set', fields: { waybill: 'W-9' } }, request());
    await holds();
  });
});
