import { describe, expect, it, onTestFinished } from 'vitest';
import { newId } from '../../src/ids.ts';
import { createService, type Service } from '../../src/service/index.ts';
import { storeOn } from '../../src/store/open-store.ts';
import { ADMIN } from '../engine/process.ts';
import { databases, node, refusal, request, setup } from './setup.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const LEASE = `process: lease
title: { zh: 租赁, en: Lease }
subject: lease
roles:
  agent: { title: { zh: 专员, en: Agent } }
  chief: { title: { zh: 主管, en: Chief } }
outcomes:
  signed: { title: { zh: 已签, en: Signed } }
  lapsed: { title: { zh: 失效, en: Lapsed }, from: any, reasons: [late] }
hold: { reasons: [tenant] }
phases:
  offer:
    title: { zh: 报价, en: Offer }
    steps:
      draft:
        title: { zh: 起草, en: Draft }
        owner: agent
        sla:
          within: 10 days
          warn: [50%, 1 day]
          pause: tenant
          breach: { notify: chief }
          escalate:
            - { after: 1 day, raise: chief }
            - { after: 2 days, do: { type: close, outcome: lapsed, reason: late } }
      sign: { title: { zh: 签署, en: Sign }, owner: agent, milestone: signed, sla: { within: LONG } }
