import { describe, expect, it } from 'vitest';
import type { Actor } from '../../src/engine/types.ts';
import { newId } from '../../src/ids.ts';
import { createService, type Service } from '../../src/service/index.ts';
import { ADMIN } from '../engine/process.ts';
import { PARCEL } from './parcel.ts';
import { databases, node, refusal, request, setup } from './setup.ts';

const carrier: Actor = { id: 'carrier', roles: ['carrier'], team: null, tenant: 'main', via: null };
const DAY = 24 * 60 * 60_000;
const START = '2026-02-13T09:30:00.000Z';

async function parcels(url?: string) {
  const made = await setup(url);
  await made.service.publish(PARCEL, ADMIN);
  const { service } = made;
  const start = async (key: string, fields: Readonly<Record<string, unknown>> = {}) =>
    (await service.start({ process: 'parcel', key, fields }, request())).instance.id;
  /** Packed and on its way: the step that `delivered` completes an activity of is open. */
  const ship = async (id: string) => {
    await service.send(id, { type: 'complete', activity: 'pack', with: { packed_by: 'bo' } }, request());
    await service.send(id, { type: 'advance', step: 'packing' }, request());
  };
  const delivered = (key: string, more: Readonly<Record<string, unknown>> = {}, by: Service = service) =>
    by.sendSignal({ id: `d-${key}`, signal: 'delivered', key, data: { delivered_at: START }, ...more }, carrier);
  const entries = async (id: string) =>
    (await service.history(id, 0, 100, ADMIN)).entries.filter(({ type }) => type === 'signal');
  const states = async () =>
    (await service.listSignals({ state: null, cursor: null, limit: 100 }, ADMIN)).signals.map(({ state }) => state);
  return { ...made, start, ship, delivered, entries, states };
}

