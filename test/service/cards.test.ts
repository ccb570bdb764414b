import { describe, expect, it } from 'vitest';
import type { BoardQuery, ListQuery } from '../../src/service/index.ts';
import { ADMIN, actor } from '../engine/process.ts';
import { anyCard, anyInstance, databases, request, setup } from './setup.ts';

const DAY_MS = 86_400_000;

/** A class that a table makes, money that a gate reads beside money that nobody does, and facts that not everybody sees. */
const ORDER = `process: order
title: { zh: 订单, en: Order }
subject: order
key: no
roles:
  rep: { title: { zh: 销售, en: Rep } }
  boss: { title: { zh: 经理, en: Boss } }
access: { see: [rep, boss], start: rep, teams: separate, across: [boss] }
fields:
  no:      { type: text, max_length: 40 }
  contact: { type: text, personal: true }
  secret:  { type: text }
  about:   { type: text }
  level:   { type: choice, of: [low, high] }
  rank:    { type: choice, of: [A, B] }
  margin:  { type: money, currency: CNY }
  revenue: { type: money, currency: EUR }
  price:   { type: money, currency: CNY }
tables:
  ranks: { sets: rank, rules: [{ when: price >= 1000, then: A }, { then: B }] }
outcomes:
  done: { title: { zh: 完成, en: Done } }
phases:
  all:
    title: { zh: 全部, en: All }
    steps:
      offer:
        title: { zh: 报价, en: Offer }
        sla: { within: 4 days, warn: 50%, pause: any }
        activities:
          note:  { title: { zh: 记录, en: Note }, optional: true, may_supply: [contact, about, level, revenue, price] }
          judge: { title: { zh: 核算, en: Reckon }, by: boss, see: boss, optional: true, may_supply: [secret, margin], sla: { within: 1 day } }
        exit:
          worthy: { when: margin > 0 }
      pack: { title: { zh: 打包, en: Pack }, milestone: done }
`;

const REP = { ...actor('ren', 'rep'), team: 'east' };
const OTHER = { ...actor('xu', 'rep'), team: 'west' };
const BOSS = { ...actor('bo', 'boss'), team: 'head' };

async function open(url: string | undefined) {
  const made = await setup(url);
  const { service } = made;
  await service.publish(ORDER, ADMIN);
  const start = async (fields: Record<string, unknown>, who = REP) =>
    (await service.start({ process: 'order', fields }, request(who))).instance.id;
  const board = async (query: Partial<BoardQuery> = {}, who = BOSS) => {
    const { total, steps } = await service.getBoard('order', { ...anyCard, ...query }, who);
    return { total, steps: steps.map(({ step, open: count, sums }) => [step, count, sums[0]?.amount ?? 0]) };
  };
  const keys = async (query: Partial<ListQuery>, who = BOSS) => {
    const page = await service.listInstances({ ...anyInstance, process: 'order', ...query }, who);
    return page.instances.map(({ key }) => key);
  };
  return { ...made, start, board, keys };
}