`;

const begin = async (service: Service) =>
  (await service.start({ process: 'lease', fields: {} }, request())).instance.id;

async function lease(url: string | undefined, long = '10 days') {
  const made = await setup(url);
  await made.service.publish(LEASE.replace('LONG', long), ADMIN);
  const { service, database, clock } = made;
  const run = async (on: Service = service) => {
    const fired = await on.fireTimers(100);
    expect(fired.failed).toEqual([]);
    return fired.fired;
  };
  return {
    ...made,
    run,
    rows: async () => await database.reader('timers').select('instance', 'due', 'what').orderBy('instance'),
    /** What time has done, with its due time and how late it was told. */
    told: async (id: string) => {
      const { entries } = await service.history(id, 0, 100, ADMIN);
      return entries.flatMap(({ type, at, command, actor, accepted }) => {
        const { mark, late, because } = Object(command);
        return mark === undefined && because === undefined
          ? []
          : [[type, mark ?? 'do', at, late ?? '', actor, accepted]];
      });
    },
    at: (days: number) => new Date(Date.parse('2026-02-13T09:30:00.000Z') + days * DAY).toISOString(),
    move: (days: number) => clock.move(days * DAY),
  };
}

describe.each(databases)('timers on %s', (name, fresh) => {
  it('warn, tell the breach and escalate, each once, as of its own time, and end with the instance', async () => {
    const { run, rows, told, at, move, service } = await lease(await fresh());
    const id = await begin(service);
    expect(await rows()).toEqual([{ instance: id, due: at(5), what: 'warn' }]);
    move(4.999);
    expect(await run()).toBe(0);
    move(0.001);
    expect([await run(), await run()]).toEqual([1, 0]);
    expect(await told(id)).toEqual([['warn', 'warn/1', at(5), 'PT0S', 'phasegate', true]]);
    expect(await rows()).toEqual([{ instance: id, due: at(9), what: 'warn' }]);
    // Nobody was there for a week: what was due is told in its order, and how late.
    move(6.5);
    expect([await run(), await run(), await run(), await run()]).toEqual([1, 1, 1, 0]);
    expect((await told(id)).slice(1)).toEqual([
      ['warn', 'warn/2', at(9), 'P2DT12H', 'phasegate', true],
      ['breach', 'breach', at(10), 'P1DT12H', 'phasegate', true],
      ['escalate', 'escalate/1', at(11), 'PT12H', 'phasegate', true],
    ]);
    expect(
      (await service.listWork({ role: 'chief', actor: null, process: 'lease', cursor: null, limit: 9 }, ADMIN)).work,
    ).toHaveLength(1);
    move(0.5);
    expect([await run(), await run()]).toEqual([1, 0]);
    const instance = await service.getInstance(id, ADMIN);
    expect([instance.status, instance.outcome]).toEqual(['closed', 'lapsed']);
    expect(await rows()).toEqual([]);
    expect(await service.verifyInstance(id, ADMIN)).toMatchObject({ ok: true });
  });

  it('are gone with what they time, stand still on hold, and go on with what was left', async () => {
    const { run, rows, at, move, service } = await lease(await fresh());
    const [done, held] = [await begin(service), await begin(service)];
    await service.send(done, { type: 'advance', step: 'draft' }, request());
    move(4);
    await service.send(held, { type: 'hold', reason: 'tenant' }, request());
    expect(await rows()).toEqual([{ instance: done, due: at(10), what: 'breach' }]);
    move(30);
    expect(await run()).toBe(1);
    await service.send(held, { type: 'resume' }, request());
    expect(await rows()).toEqual([{ instance: held, due: at(35), what: 'warn' }]);
    await service.send(held, { type: 'close', outcome: 'lapsed', reason: 'late' }, request());
    expect(await rows()).toEqual([]);
  });

  it('are lost by no restart, and done once by two servers at a time', async () => {
    const { run, told, move, service, database, clock, options } = await lease(await fresh());
    const ids = await Promise.all(Array.from({ length: 20 }, () => begin(service)));
    move(12.5);
    const second =
      name === 'PostgreSQL'
        ? await node(options)
        : { service: createService({ store: storeOn(database), clock, newId }), store: null };
    onTestFinished(async () => {
      await second.service.stop();
      await second.store?.close();
    });
    if ('clock' in second) second.clock.move(12.5 * DAY);
    for (let round = 0; round < 9; round += 1) await Promise.all([run(), run(second.service)]);
    for (const id of ids) {
      expect((await told(id)).map(([type, mark]) => [type, mark])).toEqual([
        ['warn', 'warn/1'],
        ['warn', 'warn/2'],
        ['breach', 'breach'],
        ['escalate', 'escalate/1'],
        ['escalate', 'escalate/2'],
        ['close', 'do'],
      ]);
    }
    expect(await service.verifyAll(null)).toMatchObject({ ok: true });
  });

  it('of an instance that cannot be run keep no other waiting', async () => {
    const { rows, move, service, database, told, at } = await lease(await fresh());
    const [broken, sound] = [await begin(service), await begin(service)];
    await database.writer('instances').where({ id: broken }).update({ version: 99 });
    const fresher = createService({ store: storeOn(database), clock: { now: () => at(6) }, newId });
    move(6);
    expect(await fresher.fireTimers(100)).toEqual({ fired: 1, isFull: false, failed: [] });
    expect(await told(sound)).toHaveLength(1);
    expect(await fresher.fireTimers(1)).toEqual({ fired: 0, isFull: false, failed: [] });
    expect(await rows()).toHaveLength(2);
    await fresher.stop();
  });

  it.each([
    ['a little', 4.9999],
    ['more than what clocks may differ', 4.5],
  ])('are due as soon as it is time when the clock went back by %s meanwhile', async (_what, back) => {
    const { rows, told, service, database, at } = await lease(await fresh());
    const id = await begin(service);
    // The timer is taken at one time and decided at another.
    const times = [at(5)];
    let then = at(back);
    const other = createService({ store: storeOn(database), clock: { now: () => times.pop() ?? then }, newId });
    expect(await other.fireTimers(100)).toEqual({ fired: 0, isFull: false, failed: [] });
    expect(await told(id)).toEqual([]);
    then = at(5);
    expect(await other.fireTimers(100)).toEqual({ fired: 1, isFull: false, failed: [] });
    expect(await told(id)).toEqual([['warn', 'warn/1', at(5), 'PT0S', 'phasegate', true]]);
    expect(await rows()).toEqual([{ instance: id, due: at(9), what: 'warn' }]);
    await other.stop();
  });

  it('of what an earlier program reckoned by older calendars are reckoned anew, and come when they are due', async () => {
    const { rows, told, service, database, at } = await lease(await fresh());
    const id = await begin(service);
    // As a program would have left it that did not know of all holidays.
    const { patch } = await database.reader('history').where({ instance: id }).first();
    const older = patch.replaceAll(at(5), at(3)).replace('"provisional":false', '"provisional":true');
    await database.writer('history').where({ instance: id }).update({ patch: older });
    await database
      .writer('timers')
      .where({ instance: id })
      .update({ due: at(3) });
    const times = { now: at(3) };
    const newer = createService({ store: storeOn(database), clock: { now: () => times.now }, newId });
    expect(await newer.fireTimers(100)).toEqual({ fired: 1, isFull: false, failed: [] });
    const { entries } = await newer.history(id, 1, 10, ADMIN);
    expect(entries.map(({ type, changes }) => [type, changes?.clocks?.['step/draft']?.marks[0]])).toEqual([
      ['reckon', { id: 'warn/1', due: at(5), firedAt: null, withdrawnAt: null }],
    ]);
    expect(await rows()).toEqual([{ instance: id, due: at(5), what: 'warn' }]);
    times.now = at(5);
    expect(await newer.fireTimers(100)).toMatchObject({ fired: 1 });
    expect((await told(id)).at(-1)).toEqual(['warn', 'warn/1', at(5), 'PT0S', 'phasegate', true]);
    await newer.stop();
  });

  it.each([
    ['25 days', 25],
    ['400 days', 400],
    ['120 months', 3652],
  ])('fire after %s, and not before', async (long, days) => {
    const { rows, run, told, move, service, at } = await lease(await fresh(), long);
    const id = await begin(service);
    await service.send(id, { type: 'advance', step: 'draft' }, request());
    expect(await rows()).toEqual([{ instance: id, due: at(days), what: 'breach' }]);
    move(days - 0.001);
    expect(await run()).toBe(0);
    move(0.001);
    expect(await run()).toBe(1);
    expect(await told(id)).toEqual([['breach', 'breach', at(days), 'PT0S', 'phasegate', true]]);
  });
});

it('nobody sends from outside what time does', async () => {
  const { service, move } = await lease(undefined);
  const id = await begin(service);
  move(6);
  expect((await refusal(service.send(id, { type: 'warn' }, request()))).code).toBe('unknown-event');
});