describe.each(databases)('signals on %s', (_name, url) => {
  it('complete an activity of the instance that has the business key, with the event time of the sender', async () => {
    const { service, clock, start, ship, delivered, entries } = await parcels(await url());
    const id = await start('S-1');
    await ship(id);
    clock.move(DAY);
    const at = '2026-02-13T12:00:00.000Z';
    const { signal, replayed } = await delivered('S-1', { at, data: { delivered_at: at, receiver: 'Li' } });
    expect({ state: signal.state, data: signal.data, replayed }).toEqual({
      state: 'delivered',
      data: null,
      replayed: false,
    });
    const [entry] = await entries(id);
    expect(signal.results).toEqual([{ instance: id, process: 'parcel', state: 'delivered', seq: entry?.seq }]);
    expect(entry).toMatchObject({
      actor: 'carrier',
      at,
      recordedAt: clock.now(),
      accepted: true,
      requestId: signal.receipt,
      command: { signal: 'delivered', id: 'd-S-1', activity: 'hand-over' },
    });
    // Personal values are digests in the history.
    expect(JSON.stringify(entry)).not.toContain('Li"');
    const detail = await service.getInstance(id, ADMIN);
    expect([detail.activities['hand-over'], detail.fields.delivered_at, detail.fields.receiver]).toEqual([
      'done',
      at,
      'Li',
    ]);
    expect(await service.verifyInstance(id, ADMIN)).toMatchObject({ ok: true });
  });

  it('set fields of every open instance that has the value in the field', async () => {
    const { service, start } = await parcels(await url());
    const ids = [await start('S-1', { waybill: 'W-1' }), await start('S-2', { waybill: 'W-1' })];
    const other = await start('S-3', { waybill: 'W-2' });
    const sent = await service.sendSignal({ id: 1, signal: 'weighed', key: 'W-1', data: { weight: 7 } }, carrier);
    expect(sent.signal.results.map(({ instance }) => instance).sort()).toEqual([...ids].sort());
    for (const id of ids) expect((await service.getInstance(id, ADMIN)).fields.weight).toBe(7);
    expect((await service.getInstance(other, ADMIN)).fields.weight).toBeUndefined();
    // The value has gone to another, and closed instances are not found.
    await service.send(ids[0] ?? '', { type: 'set', fields: { waybill: 'W-9' } }, request());
    const again = await service.sendSignal({ id: 2, signal: 'weighed', key: 'W-1', data: { weight: 8 } }, carrier);
    expect(again.signal.results.map(({ instance }) => instance)).toEqual([ids[1]]);
    const moved = await service.sendSignal({ id: 3, signal: 'weighed', key: 'W-9', data: { weight: 9 } }, carrier);
    expect(moved.signal.results.map(({ instance }) => instance)).toEqual([ids[0]]);
  });

  it('are recognised by their id, and answered as the first', async () => {
    const { start, ship, delivered, entries } = await parcels(await url());
    const id = await start('S-1');
    await ship(id);
    const first = await delivered('S-1');
    const second = await delivered('S-1', { data: { delivered_at: '2026-02-13T01:00:00Z' } });
    expect(second).toEqual({ ...first, replayed: true });
    expect(await entries(id)).toHaveLength(1);
  });

  it('that come before their instance, and before its step opens, are kept and then delivered', async () => {
    const { service, clock, start, ship, delivered, entries, states } = await parcels(await url());
    const { signal } = await delivered('S-1', { at: '2026-02-13T08:00:00Z' });
    expect(signal).toMatchObject({ state: 'kept', until: '2026-03-15T09:30:00.000Z', results: [] });
    clock.move(DAY);
    const id = await start('S-1');
    await service.settleSignals(10);
    expect(await states()).toEqual(['kept']);
    await ship(id);
    expect(await service.settleSignals(10)).toEqual({ more: false, failed: [] });
    expect(await states()).toEqual(['delivered']);
    const [entry] = await entries(id);
    // A fact from before the start is one of its first moment.
    expect([entry?.at, Object(entry?.command).toldAt]).toEqual([
      '2026-02-14T09:30:00.000Z',
      '2026-02-13T08:00:00.000Z',
    ]);
  });

  it('during a hold are kept until the instance goes on, or refused where they are not kept', async () => {
    const { service, start, ship, delivered, states, entries } = await parcels(await url());
    const id = await start('S-1', { waybill: 'W-1' });
    await ship(id);
    await service.send(id, { type: 'hold', reason: 'customs' }, request());
    expect((await delivered('S-1')).signal.state).toBe('kept');
    const weighed = await service.sendSignal({ id: 'w', signal: 'weighed', key: 'W-1', data: { weight: 7 } }, ADMIN);
    expect(weighed.signal).toMatchObject({
      state: 'refused',
      results: [{ code: 'not-allowed-now', reasons: { verdict: 'not-met' } }],
    });
    expect((await entries(id)).map(({ accepted }) => accepted)).toEqual([false]);
    await service.send(id, { type: 'resume' }, request());
    await service.settleSignals(10);
    expect(await states()).toEqual(['delivered', 'refused']);
    // The operator has it tried again.
    const again = await service.retrySignal(weighed.signal.receipt, ADMIN);
    expect(again).toMatchObject({ state: 'delivered', results: [{ state: 'delivered' }] });
    expect((await service.getInstance(id, ADMIN)).fields.weight).toBe(7);
    expect((await refusal(service.retrySignal(weighed.signal.receipt, ADMIN))).code).toBe('not-allowed-now');
  });

  it('that find nothing are listed, as are those whose time is over', async () => {
    const { service, clock, start, ship, delivered, states } = await parcels(await url());
    const lost = await service.sendSignal({ id: 'w', signal: 'weighed', key: 'W-1', data: { weight: 7 } }, carrier);
    expect(lost.signal.state).toBe('unmatched');
    await delivered('S-1');
    clock.move(31 * DAY);
    await service.settleSignals(10);
    expect(await states()).toEqual(['unmatched', 'unmatched']);
    // Too late now: nobody waits for it any more, until it is tried again.
    const id = await start('S-1');
    await ship(id);
    await service.settleSignals(10);
    const [, late] = (await service.listSignals({ state: 'unmatched', cursor: null, limit: 9 }, ADMIN)).signals;
    expect(late?.results).toEqual([]);
    expect(await service.retrySignal(late?.receipt ?? '', ADMIN)).toMatchObject({ state: 'delivered' });
    expect(await service.removeSignal(lost.signal.receipt, ADMIN)).toMatchObject({ state: 'unmatched' });
    expect(await states()).toEqual(['delivered']);
    clock.move(31 * DAY);
    expect([await service.forgetSignals(10), await states()]).toEqual([1, []]);
  });

  it('are refused with the reasons of the activity itself', async () => {
    const { service, start, ship, entries, delivered } = await parcels(await url());
    const id = await start('S-1');
    const early = await service.sendSignal({ id: 'p', signal: 'packed', key: 'S-1', data: {} }, ADMIN);
    expect(early.signal.results).toEqual([
      expect.objectContaining({ state: 'refused', code: 'invalid-input', seq: (await entries(id))[0]?.seq }),
    ]);
    await ship(id);
    const late = await service.sendSignal({ id: 'q', signal: 'packed', key: 'S-1', data: { packed_by: 'al' } }, ADMIN);
    expect(late.signal).toMatchObject({ state: 'refused', results: [{ code: 'not-allowed-now' }] });
    expect(JSON.stringify(late.signal.results)).toContain('step-open');
    await service.send(id, { type: 'complete', activity: 'hand-over', with: { delivered_at: START } }, request());
    // Whoever sends it need not see the instance, and then learns no more than that it was refused.
    const done = await delivered('S-1');
    expect(done.signal.results).toEqual([
      {
        instance: id,
        process: 'parcel',
        state: 'refused',
        seq: null,
        code: 'not-allowed-now',
        detail: { zh: '当前不允许该操作', en: 'Not allowed now' },
      },
    ]);
  });

  it('are for the roles that they name, and each tenant has its own', async () => {
    const { service, start, ship, delivered, entries } = await parcels(await url());
    const id = await start('S-1');
    await ship(id);
    const body = { id: 'x', signal: 'delivered', key: 'S-1', data: { delivered_at: START } };
    const clerk: Actor = { ...carrier, id: 'mei', roles: ['clerk'] };
    expect((await refusal(service.sendSignal(body, clerk))).code).toBe('role-required');
    expect((await refusal(service.sendSignal({ ...body, signal: 'packed' }, carrier))).code).toBe('role-required');
    expect((await refusal(service.sendSignal({ ...body, signal: 'delivred' }, carrier))).extra.errors).toEqual([
      expect.objectContaining({ pointer: '/signal' }),
    ]);
    const acme: Actor = { ...ADMIN, tenant: 'acme' };
    const sent = await service.sendSignal(body, acme);
    expect(sent.signal.state).toBe('kept');
    expect(await entries(id)).toEqual([]);
    expect((await service.listSignals({ state: null, cursor: null, limit: 9 }, ADMIN)).signals).toEqual([]);
    expect((await refusal(service.retrySignal(sent.signal.receipt, ADMIN))).code).toBe('not-found');
    expect((await refusal(service.listSignals({ state: null, cursor: null, limit: 9 }, clerk))).code).toBe(
      'role-required',
    );
    expect((await delivered('S-1')).signal.state).toBe('delivered');
  });

  it.each([
    [{ id: '' }, '/id'],
    [{ id: 'x'.repeat(201) }, '/id'],
    [{ key: null }, '/key'],
    [{ key: { a: 1 } }, '/key'],
    [{ key: '\ud800' }, '/key'],
    [{ id: '\u0000' }, '/id'],
    [{ data: [] }, '/data'],
    [{ data: { delivered_at: 'x'.repeat(17_000) } }, '/data'],
    [{ at: 'yesterday' }, '/at'],
    [{ at: '2027-01-01T00:00:00Z' }, '/at'],
    [{ kye: 'S-1' }, '/kye'],
    [{ signal: '__proto__' }, '/signal'],
  ])('refuse %o', async (members, pointer) => {
    const { delivered, states } = await parcels(await url());
    const { code, extra } = await refusal(delivered('S-1', members));
    expect(code).toBe('invalid-input');
    expect(extra.errors).toEqual(expect.arrayContaining([expect.objectContaining({ pointer })]));
    expect(await states()).toEqual([]);
  });

  it('take keys and ids that no database likes', async () => {
    const { service, start, ship, entries } = await parcels(await url());
    const key = "S-'%_\\\u2028𝄞";
    const id = await start(key);
    await ship(id);
    const body = { id: key, signal: 'delivered', key, data: { delivered_at: START } };
    expect((await service.sendSignal(body, carrier)).signal).toMatchObject({ id: body.id, key, state: 'delivered' });
    expect((await service.sendSignal(body, carrier)).replayed).toBe(true);
    expect(await entries(id)).toHaveLength(1);
  });

  it('survive a crash between delivery and what is written of it', async () => {
    const { service, store, clock, start, ship, delivered, entries, states } = await parcels(await url());
    await delivered('S-1');
    const id = await start('S-1');
    await ship(id);
    // Delivered, and never marked: the process died in between.
    const dying = createService({
      store: { ...store, changeSignal: () => Promise.reject(new Error('died')) },
      clock,
      newId,
    });
    const { failed } = await dying.settleSignals(10);
    expect(failed).toHaveLength(1);
    await dying.stop();
    expect([await states(), (await entries(id)).length]).toEqual([['kept'], 1]);
    // Long after the keys of requests are forgotten.
    clock.move(20 * DAY);
    await service.forgetIdempotent(100);
    const restarted = createService({ store, clock, newId });
    await restarted.settleSignals(10);
    expect([await states(), (await entries(id)).length]).toEqual([['delivered'], 1]);
    await restarted.stop();
  });
});