describe.each(databases)('cards on %s', (_name, url) => {
  it('are classed by what a table makes and summed by what conditions read, of what everybody sees', async () => {
    const { service, start, board, keys } = await open(await url());
    const { card } = await service.getBoard('order', anyCard, BOSS);
    expect(card).toEqual({ class: 'rank', amount: 'price', text: 'about' });
    await start({ no: 'N-1', price: 2000, revenue: 7, about: 'Große 客户' });
    await start({ no: 'N-2', price: 500.5 }, OTHER);
    const id = await start({ no: 'N-3' });
    const cny = (amount: number) => [{ currency: 'CNY', amount }];
    expect(await board()).toEqual({
      total: { open: 3, sums: cny(250050) },
      steps: [
        ['offer', 3, 250050],
        ['pack', 0, 0],
      ],
    });
    // Of another team nothing is told, however one asks.
    expect(await board({}, REP)).toEqual({
      total: { open: 2, sums: cny(200000) },
      steps: [
        ['offer', 2, 200000],
        ['pack', 0, 0],
      ],
    });
    expect((await board({ text: 'n-2' }, REP)).total).toEqual({ open: 0, sums: [] });
    expect((await board({ owner: 'xu', class: 'B' }, REP)).total).toEqual({ open: 0, sums: [] });
    expect((await board({ owner: 'xu', class: 'B' })).total).toEqual({ open: 1, sums: cny(50050) });
    expect([await keys({ class: 'A' }), await keys({ text: 'n-' }, REP)]).toEqual([['N-1'], ['N-1', 'N-3']]);
    expect([await keys({ text: 'GROSSE' }), await keys({ text: 'große 客' }), await keys({ text: '%' })]).toEqual([
      [],
      ['N-1'],
      [],
    ]);
    expect(await keys({ step: 'offer', text: 'N-1\nG' })).toEqual([]);
    const { cards } = await service.listInstances({ ...anyInstance, key: 'N-1' }, REP);
    expect(Object.values(cards)).toEqual([
      {
        class: { field: 'rank', value: 'A', title: { zh: 'A', en: 'A' } },
        amount: { field: 'price', amount: 200000, currency: 'CNY' },
      },
    ]);
    await service.send(id, { type: 'set', fields: { price: 10 } }, request(REP));
    expect((await board()).total.sums).toEqual(cny(251050));
    expect(await service.verifyAll(null)).toMatchObject({ ok: true });
  });

  it('tell nothing of what is hidden from anybody or personal, not even to whom it is shown', async () => {
    const { service, start, board, keys } = await open(await url());
    const id = await start({ no: 'N-1', contact: 'Li Lei', secret: 'doubtful' }, { ...BOSS, roles: ['rep', 'boss'] });
    for (const text of ['li lei', 'doubt']) expect(await keys({ text })).toEqual([]);
    expect((await board()).total).toEqual({ open: 1, sums: [] });
    // What only the boss sees is due tomorrow; the deadline of the step in four days.
    const { stands } = await service.listInstances(anyInstance, BOSS);
    expect(stands[id]?.[0]?.deadline?.clock).toBe('activity/judge');
    const without = `access: { see: [rep, boss], start: rep, teams: separate, across: [boss] }`;
    const hidden = ORDER.replace('note:  {', 'note:  { see: boss,').replace(without, 'access: { see: [rep, boss] }');
    await service.publish(hidden, ADMIN);
    expect((await service.getBoard('order', anyCard, BOSS)).card).toEqual({ class: 'rank', amount: null, text: null });
  });

  it('are late, due soon or on time as of when one asks', async () => {
    const { service, clock, start, board, keys } = await open(await url());
    const held = await start({ no: 'held', price: 1 });
    await service.send(held, { type: 'hold', reason: 'x' }, request(REP));
    await start({ no: 'going', price: 10 });
    const states = async () =>
      Promise.all(
        (['late', 'soon', 'running', 'paused', 'none'] as const).map((deadline) => keys({ step: 'offer', deadline })),
      );
    expect(await states()).toEqual([[], [], ['going'], ['held'], []]);
    clock.move(2 * DAY_MS + 1);
    while ((await service.fireTimers(100)).fired > 0);
    expect(await states()).toEqual([[], ['going'], [], ['held'], []]);
    clock.move(2 * DAY_MS);
    // Nobody has been told yet.
    expect(await states()).toEqual([['going'], [], [], ['held'], []]);
    expect((await board({ deadline: 'late' })).total).toEqual({ open: 1, sums: [{ currency: 'CNY', amount: 1000 }] });
    expect(await service.verifyAll(null)).toMatchObject({ ok: true });
  });

  it('follow each deal to where it stands, and are gone when it is closed', async () => {
    const { service, start, board, keys } = await open(await url());
    const id = await start({ no: 'N-1', price: 5 });
    await service.send(id, { type: 'complete', activity: 'judge', with: { margin: 1 } }, request(BOSS));
    await service.send(id, { type: 'advance' }, request(REP));
    expect((await board()).steps).toEqual([
      ['offer', 0, 0],
      ['pack', 1, 500],
    ]);
    expect([await keys({ step: 'pack', class: 'B' }), await keys({ step: 'offer', class: 'B' })]).toEqual([
      ['N-1'],
      [],
    ]);
    await service.send(id, { type: 'advance' }, request(REP));
    expect((await board()).total).toEqual({ open: 0, sums: [] });
    expect(await keys({ class: 'B' })).toEqual([]);
    expect(await service.verifyAll(null)).toMatchObject({ ok: true });
  });

  it('are each seen as its own version says, and counted so', async () => {
    const { service, start, board, keys } = await open(await url());
    await start({ no: 'old', price: 1 }, OTHER);
    await service.publish(ORDER.replace('teams: separate, ', ''), ADMIN);
    await start({ no: 'new', price: 2 }, OTHER);
    expect((await board({}, REP)).total).toEqual({ open: 1, sums: [{ currency: 'CNY', amount: 200 }] });
    expect(await keys({ class: 'B' }, REP)).toEqual(['new']);
    expect([await keys({ version: 1 }), await keys({ version: 2, class: 'B' })]).toEqual([['old'], ['new']]);
    expect((await service.getBoard('order', { ...anyCard, version: 1 }, BOSS)).version).toBe(1);
  });

  it.each([
    ['classed otherwise', { class: 'A' }],
    ['worth more', { amount: 7 }],
    ['of another team', { team: 'west' }],
    ['due later', { due: '2027-01-01T00:00:00.000Z' }],
    ['called otherwise', { words: 'x' }],
    ['gone', null],
  ])('of which one is %s behind the history are noticed by verify', async (_what, change) => {
    const { service, database, start } = await open(await url());
    const id = await start({ no: 'N-1', price: 5 });
    const row = database.writer('cards').where({ instance: id });
    if (change === null) await row.delete();
    else await row.update(change);
    const { ok, broken } = await service.verifyInstance(id, ADMIN);
    expect([ok, broken?.why.en]).toEqual([
      false,
      'the history holds, but its card on the board is not what the instance gives for offer: it was changed behind the history',
    ]);
  });
});
