import { describe, expect, it, onTestFinished } from 'vitest';
import { newId } from '../../src/ids.ts';
import { createService, type Service } from '../../src/service/index.ts';
import { storeOn } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/types.ts';
import { shippedCalendars } from '../calendar/shipped.ts';
import { ADMIN, actor } from '../engine/process.ts';
import { anyInstance, databases, node, request, setup } from './setup.ts';

/** Daily figures, by their schedule. */
const daily = (schedule: string) => `
process: figures
title: { zh: 数据, en: Figures }
subject: day
calendar: china
schedule: { ${schedule} }
roles: { rep: { title: { zh: 代表, en: Rep } } }
fields: { day: { type: date, title: { zh: 日期, en: Day } }, sum: { type: integer, title: { zh: 合计, en: Sum } } }
outcomes: { done: { title: { zh: 已完成, en: Done } } }
phases:
  all:
    title: { zh: 全部, en: All }
    steps:
      record:
        title: { zh: 记录, en: Record }
        owner: rep
        activities: { record: { title: { zh: 记录, en: Record }, supplies: [sum], may_supply: [day] } }
        milestone: done
`;
const EVENING = 'cron: "0 18 * * *", roll: skip, sets: day';

const HOUR = 3_600_000;

// The clock begins on Friday 13 February 2026, 17:30 in Shanghai: Saturday is made up for, the festival ends on the 23rd.
describe.each(databases)('schedules on %s', (name, url) => {
  async function scheduled(words = EVENING) {
    const made = await setup(await url());
    await made.service.publish(daily(words), ADMIN);
    return made;
  }

  const run = async (service: Service) => {
    for (let n = 0; n < 100; n++) {
      const { isFull, failed } = await service.runSchedules();
      expect(failed).toEqual([]);
      if (!isFull) return;
    }
  };

  async function started(service: Service) {
    const { instances } = await service.listInstances({ ...anyInstance, process: 'figures' }, ADMIN);
    return instances.map(({ startedAt }) => startedAt).sort();
  }

  const view = async (service: Service) =>
    (await service.listSchedules(ADMIN)).find(({ process }) => process === 'figures');

  it('start a process at each of its times, tell the day, and say how late', async () => {
    const { service, clock } = await scheduled();
    await run(service);
    expect(await started(service)).toEqual([]);
    expect(await view(service)).toMatchObject({
      zone: 'Asia/Shanghai',
      calendar: 'china',
      next: [
        '2026-02-13T10:00:00.000Z',
        '2026-02-14T10:00:00.000Z',
        '2026-02-24T10:00:00.000Z',
        '2026-02-25T10:00:00.000Z',
        '2026-02-26T10:00:00.000Z',
      ],
      started: null,
      refused: null,
      skipped: null,
    });
    clock.move(HOUR / 2 + 2_000);
    await run(service);
    await run(service);
    expect(await started(service)).toEqual(['2026-02-13T10:00:00.000Z']);
    const last = (await view(service))?.started;
    const found = await service.getInstance(last?.instance ?? '', ADMIN);
    expect(found).toMatchObject({ fields: { day: '2026-02-13' }, startedBy: 'phasegate', owner: null });
    const { entries } = await service.history(last?.instance ?? '', 0, 10, ADMIN);
    expect(entries).toMatchObject([
      {
        type: 'start',
        actor: 'phasegate',
        at: '2026-02-13T10:00:00.000Z',
        recordedAt: '2026-02-13T10:00:02.000Z',
        command: { fields: { day: '2026-02-13' }, tick: '2026-02-13T10:00:00.000Z', late: 'PT2S' },
      },
    ]);
    expect(await service.verifyAll(null)).toMatchObject({ ok: true });
  });

  it('start nothing while what they started before is open, unless that is allowed', async () => {
    const { service, clock } = await scheduled();
    clock.move(HOUR);
    await run(service);
    clock.move(24 * HOUR);
    await run(service);
    expect(await started(service)).toEqual(['2026-02-13T10:00:00.000Z']);
    const { started: first, skipped } = (await view(service)) ?? {};
    expect(skipped).toMatchObject({ tick: '2026-02-14T10:00:00.000Z', why: 'overlap' });
    await service.send(first?.instance ?? '', { type: 'complete', activity: 'record', with: { sum: 1 } }, request());
    await service.send(first?.instance ?? '', { type: 'advance', step: 'record' }, request());
    clock.move(10 * 24 * HOUR);
    await run(service);
    expect(await started(service)).toEqual(['2026-02-13T10:00:00.000Z', '2026-02-24T10:00:00.000Z']);

    await service.publish(daily(`${EVENING}, overlap: allow`), ADMIN);
    clock.move(24 * HOUR);
    await run(service);
    expect(await started(service)).toHaveLength(3);
  });

  it.each([
    ['once', ['2026-02-27T10:00:00.000Z'], '2026-02-26T10:00:00.000Z'],
    [
      'all',
      [
        '2026-02-13T10:00:00.000Z',
        '2026-02-14T10:00:00.000Z',
        '2026-02-24T10:00:00.000Z',
        '2026-02-25T10:00:00.000Z',
        '2026-02-26T10:00:00.000Z',
        '2026-02-27T10:00:00.000Z',
      ],
      null,
    ],
    ['skip', [], '2026-02-27T10:00:00.000Z'],
  ])('after two weeks without a server start what was missed: %s', async (missed, ticks, skipped) => {
    const { service, clock } = await scheduled(`${EVENING}, overlap: allow, missed: ${missed}`);
    clock.move(14.5 * 24 * HOUR);
    await run(service);
    expect(await started(service)).toEqual(ticks);
    const told = await view(service);
    expect(told?.skipped ?? null).toEqual(
      skipped === null ? null : { tick: skipped, at: '2026-02-27T21:30:00.000Z', why: 'missed' },
    );
    // The next one is started whatever the policy.
    clock.move(12.51 * HOUR);
    await run(service);
    expect(await started(service)).toHaveLength(ticks.length + 1);
  });

  it('make up for a month, in batches', async () => {
    const { service, clock } = await scheduled('cron: "0 */2 * * *", missed: all, overlap: allow');
    clock.move(40 * 24 * HOUR);
    await run(service);
    const ticks: string[] = [];
    for (let cursor: string | null = null; ; ) {
      const page = await service.listInstances({ ...anyInstance, process: 'figures', limit: 200, cursor }, ADMIN);
      ticks.push(...page.instances.map(({ startedAt }) => startedAt));
      cursor = page.next;
      if (cursor === null) break;
    }
    expect(new Set(ticks).size).toBe(31 * 12);
    expect(ticks).toHaveLength(31 * 12);
    expect((await view(service))?.skipped?.why).toBe('missed');
  });

  it('start each time once, though two servers look at once', async () => {
    const { service, clock, database, options } = await scheduled('cron: "*/10 * * * *", missed: all, overlap: allow');
    const other: { readonly service: Service; readonly store: Store | null; move(ms: number): void } =
      name === 'PostgreSQL'
        ? await node(options).then(({ clock: second, ...rest }) => ({ ...rest, move: second.move }))
        : { service: createService({ store: storeOn(database), clock, newId }), store: null, move: () => {} };
    onTestFinished(async () => {
      await other.service.stop();
      await other.store?.close();
    });
    await service.runSchedules();
    for (let n = 0; n < 6; n++) {
      clock.move(11 * 60_000);
      other.move(11 * 60_000);
      for (let round = 0; round < 3; round++) await Promise.all([service.runSchedules(), other.service.runSchedules()]);
    }
    const ticks = await started(service);
    expect(ticks).toHaveLength(6);
    expect(new Set(ticks).size).toBe(6);
    expect(await service.verifyAll(null)).toMatchObject({ ok: true });
  });

  it('start nothing twice when a server dies before it could note what it started', async () => {
    const { service, clock, store } = await scheduled(`${EVENING}, overlap: allow`);
    const dying = createService({
      store: {
        ...store,
        advanceSchedule: async () => {
          throw new Error('the power is gone');
        },
      },
      clock,
      newId,
      calendars: shippedCalendars,
    });
    clock.move(HOUR);
    expect((await dying.runSchedules()).failed).toMatchObject([{ message: 'the power is gone' }]);
    await dying.stop();
    expect(await started(service)).toHaveLength(1);
    await run(service);
    expect(await started(service)).toHaveLength(1);
    expect((await view(service))?.started?.tick).toBe('2026-02-13T10:00:00.000Z');
  });

  it('keep what was refused, and keep no other waiting', async () => {
    const { service, clock } = await scheduled();
    const shut = daily(EVENING)
      .replace('process: figures', 'process: shut')
      .replace('    steps:', `    entry: { later: 'day >= timestamp("2027-01-01T00:00:00Z")' }\n    steps:`);
    expect(await service.publish(shut, ADMIN)).toMatchObject({ problems: [] });
    clock.move(HOUR);
    await run(service);
    await run(service);
    expect(await started(service)).toHaveLength(1);
    const refused = (await service.listSchedules(ADMIN)).find(({ process }) => process === 'shut');
    expect(refused).toMatchObject({
      started: null,
      refused: { tick: '2026-02-13T10:00:00.000Z', at: '2026-02-13T10:30:00.000Z', code: 'gate-shut' },
    });
  });

  it('go on over an edit of anything else, begin anew with another time, and end with the word', async () => {
    const { service, clock } = await scheduled();
    await run(service);
    clock.move(HOUR);
    // What the version before had missed is made up for.
    await service.publish(daily(EVENING).replace('Figures', 'Numbers'), ADMIN);
    await run(service);
    expect(await started(service)).toEqual(['2026-02-13T10:00:00.000Z']);
    // 09:00 of this day is past: it never was a time of this plan.
    await service.publish(daily('cron: "0 9 * * *", overlap: allow'), ADMIN);
    await run(service);
    expect(await started(service)).toHaveLength(1);
    clock.move(24 * HOUR);
    await run(service);
    expect(await started(service)).toEqual(['2026-02-13T10:00:00.000Z', '2026-02-14T01:00:00.000Z']);
    await service.publish(daily(EVENING).replace(/schedule:.*\n/, ''), ADMIN);
    clock.move(48 * HOUR);
    await run(service);
    expect(await started(service)).toHaveLength(2);
    expect(await view(service)).toBeUndefined();
  });

  it('are shown to those who see the process, and what became of them to their own tenant', async () => {
    const { service, clock } = await scheduled();
    clock.move(HOUR);
    await run(service);
    const rep = actor('rita', 'rep');
    expect((await service.listSchedules(rep)).map(({ started: last }) => last !== null)).toEqual([true]);
    expect((await service.listSchedules({ ...rep, tenant: 'other' })).map(({ started: last }) => last)).toEqual([null]);
    expect(await service.listSchedules(actor('carl', 'clerk'))).toEqual([]);
  });
});