it('one kept signal is delivered once by two nodes at a time', async () => {
  const url = await databases[1]?.[1]();
  const { options, service, start, ship, delivered, entries, states } = await parcels(url);
  const other = await node(options);
  const keys = Array.from({ length: 12 }, (_, n) => `S-${n}`);
  for (const key of keys) await delivered(key);
  const ids = await Promise.all(keys.map((key) => start(key)));
  for (const id of ids) await ship(id);
  // The other node hears of it only by looking at all that are kept.
  await Promise.all([service.settleSignals(50), other.service.settleSignals(50)]);
  await Promise.all([service.settleSignals(50), other.service.settleSignals(50)]);
  expect(new Set(await states())).toEqual(new Set(['delivered']));
  for (const id of ids) expect(await entries(id)).toHaveLength(1);
  await other.service.stop();
  await other.store.close();
});

it('a signal and the start of its instance at the same time find each other', async () => {
  const { service, start, ship, delivered, states } = await parcels();
  const keys = Array.from({ length: 20 }, (_, n) => `S-${n}`);
  await Promise.all(
    keys.map(async (key, n) => {
      const told = n % 2 === 0 ? delivered(key) : null;
      await ship(await start(key));
      await (told ?? delivered(key));
    }),
  );
  await service.settleSignals(50);
  expect(new Set(await states())).toEqual(new Set(['delivered']));
});

it('a signal that more than 100 instances match is told to none of them', async () => {
  const { service, start, states } = await parcels();
  const ids = await Promise.all(Array.from({ length: 101 }, (_, n) => start(`S-${n}`, { waybill: 'W-1' })));
  const tell = () => service.sendSignal({ id: 'w', signal: 'weighed', key: 'W-1', data: { weight: 7 } }, carrier);
  expect((await tell()).signal).toMatchObject({
    state: 'refused',
    results: [{ instance: null, code: 'not-allowed-now' }],
  });
  await service.send(ids[0] ?? '', { type: 'close', outcome: 'lost', reason: 'x' }, request());
  const { receipt } = (await tell()).signal;
  expect((await service.retrySignal(receipt, ADMIN)).results).toHaveLength(100);
  expect(await states()).toEqual(['delivered']);
});

it('no more signals are taken in while 10,000 wait for somebody', async () => {
  const { service, store, clock, delivered } = await parcels();
  const full = createService({ store: { ...store, countOpenSignals: async (_, most) => most }, clock, newId });
  expect((await refusal(delivered('S-1', {}, full))).code).toBe('not-allowed-now');
  await full.stop();
  expect((await service.listSignals({ state: null, cursor: null, limit: 9 }, ADMIN)).signals).toEqual([]);
});
